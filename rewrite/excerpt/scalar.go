package excerpt

import (
	"bytes"
	"strings"

	"shellfree/rewrite/source"
)

// keyLimit is the length in bytes of the longest key that is read here. A decoder
// takes up to 1024 characters (YAML 1.1 §7.3), quotes included.
const keyLimit = 1000

// readKey reads a key with its colon and returns where the key stands, the empty
// stretch where a scalar follows that is no key. It is false where neither does.
func (r *reader) readKey() (stretch, bool) {
	start := r.at
	if c := r.text[r.at]; c == '"' || c == '\'' {
		end := r.quoteEnd(r.at)
		if end < 0 || !r.isColon(end) {
			return stretch{}, end >= 0
		}
		r.at = end + 1
		return newStretch(start+1, end-1), end-start <= keyLimit && !bytes.ContainsAny(r.text[start:end], "\\\n")
	}
	if strings.IndexByte("[{|>", r.text[r.at]) >= 0 {
		return stretch{}, true
	}
	if !r.beginsPlain() {
		return stretch{}, false
	}
	for ; r.at < len(r.text) && r.text[r.at] != '\n'; r.at++ {
		switch {
		case r.text[r.at] == '\t':
			return stretch{}, false
		case r.isColon(r.at):
			r.at++
			key := bytes.TrimRight(r.text[start:r.at-1], " ")
			return newStretch(start, start+len(key)), r.at-start <= keyLimit
		case r.text[r.at] == '#' && r.text[r.at-1] == ' ':
			return stretch{}, true
		}
	}
	return stretch{}, true
}

// isColon reports whether a colon that ends a key stands at an offset.
func (r *reader) isColon(at int) bool {
	return at < len(r.text) && r.text[at] == ':' && (at+1 == len(r.text) || isSpaceOrBreak(r.text[at+1]))
}

// isDash reports whether the byte to read is the dash of an item.
func (r *reader) isDash() bool {
	return r.text[r.at] == '-' && (r.at+1 == len(r.text) || isSpaceOrBreak(r.text[r.at+1]))
}

// isSpaceOrBreak reports a space, LF or CR. A tab is left out: a document with
// one between its tokens is read whole.
func isSpaceOrBreak(b byte) bool { return b == ' ' || source.IsBreak(b) }

// beginsPlain reports whether a plain scalar may begin with the byte to read: it is
// no indicator (YAML 1.1 §5.3), or one that means something before a blank only.
func (r *reader) beginsPlain() bool {
	switch c := r.text[r.at]; c {
	case '-', ':', '?':
		return r.at+1 < len(r.text) && r.text[r.at+1] != '\t' && !isSpaceOrBreak(r.text[r.at+1])
	default:
		return strings.IndexByte("\t,[]{}#&*!|>'\"%@`", c) < 0
	}
}

// readScalar reads a scalar or a flow collection up to the start of the next line.
// column is that of the block collection around it.
func (r *reader) readScalar(column int) bool {
	switch c := r.text[r.at]; c {
	case '|', '>':
		return r.readBlock(column)
	case '"', '\'':
		if r.at = r.quoteEnd(r.at); r.at < 0 {
			return false
		}
		return r.skipLineRest()
	case '[', '{':
		return r.readFlow(0) && r.skipLineRest()
	}
	if !r.beginsPlain() {
		return false
	}
	for {
		if more, ok := r.readPlainLine(); !more || !ok || !r.continuePlain(column) {
			return ok
		}
	}
}

// skipLineRest steps over the rest of a line, where only a comment may stand. Tabs
// count as blanks there (YAML 1.1 §5.5).
func (r *reader) skipLineRest() bool {
	at := r.at
	r.at = source.SkipBlanks(r.text, r.at)
	if !r.endsLine() || r.at < len(r.text) && r.text[r.at] == '#' && r.at == at {
		return false
	}
	r.at = r.nextLine(r.at)
	return true
}

// readPlainLine reads a line of a plain scalar. more is false where a comment ends
// the line, and with it the scalar.
func (r *reader) readPlainLine() (more, ok bool) {
	for ; r.at < len(r.text) && r.text[r.at] != '\n'; r.at++ {
		switch {
		case r.isColon(r.at) || r.text[r.at] == '\t':
			return false, false
		case r.text[r.at] == '#' && r.text[r.at-1] == ' ':
			r.at = r.nextLine(r.at)
			return false, true
		}
	}
	r.at = r.nextLine(r.at)
	return true, true
}

// continuePlain steps to the next line of a plain scalar, false where there is none.
func (r *reader) continuePlain(column int) bool {
	for at := r.at; at < len(r.text); at = r.nextLine(at) {
		line := r.text[at:r.nextLine(at)]
		spaces := source.Indentation(line)
		switch body := line[spaces:]; {
		case len(bytes.TrimRight(body, "\r\n")) == 0:
		case spaces <= column || body[0] == '#':
			return false
		default:
			r.at = at + spaces
			return true
		}
	}
	return false
}

// quoteEnd returns the offset behind the quoted scalar that begins at an offset,
// -1 where its closing quote is missing, or where it holds a tab or an escape that
// only a decoder can judge.
func (r *reader) quoteEnd(at int) int {
	end := source.QuoteEnd(r.text, at)
	if end < 0 || bytes.IndexByte(r.text[at:end], '\t') >= 0 || r.text[at] == '"' && !hasShortEscapes(r.text[at:end]) {
		return -1
	}
	return end
}

// hasShortEscapes reports whether each backslash of a text stands before one of
// the escapes.
func hasShortEscapes(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return true
		}
		if strings.IndexByte(escapes, text[i+1]) < 0 {
			return false
		}
		text = text[i+2:]
	}
}

// escapes are the bytes that make an escape together with the backslash before them
// and nothing behind them (YAML 1.1 §5.6, which has no \/).
const escapes = `0abtnvfre "\N_LP`

// readBlock reads a block scalar. column is that of the collection around it.
func (r *reader) readBlock(column int) bool {
	header := bytes.TrimRight(r.text[r.at+1:r.nextLine(r.at)], " \r\n")
	if len(header) > 1 || len(header) == 1 && header[0] != '-' && header[0] != '+' {
		return false // a digit, or a comment
	}
	indent, blank := -1, 0
	for r.at = r.nextLine(r.at); r.at < len(r.text); r.at = r.nextLine(r.at) {
		line := r.text[r.at:r.nextLine(r.at)]
		spaces := source.Indentation(line)
		switch body := line[spaces:]; {
		case len(bytes.TrimRight(body, "\r\n")) == 0:
			if indent < 0 {
				blank = max(blank, spaces)
			}
		case indent >= 0 && spaces >= indent:
		case indent < 0 && spaces > column && body[0] != '\t':
			if indent = spaces; blank > indent {
				return false
			}
		case spaces > column:
			return false
		default:
			return true
		}
	}
	return true
}
