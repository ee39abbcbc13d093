package dialect

import (
	"bytes"
	"slices"

	"shellfree/rewrite/source"
)

// layout decides how each placeholder of a YAML text is masked. It reads the
// text once, with just enough of YAML to know the place: quoted scalars, keys,
// flow brackets, comments and block scalars.
func layout(text []byte, found []Placeholder) plan {
	r := &reader{text: text, found: found, plan: newPlan(found), defineTags: map[int]bool{}, plainIn: -1}
	if slices.ContainsFunc(found, opensDefine) {
		for _, b := range controlBlocks(found) {
			if b.verb == "define" {
				r.defineTags[b.tags[0]], r.defineTags[b.tags[len(b.tags)-1]] = true, true
			}
		}
	}
	if bytes.HasPrefix(text, []byte(source.ByteOrderMark)) {
		r.at = len(source.ByteOrderMark)
	}
	for r.at < len(text) && r.next < len(found) {
		r.readLine()
	}
	return r.plan
}

func newPlan(found []Placeholder) plan {
	p := plan{cells: make([]cell, len(found))}
	for i, f := range found {
		p.cells[i].from = f.Start
	}
	return p
}

// reader reads a YAML text line by line. A line ends at the first line break
// outside of placeholders and quotes.
type reader struct {
	text  []byte
	found []Placeholder
	plan  plan

	defineTags map[int]bool // indexes of the placeholders that open or close a define

	at    int // offset of the byte to read
	next  int // index of the first placeholder at or after at
	depth int // number of open flow brackets
	line  linePosition
	// plainIn is the least indentation of the further lines of the plain scalar that
	// the last line ended in, -1 where that line ended otherwise.
	plainIn   int
	textLines [2]cachedLine // the last nextTextLine: with comments, and without
	lastRun   maskedRun
}

// linePosition holds the places that the reader found on the line it is in. Columns
// count from 0.
type linePosition struct {
	indent int // number of spaces at its start
	start  int // byte offset of its start
	dash   int // column of the last "- ", -1 when there is none
	key    int // column of the last key, -1 when there is none
	token  int // byte offset of the token being read
}

// state says what the reader is in the middle of.
type state int

const (
	beforeToken state = iota // after an indicator: a value may begin
	inPlain                  // in a plain scalar
	afterToken               // after a closing quote or bracket
	inComment
)

func (r *reader) readLine() {
	if _, next := r.skipMasked(r.at, r.next); next > r.next {
		if l := r.surveyLine(r.at, r.next); l.onlyMasked {
			r.maskPlaceholderLine(l)
			return
		}
	}
	r.line = linePosition{indent: source.Indentation(r.text[r.at:]), start: r.at, dash: -1, key: -1}
	if bytes.HasPrefix(r.text[r.at:], []byte("---")) {
		r.depth = 0
	}
	s := beforeToken
	if r.plainIn >= 0 && (r.line.indent >= r.plainIn || r.endsWord(r.at+r.line.indent)) {
		s = inPlain
	} else {
		r.plainIn = -1
	}
	for r.at < len(r.text) {
		if source.IsBreak(r.text[r.at]) {
			r.endLine(s)
			return
		}
		if s == beforeToken && r.readBlockScalar() {
			return
		}
		s = r.readNext(s)
	}
}

// endLine steps over the line break and remembers a plain scalar that may go on.
func (r *reader) endLine(s state) {
	r.at++
	switch {
	case s != inPlain:
		r.plainIn = -1
	case r.plainIn >= 0:
	case r.depth > 0:
		r.plainIn = 0
	default:
		r.plainIn = max(r.line.key, r.line.dash) + 1
		if r.plainIn == 0 {
			r.plainIn = r.line.indent
		}
	}
}

// readNext reads one placeholder, token or byte, or the rest of a comment.
func (r *reader) readNext(s state) state {
	if r.next < len(r.found) && r.found[r.next].Start == r.at {
		return r.readPlaceholder(s)
	}
	switch c := r.text[r.at]; s {
	case beforeToken:
		return r.beginToken(c)
	case inPlain:
		return r.readPlain(c)
	case afterToken:
		return r.readBehindValue(c)
	}
	for end := r.nextFound(); r.at < end && !source.IsBreak(r.text[r.at]); {
		r.at++
	}
	return s
}

// beginToken reads the first byte of a token.
func (r *reader) beginToken(c byte) state {
	r.line.token = r.at
	switch {
	case source.IsBlank(c) || c == ',' && r.depth > 0:
		r.at++
		return beforeToken
	case c == '#':
		return inComment
	case (c == '-' || c == '?') && r.depth == 0 && r.endsWord(r.at+1):
		r.line.dash = r.at - r.line.start
		r.at++
		return beforeToken
	case c == '"' || c == '\'':
		if end := r.quoteEnd(); end > 0 {
			r.readQuoted(end)
			return afterToken
		}
	case c == '&' || c == '!':
		for !r.endsWord(r.at) && !r.atPlaceholder() {
			r.at++
		}
		return beforeToken
	case isBracket(c):
		return r.readBracket(c)
	}
	r.at++
	return inPlain
}

// readPlain reads a plain scalar up to the next byte that may end it.
func (r *reader) readPlain(c byte) state {
	switch {
	case c == ':' && r.endsWord(r.at+1):
		return r.endKey()
	case c == ':' && r.isBareKey():
		return r.endKey()
	case c == '#' && source.IsBlank(r.text[r.at-1]):
		return inComment
	case r.depth > 0 && (isBracket(c) || c == ','):
		return r.readBracket(c)
	}
	r.at++
	for end := r.nextFound(); r.at < end && !endsPlain(r.text[r.at]); {
		r.at++
	}
	return inPlain
}

// endsPlain reports a byte that may end a plain scalar, or its line.
func endsPlain(c byte) bool {
	switch c {
	case ':', '#', ',', '[', ']', '{', '}', '\n', '\r':
		return true
	}
	return false
}

// nextFound returns where the next placeholder begins, or the text ends.
func (r *reader) nextFound() int {
	if r.next < len(r.found) {
		return r.found[r.next].Start
	}
	return len(r.text)
}

// readBehindValue reads one byte behind a quoted scalar or a flow collection.
func (r *reader) readBehindValue(c byte) state {
	switch {
	case c == ':':
		return r.endKey()
	case c == '#' && source.IsBlank(r.text[r.at-1]):
		return inComment
	case isBracket(c) || c == ',':
		return r.readBracket(c)
	}
	r.at++
	return afterToken
}

// endKey reads the colon of the key that the last token is.
func (r *reader) endKey() state {
	r.line.key = r.line.token - r.line.start
	r.at++
	return beforeToken
}

// readBracket reads a flow bracket or a comma.
func (r *reader) readBracket(c byte) state {
	r.at++
	switch c {
	case '[', '{':
		r.depth++
	case ']', '}':
		r.depth = max(r.depth-1, 0)
		return afterToken
	}
	return beforeToken
}

// isBareKey reports a key at the start of its line with a placeholder right behind
// its colon: key:{{ x }}. The placeholder brings the blank that YAML asks for.
func (r *reader) isBareKey() bool {
	if r.depth > 0 || r.line.key >= 0 || r.line.dash >= 0 || r.next == len(r.found) || r.found[r.next].Start != r.at+1 {
		return false
	}
	return r.line.token == r.line.start+r.line.indent && !bytes.ContainsAny(r.text[r.line.token:r.at], " \t")
}

func (r *reader) atPlaceholder() bool {
	return r.next < len(r.found) && r.found[r.next].Start == r.at
}

// endsWord reports whether a blank, a line break or the end of the text stands at an
// offset.
func (r *reader) endsWord(at int) bool {
	return at >= len(r.text) || source.IsSpace(r.text[at])
}

func isBracket(c byte) bool { return c == '[' || c == ']' || c == '{' || c == '}' }
