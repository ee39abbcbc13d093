package excerpt

import (
	"bytes"

	"shellfree/rewrite/source"
)

// hasPlainBytes reports a text without bytes that a decoder refuses, and without
// line breaks other than LF and CRLF (YAML 1.1 §5.1, §5.4). The text must be UTF-8.
func hasPlainBytes(text []byte) bool {
	for i, b := range text {
		switch {
		case b >= ' ' && b < 0x7F || b == '\n' || b == '\t':
		case b == '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				return false
			}
		case b < 0x80 || !isHarmless(text[i:], i):
			return false
		}
	}
	return true
}

// isHarmless reports that rest, which stands at offset at of the text, begins with a
// byte of a character that is no line break, no control character, and no byte order
// mark but at the start of the text.
func isHarmless(rest []byte, at int) bool {
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

// nextLine returns the offset of the line behind that of an offset. Only LF ends
// lines here, as hasPlainBytes makes sure.
func (r *reader) nextLine(at int) int {
	if i := bytes.IndexByte(r.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(r.text)
}

// skipSpaces steps over spaces.
func (r *reader) skipSpaces() {
	r.at += source.Indentation(r.text[r.at:])
}

// endsLine reports that only a comment, a line break or the end of the text follows.
func (r *reader) endsLine() bool {
	return r.at == len(r.text) || source.IsBreak(r.text[r.at]) || r.text[r.at] == '#'
}
