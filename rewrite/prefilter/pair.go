package prefilter

import (
	"encoding/binary"
	"math/bits"
)

// Masks with one bit of each of the eight bytes of a number.
const (
	lowest  = 0x0101010101010101
	highest = 0x8080808080808080
	lower   = 0x2020202020202020 // the bit by which a lower-case letter differs from the capital
)

// pair returns the first offset in text, at or behind from, where two letters stand
// side by side, -1 without one. They are given in lower case; in the text the first
// may be a capital. The search looks at eight offsets in one step and takes the same
// time for all texts. A search for one letter would stop wherever that letter stands,
// and stopping costs more than a step.
func pair(text []byte, from int, letters string) int {
	first, second := lowest*uint64(letters[0]), lowest*uint64(letters[1])
	rest := text[from:]
	for len(rest) >= 2*8+1 {
		a, b := zeros(differ(rest, first, second)), zeros(differ(rest[8:], first, second))
		if a|b == 0 {
			rest = rest[2*8:]
			continue
		}
		at := len(text) - len(rest)
		if a == 0 {
			return at + 8 + bits.TrailingZeros64(b)/8
		}
		return at + bits.TrailingZeros64(a)/8
	}
	for at := len(text) - len(rest); at+1 < len(text); at++ {
		if text[at]|lower&0xff == letters[0] && text[at+1] == letters[1] {
			return at
		}
	}
	return -1
}

// differ compares the first eight bytes of text with the letter first, and the eight
// from the second on with the letter second. A byte of the result is zero where both
// are equal.
func differ(text []byte, first, second uint64) uint64 {
	return ((binary.LittleEndian.Uint64(text) | lower) ^ first) | (binary.LittleEndian.Uint64(text[1:]) ^ second)
}

// zeros finds the bytes of n that are zero. The lowest set bit of the result is the
// highest bit of the lowest such byte; bits above it may be wrong. The result is 0
// where no byte is zero.
func zeros(n uint64) uint64 { return (n - lowest) &^ n & highest }
