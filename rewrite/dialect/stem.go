package dialect

import (
	"bytes"
	"strings"
)

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
	// initials of a stem: no word may begin like Yes, No, True, On, False or Inf,
	// and no backslash before one may make an escape of YAML (\L, \P, \U).
	initials = "QZXJKVWHGBDMCRS"
)

// stems are beginnings of words that a text doesn't hold. All have the same width
// and the same initial, which stands nowhere else in a word. A stem is known by its
// number, which is written in the bytes of the alphabet behind the initial.
type stems struct {
	initial  byte
	alphabet string  // the bytes that may follow the initial
	width    int     // of a stem in bytes
	owner    []int32 // by stem: 1 + the index of its family, 0 when it is free, or inText
	free     int     // number of stems that were free at first
	next     int     // no stem before this one is free
}

const inText = -1

// freeStems returns the stems that text doesn't hold. Their initial is that of the
// given ones which is the rarest in text. They are as wide as the shortest word, or
// wider, up to limit bytes, where the text holds most stems of that width.
func freeStems(text []byte, initials, alphabet string, limit int) stems {
	s := stems{initial: rarestByte(text, initials)}
	s.alphabet = strings.ReplaceAll(alphabet, string(s.initial), "")
	for s.width = shortestWord; ; s.width++ {
		s.markUsed(text)
		if s.free > len(s.owner)/8 || s.width == limit {
			return s
		}
	}
}

// rarestByte returns the byte of a list that text holds least often.
func rarestByte(text []byte, list string) byte {
	least, rare := len(text)+1, byte(0)
	for i := range list {
		if n := bytes.Count(text, []byte(list[i:i+1])); n < least {
			least, rare = n, list[i]
		}
		if least == 0 {
			break
		}
	}
	return rare
}

// markUsed finds out which stems of the width are free.
func (s *stems) markUsed(text []byte) {
	s.owner = make([]int32, s.capacity(s.width-1))
	s.free = len(s.owner)
	for at := bytes.IndexByte(text, s.initial); at >= 0 && at+s.width <= len(text); {
		if stem, ok := s.decodeNumber(string(text[at+1 : at+s.width])); ok && s.owner[stem] == 0 {
			s.owner[stem] = inText
			s.free--
		}
		next := bytes.IndexByte(text[at+1:], s.initial)
		if next < 0 {
			return
		}
		at += 1 + next
	}
}

// nextFree returns the next free stem.
func (s *stems) nextFree() (int, bool) {
	for s.next < len(s.owner) && s.owner[s.next] != 0 {
		s.next++
	}
	return s.next, s.next < len(s.owner)
}

// capacity returns how many numbers can be written in a width of bytes.
func (s *stems) capacity(width int) int {
	n := 1
	for range width {
		n *= len(s.alphabet)
	}
	return n
}

// encodeNumber writes a number in the bytes of the alphabet.
func (s *stems) encodeNumber(room []byte, n int) {
	for i := len(room) - 1; i >= 0; i-- {
		room[i] = s.alphabet[n%len(s.alphabet)]
		n /= len(s.alphabet)
	}
}

// decodeNumber reads a number as encodeNumber writes it, false when text holds
// another byte.
func (s *stems) decodeNumber(text string) (int, bool) {
	n := 0
	for i := range len(text) {
		digit := strings.IndexByte(s.alphabet, text[i])
		if digit < 0 {
			return 0, false
		}
		n = n*len(s.alphabet) + digit
	}
	return n, true
}
