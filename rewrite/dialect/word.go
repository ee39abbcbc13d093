package dialect

import (
	"maps"
	"strings"
)

// A word stands for a placeholder in the masked text. It is letters and digits,
// begins with a letter and has no other meaning to YAML, JSON or a shell. Where
// JSON wants a bare value it is a number instead.
//
// A word is a stem, an id and padding up to the length of the placeholder. The
// stem occurs nowhere in the text, and its first byte neither in an id nor in
// the padding, so a stem in the masked text always begins a word. The first
// byte of an id tells the id's width, so no word is the beginning of another.

// words hands out the words of one text.
type words struct {
	stem     string // "" when the text holds every stem
	alphabet string
	used     [maxWidth + 1]int // ids given away, by width
	index    map[string]int    // stem and id → placeholder

	exhausted bool // a placeholder got no word since all of its width were taken
}

const (
	maxWidth     = 4 // bytes of an id
	shortestWord = 3 // bytes
)

const (
	letters = "abcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"
	// initials of a stem: no word may begin like Yes, No, True, On, False or Inf.
	initials = "QZXJKVWHGUBDLMPCRS"
)

func letterWords(text []byte) *words {
	for width := 2; width <= maxWidth; width++ {
		if stem := freeStem(text, width, initials, letters); stem != "" {
			return &words{stem: stem, alphabet: letters, index: map[string]int{}}
		}
	}
	return &words{}
}

// numberWords hands out numbers. A number can't begin with 0 in JSON.
func numberWords(text []byte) *words {
	for width := 2; width <= 3; width++ {
		if stem := freeStem(text, width, digits[1:], digits); stem != "" {
			alphabet := strings.ReplaceAll(digits, stem[:1], "")
			return &words{stem: stem, alphabet: alphabet, index: map[string]int{}}
		}
	}
	return &words{}
}

// freeStem returns a stem of a width that does not occur in text: one of the
// initials and then bytes of rest, other than the initial.
func freeStem(text []byte, width int, initials, rest string) string {
	seen := map[string]bool{}
	for i := 0; i+width <= len(text); i++ {
		if strings.IndexByte(initials, text[i]) >= 0 && !seen[string(text[i:i+width])] {
			seen[string(text[i:i+width])] = true
		}
	}
	for i := range initials {
		head := initials[i : i+1]
		if stem := extendStem(head, width, strings.ReplaceAll(rest, head, ""), seen); stem != "" {
			return stem
		}
	}
	return ""
}

func extendStem(head string, width int, rest string, seen map[string]bool) string {
	if len(head) == width {
		if seen[head] {
			return ""
		}
		return head
	}
	for i := range rest {
		if stem := extendStem(head+rest[i:i+1], width, rest, seen); stem != "" {
			return stem
		}
	}
	return ""
}

// take returns a new word of a length in bytes for placeholder i, false when
// the length has no room for one or all are taken.
func (w *words) take(i, length int) (string, bool) {
	width := min(length-len(w.stem), maxWidth)
	if w.stem == "" || width < 1 || length < shortestWord {
		return "", false
	}
	id, ok := w.id(width, w.used[width])
	if !ok {
		w.exhausted = true
		return "", false
	}
	w.used[width]++
	key := w.stem + id
	w.index[key] = i
	return key + strings.Repeat(w.alphabet[:1], length-len(key)), true
}

// id writes n in the bytes of the alphabet. Its first byte is one of those that
// belong to the width.
func (w *words) id(width, n int) (string, bool) {
	low, high := w.bounds(width)
	id := make([]byte, width)
	for i := width - 1; i > 0; i-- {
		id[i] = w.alphabet[n%len(w.alphabet)]
		n /= len(w.alphabet)
	}
	if low+n >= high {
		return "", false
	}
	id[0] = w.alphabet[low+n]
	return string(id), true
}

// bounds parts the alphabet among the widths: an eighth to each of the short
// ones, the rest to longer words, which are the usual ones.
func (w *words) bounds(width int) (low, high int) {
	n := len(w.alphabet)
	parts := [maxWidth + 1]int{0, n / 8, n / 4, n / 2, n}
	return parts[width-1], parts[width]
}

// lookup returns the placeholder whose word begins text.
func (w *words) lookup(text string) (int, bool) {
	if w.stem == "" || !strings.HasPrefix(text, w.stem) || len(text) == len(w.stem) {
		return 0, false
	}
	first := strings.IndexByte(w.alphabet, text[len(w.stem)])
	for width := 1; first >= 0 && width <= maxWidth; width++ {
		if _, high := w.bounds(width); first < high {
			if len(text) < len(w.stem)+width {
				return 0, false
			}
			i, ok := w.index[text[:len(w.stem)+width]]
			return i, ok
		}
	}
	return 0, false
}

func (w *words) clone() *words {
	c := *w
	c.index = maps.Clone(w.index)
	return &c
}
