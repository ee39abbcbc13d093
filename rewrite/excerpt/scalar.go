package excerpt

import (
	"bytes"
	"strings"

	"shellfree/rewrite/source"
)

// keyLimit is the length above which a decoder takes nothing for a key, less a
// few bytes for its quotes (YAML 1.1 §7.3, 1024 characters).
const keyLimit = 1000

// key reads a key and its colon and says where it stands; nowhere where the line
// holds a scalar alone. False means neither.
func (r *reader) key() (stretch, bool) {
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

// isColon reports a colon that ends a key.
func (r *reader) isColon(at int) bool {
	return at < len(r.text) && r.text[at] == ':' && (at+1 == len(r.text) || isSpaceOrBreak(r.text[at+1]))
}

// isDash reports the dash of an item.
func (r *reader) isDash() bool {
	return r.text[r.at] == '-' && (r.at+1 == len(r.text) || isSpaceOrBreak(r.text[r.at+1]))
}

// isSpaceOrBreak reports a space, LF or CR. A tab is left out: a document with
// one between its tokens is read whole.
func isSpaceOrBreak(b byte) bool { return b == ' ' || source.IsBreak(b) }

// beginsPlain reports a byte that a plain scalar may begin with: no indicator
// (YAML 1.1 §5.3), but for those that mean something before a blank only.
func (r *reader) beginsPlain() bool {
	switch c := r.text[r.at]; c {
	case '-', ':', '?':
		return r.at+1 < len(r.text) && r.text[r.at+1] != '\t' && !isSpaceOrBreak(r.text[r.at+1])
	default:
		return strings.IndexByte("\t,[]{}#&*!|>'\"%@`", c) < 0
	}
}

// scalar reads a scalar or a flow collection, which stands in a block collection
// of a column, up to the start of the next line.
func (r *reader) scalar(column int) bool {
	switch c := r.text[r.at]; c {
	case '|', '>':
		return r.block(column)
	case '"', '\'':
		if r.at = r.quoteEnd(r.at); r.at < 0 {
			return false
		}
		return r.finish()
	case '[', '{':
		return r.flow(0) && r.finish()
	}
	if !r.beginsPlain() {
		return false
	}
	for {
		if more, ok := r.plain(); !more || !ok || !r.continues(column) {
			return ok
		}
	}
}

// finish steps over the rest of a line, where only a comment may stand. Tabs are
// blanks there (YAML 1.1 §5.5).
func (r *reader) finish() bool {
	at := r.at
	r.at = source.SkipBlanks(r.text, r.at)
	if !r.endsLine() || r.at < len(r.text) && r.text[r.at] == '#' && r.at == at {
		return false
	}
	r.at = r.lineEnd(r.at)
	return true
}

// plain reads a line of a plain scalar. There may be more where no comment ended it.
func (r *reader) plain() (more, ok bool) {
	for ; r.at < len(r.text) && r.text[r.at] != '\n'; r.at++ {
		switch {
		case r.isColon(r.at) || r.text[r.at] == '\t':
			return false, false
		case r.text[r.at] == '#' && r.text[r.at-1] == ' ':
			r.at = r.lineEnd(r.at)
			return false, true
		}
	}
	r.at = r.lineEnd(r.at)
	return true, true
}

// continues steps to the next line of a plain scalar, where there is one.
func (r *reader) continues(column int) bool {
	for at := r.at; at < len(r.text); at = r.lineEnd(at) {
		line := r.text[at:r.lineEnd(at)]
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
// -1 where it doesn't end as it should.
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

// escapes are the bytes that stand behind a backslash without more to follow
// (YAML 1.1 §5.6, where a slash is none).
const escapes = `0abtnvfre "\N_LP`

// block reads a block scalar in a collection of a column.
func (r *reader) block(column int) bool {
	header := bytes.TrimRight(r.text[r.at+1:r.lineEnd(r.at)], " \r\n")
	if len(header) > 1 || len(header) == 1 && header[0] != '-' && header[0] != '+' {
		return false // a digit, or a comment
	}
	indent, blank := -1, 0
	for r.at = r.lineEnd(r.at); r.at < len(r.text); r.at = r.lineEnd(r.at) {
		line := r.text[r.at:r.lineEnd(r.at)]
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
