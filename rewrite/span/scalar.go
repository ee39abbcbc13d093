package span

import (
	"bytes"
	"strings"

	"shellfree/rewrite/source"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// scalarEnd returns the end of the scalar n whose content begins at
// text[start], -1 when the bytes there do not decode to its value.
func scalarEnd(text []byte, start int, n *yaml.Node) int {
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockEnd(text, start, n.Value, n.Style&yaml.FoldedStyle != 0)
	case n.Style&yaml.SingleQuotedStyle != 0:
		return singleEnd(text, start, n.Value)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return doubleEnd(text, start, n.Value)
	}
	return flowMatch(text, start, n.Value, false)
}

// singleEnd returns the offset behind the closing quote of a single-quoted
// scalar, -1 when it does not decode to value.
func singleEnd(text []byte, start int, value string) int {
	if !hasPrefix(text, start, "'") {
		return -1
	}
	end := flowMatch(text, start+1, value, true)
	if end < 0 || !hasPrefix(text, end, "'") || hasPrefix(text, end, "''") {
		return -1
	}
	return end + 1
}

// doubleEnd returns the offset behind the closing quote of a double-quoted
// scalar, -1 when it does not decode to value.
func doubleEnd(text []byte, start int, value string) int {
	if !hasPrefix(text, start, `"`) {
		return -1
	}
	end := source.QuoteEnd(text, start) - 1
	if end < 0 {
		return -1
	}
	if bytes.IndexByte(text[start:end], '\\') >= 0 {
		same, known := escapesTo(text[start+1:end], value)
		if !known {
			same = decodesTo(text[start:end+1], value)
		}
		if !same {
			return -1
		}
	} else if flowMatch(text, start+1, value, false) != end {
		return -1
	}
	return end + 1
}

// escapesTo reports whether the text between double quotes decodes to value. It
// knows the escapes that people and printers write; known is false for a text with
// another, which the decoder has to read. The decoder takes many times as long.
func escapesTo(text []byte, value string) (same, known bool) {
	for i := 0; i < len(text); {
		var piece string
		blanks := source.SkipBlanks(text, i)
		switch {
		case source.BreakLen(text, blanks) > 0:
			i, piece = foldBreaks(text, blanks)
		case blanks > i:
			i, piece = blanks, string(text[i:blanks])
		case text[i] != '\\':
			i, piece = i+1, string(text[i:i+1])
		case source.BreakLen(text, i+1) > 0: // joins the lines
			i = source.SkipBlanks(text, i+1+source.BreakLen(text, i+1))
			if source.BreakLen(text, i) > 0 {
				return false, false
			}
		default:
			if piece, known = escapedText(text[i+1]); !known {
				return false, false
			}
			i += 2
		}
		if !strings.HasPrefix(value, piece) {
			return false, true
		}
		value = value[len(piece):]
	}
	return value == "", true
}

// escapedText returns the text that a letter behind a backslash stands for (YAML
// 1.1 §5.6), known false for the rarer ones.
func escapedText(letter byte) (text string, known bool) {
	switch letter {
	case '"', '\\', ' ', '/':
		return string(rune(letter)), true
	case 'n':
		return "\n", true
	case 't':
		return "\t", true
	}
	return "", false
}

// decodesTo reports whether the decoder reads the quoted scalar as value. It may
// be decoded on its own, since the indentation of its lines does not matter to its
// value.
func decodesTo(quoted []byte, value string) bool {
	var doc yaml.Node
	if err := yaml.Unmarshal(quoted, &doc); err != nil || len(doc.Content) != 1 {
		return false
	}
	return doc.Content[0].Value == value
}

// flowMatch compares the text from start on with value and returns the offset
// behind the last byte of the value, -1 where the two differ. Line breaks in the
// text are folded (YAML 1.1 §4.2.6). single is set inside single quotes, where two
// quotes stand for one.
//
// Where a plain scalar ends need not be known: the value, which the decoder made,
// says how much to compare.
func flowMatch(text []byte, start int, value string, single bool) int {
	i := start
	for value != "" {
		blanks := source.SkipBlanks(text, i)
		switch {
		case source.BreakLen(text, blanks) > 0:
			end, folded := foldBreaks(text, blanks)
			if !strings.HasPrefix(value, folded) {
				return -1
			}
			i, value = end, value[len(folded):]
		case blanks > i:
			if !strings.HasPrefix(value, string(text[i:blanks])) {
				return -1
			}
			i, value = blanks, value[blanks-i:]
		case i >= len(text) || text[i] != value[0] || single && hasPrefix(text, i, "'") && !hasPrefix(text, i, "''"):
			return -1
		case single && text[i] == '\'':
			i, value = i+2, value[1:]
		default:
			i, value = i+1, value[1:]
		}
	}
	return i
}

// foldBreaks returns the end of the line breaks and blanks at text[i], of which
// the first is a break, and the text that they become in the value: a single LF
// becomes a space, of several breaks a first LF is dropped; blanks are dropped.
func foldBreaks(text []byte, i int) (end int, folded string) {
	var breaks []byte
	for end = i; end < len(text); {
		if n := source.BreakLen(text, end); n > 0 {
			breaks = appendBreak(breaks, text[end:end+n])
			end += n
		} else if source.IsBlank(text[end]) {
			end++
		} else {
			break
		}
	}
	switch {
	case string(breaks) == "\n":
		return end, " "
	case breaks[0] == '\n':
		return end, string(breaks[1:])
	}
	return end, string(breaks)
}

// appendBreak appends a line break as the decoder puts it into a value: LS and PS
// as they are, the others as LF.
func appendBreak(to, lineBreak []byte) []byte {
	if len(lineBreak) == 3 {
		return append(to, lineBreak...)
	}
	return append(to, '\n')
}

// isAnchorByte reports a byte that the decoder takes for a part of an anchor.
func isAnchorByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '_' || b == '-'
}

// hasPrefix reports whether text continues with prefix at i.
func hasPrefix(text []byte, i int, prefix string) bool {
	return i <= len(text) && bytes.HasPrefix(text[i:], []byte(prefix))
}
