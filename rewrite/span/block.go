package span

import (
	"strings"

	"shellfree/rewrite/source"
)

// block reads a literal or folded scalar by the decoder's own rules.
type block struct {
	text   []byte
	indent int // columns
	folded bool

	value    []byte // what was read so far, without lead and trailing
	end      int    // offset behind the last line that is not blank
	lead     []byte // line break of the last line that is not blank
	trailing []byte // line breaks of the blank lines behind that one
}

// blockEnd returns the end of the block scalar whose header begins at
// text[start], -1 when it does not decode to value. Blank lines at its end and
// its final line break are outside.
func blockEnd(text []byte, start int, value string, folded bool) int {
	indicator := "|"
	if folded {
		indicator = ">"
	}
	if !hasPrefix(text, start, indicator) {
		return -1
	}
	chomping := byte(0)
	header := start + 1
	for ; header < len(text) && (text[header] == '+' || text[header] == '-' || text[header] >= '1' && text[header] <= '9'); header++ {
		if text[header] == '+' || text[header] == '-' {
			chomping = text[header]
		}
	}
	if strings.Trim(value, lineBreaks) == "" {
		return header
	}
	first := source.NextLine(text, header)
	b := &block{text: text, indent: blockIndent(text, first, value), folded: folded}
	if b.indent < 1 {
		return -1
	}
	b.readLines(first)
	if string(b.chompedValue(chomping)) != value {
		return -1
	}
	return b.end
}

// lineBreaks are the line breaks that a decoded value can hold.
const lineBreaks = "\n\u2028\u2029"

// blockIndent returns the indentation in columns of the content that begins
// with the line at first: the spaces before its first line that is not blank, less
// those that the value begins that line with. The indentation indicator is of no
// use here: it counts from a parent that is not known.
func blockIndent(text []byte, first int, value string) int {
	content := strings.TrimLeft(value, lineBreaks)
	blank := value[:len(value)-len(content)]
	for range blank {
		first = source.NextLine(text, first)
	}
	inText := source.Indentation(text[first:])
	inValue := len(content) - len(strings.TrimLeft(content, " "))
	return inText - inValue
}

// readLines reads the lines from the line start i on that belong to the scalar.
func (b *block) readLines(i int) {
	var more, wasMore bool // this line, the line before: its text begins with a blank
	for i = b.collectBlankLines(i); b.isContent(i); i = b.collectBlankLines(i) {
		i += b.indent
		more = source.IsBlank(b.text[i])
		if b.folded && !wasMore && !more && len(b.lead) > 0 && b.lead[0] == '\n' {
			if len(b.trailing) == 0 {
				b.value = append(b.value, ' ')
			}
		} else {
			b.value = append(b.value, b.lead...)
		}
		b.value = append(b.value, b.trailing...)
		b.lead, b.trailing = b.lead[:0], b.trailing[:0]
		wasMore = more
		b.end = source.LineEnd(b.text, i)
		b.value = append(b.value, b.text[i:b.end]...)
		i = b.end
		if n := source.BreakLen(b.text, i); n > 0 {
			b.lead = appendBreak(b.lead, b.text[i:i+n])
			i += n
		}
	}
}

// collectBlankLines adds the line breaks of the lines from i on that have nothing
// behind the indentation to trailing, and returns the start of the first other
// line.
func (b *block) collectBlankLines(i int) int {
	for i < len(b.text) {
		at := i + min(source.Indentation(b.text[i:]), b.indent)
		n := source.BreakLen(b.text, at)
		if n == 0 {
			return i
		}
		b.trailing = appendBreak(b.trailing, b.text[at:at+n])
		i = at + n
	}
	return i
}

// isContent reports whether the line at i has the scalar's indentation.
func (b *block) isContent(i int) bool {
	return i+b.indent < len(b.text) && source.Indentation(b.text[i:]) >= b.indent
}

// chompedValue returns the value with those line breaks at its end that the
// chomping indicator keeps: none for -, all for +, else the first (YAML 1.2
// §8.1.1.2).
func (b *block) chompedValue(indicator byte) []byte {
	if indicator == '-' {
		return b.value
	}
	value := append(b.value, b.lead...)
	if indicator == '+' {
		value = append(value, b.trailing...)
	}
	return value
}
