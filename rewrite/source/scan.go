package source

import "bytes"

// ByteOrderMark is the UTF-8 byte order mark. At the start of a text it counts
// as no column.
const ByteOrderMark = "\uFEFF"

// IsBlank reports a space or a tab (YAML 1.1 §5.5).
func IsBlank(b byte) bool { return b == ' ' || b == '\t' }

// IsBreak reports LF and CR, the line breaks that are one byte each. [BreakLen]
// knows all breaks of YAML.
func IsBreak(b byte) bool { return b == '\n' || b == '\r' }

// IsSpace reports a blank, LF or CR.
func IsSpace(b byte) bool { return IsBlank(b) || IsBreak(b) }

// SkipBlanks returns the offset of the first byte from text[i] on that is no
// blank, the text's length when all are blanks.
func SkipBlanks(text []byte, i int) int {
	for i < len(text) && IsBlank(text[i]) {
		i++
	}
	return i
}

// Indentation returns the number of spaces that text begins with. YAML indents
// with spaces only (YAML 1.2 §6.1), so a tab counts as content.
func Indentation(text []byte) int {
	n := 0
	for n < len(text) && text[n] == ' ' {
		n++
	}
	return n
}

// QuoteEnd returns the offset behind the quoted scalar whose opening quote, " or
// ', is text[i]; -1 when its closing quote is missing. In double quotes a
// backslash hides the byte behind it, in single quotes two quotes stand for one.
func QuoteEnd(text []byte, i int) int {
	quote := text[i]
	for i++; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return -1
}

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

// LineStart returns the offset of the first byte of the line of text[i], where
// LF and CR end lines.
func LineStart(text []byte, i int) int {
	return bytes.LastIndexAny(text[:i], "\r\n") + 1
}

// NextLine returns the offset of the line behind that of text[i], the text's
// length for the last line.
func NextLine(text []byte, i int) int {
	end := LineEnd(text, i)
	return end + BreakLen(text, end)
}

// LineStarts returns the byte offset of the first column of each line, in
// order, with the line breaks of [BreakLen]. There is always a first line; a
// byte order mark lies before it.
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
