package dialect

import (
	"bytes"

	"shellfree/rewrite/source"
)

// readQuoted reads a quoted scalar and masks the placeholders in it as text.
func (r *reader) readQuoted(end int) {
	r.maskAsText(end)
	r.at = end
}

// maskAsText masks the placeholders before end as words.
func (r *reader) maskAsText(end int) {
	for ; r.next < len(r.found) && r.found[r.next].Start < end; r.next++ {
		r.plan.cells[r.next].masking = word
	}
}

// quoteEnd returns the offset behind the quoted scalar that begins here, 0 when
// there is none: its closing quote is missing before a line that can't belong to
// it, or is followed by something that can't stand behind a scalar.
func (r *reader) quoteEnd() int {
	quote, next := r.text[r.at], r.next
	for at := r.at + 1; at < len(r.text); at++ {
		if next < len(r.found) && r.found[next].Start == at {
			at = r.found[next].End - 1
			next++
			continue
		}
		switch c := r.text[at]; {
		case c == '\\' && quote == '"':
			at++
		case c == quote && quote == '\'' && at+1 < len(r.text) && r.text[at+1] == '\'':
			at++
		case c == quote:
			return r.closingEnd(at+1, next)
		case source.IsBreak(c) && r.endsScalar(at+1):
			return 0
		}
	}
	return 0
}

// closingEnd returns end, the offset behind a closing quote, 0 when the byte there
// can't stand behind a scalar. next is the index of the next placeholder.
func (r *reader) closingEnd(end, next int) int {
	opens := next < len(r.found) && r.found[next].Start == end
	if opens || r.endsWord(end) || bytes.IndexByte([]byte(",]}:"), r.text[end]) >= 0 {
		return end
	}
	return 0
}

// endsScalar reports whether the line at an offset is indented too little to
// continue a scalar that began on the line being read.
func (r *reader) endsScalar(at int) bool {
	indent := source.Indentation(r.text[at:])
	limit := r.line.indent
	switch {
	case r.depth > 0:
		limit = 0 // in brackets indentation says nothing
	case r.line.token == r.line.start+r.line.indent:
		limit-- // the scalar's key or dash stands on a line above
	}
	return indent <= limit && at+indent < len(r.text) && !source.IsBreak(r.text[at+indent])
}
