package span

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// ByteOrderMark is the UTF-8 byte order mark. At the start of a text it counts
// as no column.
const ByteOrderMark = "\uFEFF"

// BreakLen returns the length in bytes of the line break at text[i], 0 where
// there is none. Breaks are those of YAML 1.1 §5.4, which the decoder counts:
// LF, CR, CRLF, NEL, LS and PS.
func BreakLen(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0x85 {
			return 2
		}
	case 0xE2:
		if isSeparator(text[i:]) {
			return 3
		}
	}
	return 0
}

// isSeparator reports whether text starts with LS or PS.
func isSeparator(text []byte) bool {
	return len(text) > 2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9)
}

// LineEnd returns the offset of the line break that ends the line of text[i], the
// text's length for the last line.
func LineEnd(text []byte, i int) int {
	for ; i < len(text); i++ {
		if b := text[i]; (b <= '\r' || b >= 0xC2) && BreakLen(text, i) > 0 { // most bytes lie between
			return i
		}
	}
	return len(text)
}

// LineStarts returns the byte offset of the first column of each line, in
// order. There is always a first line; a byte order mark lies before it.
func LineStarts(text []byte) []int {
	first := 0
	if bytes.HasPrefix(text, []byte(ByteOrderMark)) {
		first = len(ByteOrderMark)
	}
	starts := append(make([]int, 0, 1+bytes.Count(text, []byte{'\n'})), first)
	if onlyLineFeeds(text) { // as in nearly every file, at many times the speed
		for i := bytes.IndexByte(text[first:], '\n'); i >= 0; i = bytes.IndexByte(text[first:], '\n') {
			first += i + 1
			starts = append(starts, first)
		}
		return starts
	}
	for i := LineEnd(text, first); i < len(text); i = LineEnd(text, i) {
		i += BreakLen(text, i)
		starts = append(starts, i)
	}
	return starts
}

// onlyLineFeeds reports a text without the first bytes of other breaks.
func onlyLineFeeds(text []byte) bool {
	return bytes.IndexByte(text, '\r') < 0 && bytes.IndexByte(text, 0xC2) < 0 && bytes.IndexByte(text, 0xE2) < 0
}

// cursor turns offsets into positions and back. It remembers its last answer,
// so that asking in text order reads each line once.
type cursor struct {
	text         []byte
	starts       []int
	line, column int // of offset, both from 0
	offset       int
}

func newCursor(text []byte) cursor {
	starts := LineStarts(text)
	return cursor{text: text, starts: starts, offset: starts[0]}
}

// offsetOf returns the byte offset of a 1-based line and column, the column
// counted in code points. Positions behind the text give its length.
func (c *cursor) offsetOf(line, column int) int {
	line, column = line-1, column-1
	if line >= len(c.starts) {
		return len(c.text)
	}
	if line != c.line || column < c.column {
		c.line, c.column, c.offset = max(line, 0), 0, c.starts[max(line, 0)]
	}
	for c.column < column && c.offset < len(c.text) {
		c.step()
	}
	return c.offset
}

// step moves on by one code point.
func (c *cursor) step() {
	size := 1
	if c.text[c.offset] >= utf8.RuneSelf {
		_, size = utf8.DecodeRune(c.text[c.offset:])
	}
	c.offset += size
	c.column++
}

// position returns the 1-based line and column of a byte offset.
func (c *cursor) position(offset int) (line, column int) {
	onLine := offset >= c.offset && (c.line+1 == len(c.starts) || offset < c.starts[c.line+1])
	if !onLine {
		c.line = max(sort.SearchInts(c.starts, offset+1)-1, 0)
		c.column, c.offset = 0, c.starts[c.line]
	}
	for c.offset < offset {
		c.step()
	}
	return c.line + 1, c.column + 1
}
