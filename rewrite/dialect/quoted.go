package dialect

import (
	"bytes"

	"shellfree/rewrite/source"
)

// quoted takes the placeholders of a quoted scalar as its text.
func (r *reader) quoted(end int) {
	r.textUntil(end)
	r.at = end
}

// textUntil makes the placeholders before end words.
func (r *reader) textUntil(end int) {
	for ; r.next < len(r.found) && r.found[r.next].Start < end; r.next++ {
		r.plan.cells[r.next].how = word
	}
}

// quoteEnd returns the offset after the quoted scalar that begins here, 0 when
// it isn't one: no closing quote before the text is indented no deeper, or
// something other than an indicator behind it.
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
			return r.closes(at+1, next)
		case source.IsBreak(c) && r.ends(at+1):
			return 0
		}
	}
	return 0
}

// closes returns end when what follows a closing quote may follow one.
func (r *reader) closes(end, next int) int {
	opens := next < len(r.found) && r.found[next].Start == end
	if opens || r.isSpace(end) || bytes.IndexByte([]byte(",]}:"), r.text[end]) >= 0 {
		return end
	}
	return 0
}

// ends reports a line that can't continue a scalar of the line being read.
func (r *reader) ends(at int) bool {
	indent := source.Indentation(r.text[at:])
	limit := r.line.indent
	switch {
	case r.depth > 0:
		limit = 0 // in brackets indentation says nothing
	case r.line.token == r.line.start+r.line.indent:
		limit-- // the owner stands on a line above
	}
	return indent <= limit && at+indent < len(r.text) && !source.IsBreak(r.text[at+indent])
}
