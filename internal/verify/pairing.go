package verify

// wordPairing pairs words with those of a list. Each word gets at most one partner: the
// first word of the list that shares a key with it and has no partner yet.
type wordPairing struct {
	words []string
	taken []bool           // the words that have a partner
	byKey map[string][]int // indexes into words, in order
}

func newWordPairing(words []string, keys func(word string) []string) *wordPairing {
	p := &wordPairing{words: words, taken: make([]bool, len(words)), byKey: map[string][]int{}}
	for i, w := range words {
		for _, key := range keys(w) {
			p.byKey[key] = append(p.byKey[key], i)
		}
	}
	return p
}

// takePartner returns the first word of the list that has one of the keys and no
// partner yet. The word then counts as taken.
func (p *wordPairing) takePartner(keys ...string) (word string, found bool) {
	first := len(p.words)
	for _, key := range keys {
		left := p.byKey[key]
		for len(left) > 0 && p.taken[left[0]] {
			left = left[1:]
		}
		p.byKey[key] = left
		if len(left) > 0 {
			first = min(first, left[0])
		}
	}
	if first == len(p.words) {
		return "", false
	}
	p.taken[first] = true
	return p.words[first], true
}

// pairWords takes a partner for each word and calls told with the pair. It returns the
// words without a partner of both lists.
func (p *wordPairing) pairWords(words []string, keys func(word string) []string, told func(word, partner string)) (left, rest []string) {
	for _, w := range words {
		if partner, found := p.takePartner(keys(w)...); found {
			told(w, partner)
		} else {
			left = append(left, w)
		}
	}
	return left, p.wordsLeft()
}

// wordsLeft returns the words of the list that have no partner.
func (p *wordPairing) wordsLeft() []string {
	var rest []string
	for i, w := range p.words {
		if !p.taken[i] {
			rest = append(rest, w)
		}
	}
	return rest
}
