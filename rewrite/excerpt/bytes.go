package excerpt

import (
	"bytes"

	"shellfree/rewrite/source"
)

// plainBytes reports a text without bytes that a decoder refuses or takes for a
// line break beside LF and CRLF (YAML 1.1 §5.1, §5.4). It must be UTF-8.
func plainBytes(text []byte) bool {
	for i, b := range text {
		switch {
		case b >= ' ' && b < 0x7F || b == '\n' || b == '\t':
		case b == '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				return false
			}
		case b < 0x80 || !harmless(text[i:], i):
			return false
		}
	}
	return true
}

// harmless reports a byte of a character that is no line break, no control
// character and no byte order mark but at the start.
func harmless(rest []byte, at int) bool {
	switch rest[0] {
	case 0xC2:
		return len(rest) > 1 && rest[1] >= 0xA0
	case 0xE2:
		return !bytes.HasPrefix(rest, []byte("\u2028")) && !bytes.HasPrefix(rest, []byte("\u2029"))
	case 0xEF:
		return at == 0 && bytes.HasPrefix(rest, []byte(source.ByteOrderMark)) || len(rest) > 1 && rest[1] < 0xBB
	}
	return true
}

// lineEnd returns the offset behind the line of an offset.
func (r *reader) lineEnd(at int) int {
	if i := bytes.IndexByte(r.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(r.text)
}

func (r *reader) skipSpaces() {
	r.at += source.Indentation(r.text[r.at:])
}

// endsLine reports that nothing but a comment is left of the line.
func (r *reader) endsLine() bool {
	return r.at == len(r.text) || source.IsBreak(r.text[r.at]) || r.text[r.at] == '#'
}
