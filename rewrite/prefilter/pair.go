package prefilter

import (
	"encoding/binary"
	"math/bits"
)

// Bits that each of the eight bytes of a number has.
const (
	lowest  = 0x0101010101010101
	highest = 0x8080808080808080
	lower   = 0x2020202020202020 // of letters: set in lower-case ones only
)

// pair returns the first place in text, from a place on, where two lower-case
// letters stand side by side, the first of them in any case; -1 without one. It
// takes the same time whatever letters the text has, eight places at a step: a
// search for one letter stops wherever that letter stands, and to stop costs
// more than a step.
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

// differ compares the first eight bytes of text with one letter and those from
// the second on with another: where both are equal the byte is zero.
func differ(text []byte, first, second uint64) uint64 {
	return ((binary.LittleEndian.Uint64(text) | lower) ^ first) | (binary.LittleEndian.Uint64(text[1:]) ^ second)
}

// zeros sets the highest bit of the lowest byte that is zero; of bytes above it
// it may tell nothing. Without such a byte the result is 0.
func zeros(n uint64) uint64 { return (n - lowest) &^ n & highest }
