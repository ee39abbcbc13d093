// Package source holds a file's bytes and tells line and column of an offset.
package source

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Source is one input as it was read.
type Source struct {
	Name string // as the user gave it, with slashes
	Text []byte

	lines []int // byte offset of each line's first byte
}

// New returns the source of a named text.
func New(name string, text []byte) *Source {
	s := &Source{Name: name, Text: text, lines: []int{0}}
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return s
		}
		at += i + 1
		s.lines = append(s.lines, at)
	}
}

// Position is a place in a source as people and editors count.
type Position struct {
	Line   int // 1-based: 1 + the number of LF before
	Column int // 1-based, in code points; a tab is one, a leading BOM none
}

const bom = "\xef\xbb\xbf"

// Position returns the line and column of a byte offset.
func (s *Source) Position(offset int) Position {
	i, found := slices.BinarySearch(s.lines, offset)
	if !found {
		i--
	}
	head := s.Text[s.lines[i]:min(offset, len(s.Text))]
	if i == 0 {
		head = bytes.TrimPrefix(head, []byte(bom))
	}
	return Position{Line: i + 1, Column: 1 + utf8.RuneCount(head)}
}

// Line returns the text of a 1-based line without its line break.
func (s *Source) Line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	end := len(s.Text)
	if n < len(s.lines) {
		end = s.lines[n]
	}
	return string(bytes.TrimRight(s.Text[s.lines[n-1]:end], "\r\n"))
}
