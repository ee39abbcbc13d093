package verify

// pairing gives each word of one list at most one partner of another: the first one
// that is left and shares a key with it.
type pairing struct {
	words []string
	taken []bool
	byKey map[string][]int // indexes into words, in order
}

func newPairing(words []string, keys func(word string) []string) *pairing {
	p := &pairing{words: words, taken: make([]bool, len(words)), byKey: map[string][]int{}}
	for i, w := range words {
		for _, key := range keys(w) {
			p.byKey[key] = append(p.byKey[key], i)
		}
	}
	return p
}

// take takes the first word that is left with one of some keys.
func (p *pairing) take(keys ...string) (word string, found bool) {
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

// pair takes a partner for each word and tells of the two; it returns the words
// without one on either side.
func (p *pairing) pair(words []string, keys func(word string) []string, told func(word, partner string)) (left, rest []string) {
	for _, w := range words {
		if partner, found := p.take(keys(w)...); found {
			told(w, partner)
		} else {
			left = append(left, w)
		}
	}
	return left, p.rest()
}

// rest returns the words that nobody took.
func (p *pairing) rest() []string {
	var rest []string
	for i, w := range p.words {
		if !p.taken[i] {
			rest = append(rest, w)
		}
	}
	return rest
}
