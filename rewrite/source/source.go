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
	last  cursor
}

// cursor is the place that was asked for last. Places are mostly asked for in
// order, and a line may be megabytes long.
type cursor struct{ line, offset, column int }

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
	offset = min(offset, len(s.Text))
	i := s.line(offset)
	from := cursor{line: i, offset: s.lines[i], column: 1}
	if s.last.line == i && s.last.offset <= offset && s.last.column > 0 {
		from = s.last
	}
	head := s.Text[from.offset:offset]
	if i == 0 && from.offset == 0 {
		head = bytes.TrimPrefix(head, []byte(bom))
	}
	s.last = cursor{i, offset, from.column + utf8.RuneCount(head)}
	return Position{Line: i + 1, Column: s.last.column}
}

// LineStart returns the offset of the first byte of the line that offset is on.
func (s *Source) LineStart(offset int) int { return s.lines[s.line(offset)] }

// Offset returns the offset of the first byte of a 1-based line, that of the
// text's end for a line behind it.
func (s *Source) Offset(line int) int {
	if line > len(s.lines) {
		return len(s.Text)
	}
	return s.lines[max(line, 1)-1]
}

// line returns the index of an offset's line.
func (s *Source) line(offset int) int {
	i, found := slices.BinarySearch(s.lines, offset)
	if !found {
		i--
	}
	return i
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
