package span

import (
	"sort"
	"unicode/utf8"

	"shellfree/rewrite/source"
)

// ByteOrderMark is that of package source.
const ByteOrderMark = source.ByteOrderMark

// cursor turns offsets into positions and back. It remembers its last answer,
// so that asking in text order reads each line once.
type cursor struct {
	text         []byte
	starts       []int // byte offset of the first column of each line
	line, column int   // of offset, both from 0
	offset       int   // the last one that was asked for
}

func newCursor(text []byte) cursor {
	starts := source.LineStarts(text)
	return cursor{text: text, starts: starts, offset: starts[0]}
}

// offsetOf returns the byte offset of a 1-based line and column, the column
// counted in code points, and the text's length for a position behind the text.
func (c *cursor) offsetOf(line, column int) int {
	line, column = line-1, column-1
	if line >= len(c.starts) {
		return len(c.text)
	}
	if line != c.line || column < c.column {
		c.line, c.column, c.offset = max(line, 0), 0, c.starts[max(line, 0)]
	}
	for c.column < column && c.offset < len(c.text) {
		c.stepColumn()
	}
	return c.offset
}

// stepColumn moves the cursor by one code point.
func (c *cursor) stepColumn() {
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
		c.stepColumn()
	}
	return c.line + 1, c.column + 1
}
