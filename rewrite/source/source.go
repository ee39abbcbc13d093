// Package source holds a file's bytes, tells line and column of an offset, and has
// the small functions by which all rooms read blanks, line breaks and quotes.
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

	lines []int // byte offset of each line's first byte; only LF ends lines
	last  cursor
}

// cursor is the place that was asked for last: index of the line, byte offset,
// 1-based column. Counting goes on from there, since places are mostly asked for in
// order and a line may be megabytes long.
type cursor struct{ line, offset, column int }

// New returns the source of a named text.
func New(name string, text []byte) *Source {
	s := &Source{Name: name, Text: text, lines: make([]int, 1, 1+bytes.Count(text, []byte{'\n'}))}
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
	Column int // 1-based, in code points; a tab is one, a leading byte order mark is none
}

// Position returns the line and column of a byte offset.
func (s *Source) Position(offset int) Position {
	offset = min(offset, len(s.Text))
	i := s.lineIndex(offset)
	if back := s.last.offset - offset; s.last.line == i && back > 0 && offset-s.lines[i] > max(back, len(ByteOrderMark)) { // nearer than the line's start
		s.last = cursor{i, offset, s.last.column - utf8.RuneCount(s.Text[offset:s.last.offset])}
		return Position{Line: i + 1, Column: s.last.column}
	}
	from := cursor{line: i, offset: s.lines[i], column: 1}
	if s.last.line == i && s.last.offset <= offset && s.last.column > 0 {
		from = s.last
	}
	head := s.Text[from.offset:offset]
	if i == 0 && from.offset == 0 {
		head = bytes.TrimPrefix(head, []byte(ByteOrderMark))
	}
	s.last = cursor{i, offset, from.column + utf8.RuneCount(head)}
	return Position{Line: i + 1, Column: s.last.column}
}

// Offset returns the byte offset of a position: the end of its line for a
// column behind the line, the end of the text for a line behind the text. Like
// Position it is fast when places are asked for in order.
func (s *Source) Offset(p Position) int {
	if p.Line < 1 || p.Line > len(s.lines) {
		return len(s.Text)
	}
	at := cursor{line: p.Line - 1, offset: s.lines[p.Line-1], column: 1}
	if at.offset == 0 && bytes.HasPrefix(s.Text, []byte(ByteOrderMark)) {
		at.offset = len(ByteOrderMark)
	}
	if s.last.line == at.line && s.last.column > 0 && s.last.column <= p.Column {
		at = s.last
	}
	for end := s.lineEnd(at.line); at.column < p.Column && at.offset < end; at.column++ {
		_, size := utf8.DecodeRune(s.Text[at.offset:end])
		at.offset += size
	}
	s.last = at
	return at.offset
}

// lineEnd returns the offset of the line break that ends a line, given by its
// index.
func (s *Source) lineEnd(i int) int {
	end := len(s.Text)
	if i+1 < len(s.lines) {
		end = s.lines[i+1]
	}
	return s.lines[i] + len(bytes.TrimRight(s.Text[s.lines[i]:end], "\r\n"))
}

// Around returns a part of the line that offset is on, to be shown: at most before
// code points ahead of the offset and at most after code points from it on. ahead
// is the part of shown that lies ahead of the offset.
func (s *Source) Around(offset, before, after int) (shown, ahead string) {
	i := s.lineIndex(offset)
	first, end := s.lines[i], s.lineEnd(i)
	if first == 0 && bytes.HasPrefix(s.Text, []byte(ByteOrderMark)) {
		first = len(ByteOrderMark)
	}
	start, stop := offset, offset
	for ; before > 0 && start > first; before-- {
		_, size := utf8.DecodeLastRune(s.Text[first:start])
		start -= size
	}
	for ; after > 0 && stop < end; after-- {
		_, size := utf8.DecodeRune(s.Text[stop:end])
		stop += size
	}
	return string(s.Text[start:stop]), string(s.Text[start:offset])
}

// LineStart returns the offset of the first byte of the line that offset is on.
func (s *Source) LineStart(offset int) int { return s.lines[s.lineIndex(offset)] }

// LineOffset returns the offset of the first byte of a 1-based line, the text's
// length for a line behind the text.
func (s *Source) LineOffset(line int) int {
	if line > len(s.lines) {
		return len(s.Text)
	}
	return s.lines[max(line, 1)-1]
}

// lineIndex returns the index of the line that offset is on.
func (s *Source) lineIndex(offset int) int {
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
