package dialect

import (
	"bytes"

	"shellfree/rewrite/source"
)

// lineSurvey describes a line before it is read.
type lineSurvey struct {
	start, end, after int // byte offsets: of the line, its break, the next line
	next              int // index of the first placeholder behind the line
	indent            int
	empty             bool // nothing but blanks
	onlyMasked        bool // nothing but blanks and masked placeholders
	beginsMasked      bool // begins with a masked placeholder
}

// surveyLine describes the line that begins at an offset; next is the index of the
// first placeholder behind the offset.
func (r *reader) surveyLine(at, next int) lineSurvey {
	l := lineSurvey{start: at, indent: source.Indentation(r.text[at:])}
	end, after := r.skipMasked(at, next)
	l.beginsMasked = after > next && r.found[next].Start == at+l.indent
	l.onlyMasked = end >= len(r.text) || source.IsBreak(r.text[end])
	for end < len(r.text) && !source.IsBreak(r.text[end]) {
		if after < len(r.found) && r.found[after].Start == end {
			end = r.found[after].End
			after++
			continue
		}
		stop := len(r.text)
		if after < len(r.found) {
			stop = r.found[after].Start
		}
		for end++; end < stop && !source.IsBreak(r.text[end]); {
			end++
		}
	}
	l.empty = l.onlyMasked && after == next
	l.onlyMasked = l.onlyMasked && !l.empty
	l.end, l.after, l.next = end, min(end+1, len(r.text)), after
	return l
}

// cachedLine is the line that was found from an offset on.
type cachedLine struct {
	from  int
	known bool
	line  lineSurvey
}

// nextTextLine returns the first line from an offset on that holds more than blanks
// and placeholders; its start is the end of the text when there is none. Comments
// count unless they are to be skipped.
func (r *reader) nextTextLine(at, next int, skipComments bool) lineSurvey {
	cached := &r.textLines[0]
	if skipComments {
		cached = &r.textLines[1]
	}
	if cached.known && cached.from <= at && at <= cached.line.start {
		return cached.line
	}
	*cached = cachedLine{at, true, r.findTextLine(at, next, skipComments)}
	return cached.line
}

func (r *reader) findTextLine(at, next int, skipComments bool) lineSurvey {
	if at > 0 && at < len(r.text) && !source.IsBreak(r.text[at-1]) {
		l := r.surveyLine(at, next) // the rest of the line that at is on
		at, next = l.after, l.next
	}
	for at < len(r.text) {
		l := r.surveyLine(at, next)
		first := l.start + l.indent
		isComment := skipComments && first < len(r.text) && r.text[first] == '#'
		if !l.empty && !l.onlyMasked && !isComment {
			return l
		}
		at, next = l.after, l.next
	}
	return lineSurvey{start: len(r.text), end: len(r.text), after: len(r.text)}
}

// readBlockScalar reads a literal or folded scalar with all its lines, false when
// its header does not stand here.
func (r *reader) readBlockScalar() bool {
	digit, ok := r.blockHeader()
	if !ok {
		return false
	}
	header := r.surveyLine(r.at, r.next)
	r.next, r.at, r.depth = header.next, header.after, 0
	parent := r.line.key
	if parent < 0 {
		parent = r.line.dash
	}
	if parent < 0 {
		parent = r.line.indent - 1
	}
	s := scalar{parent: parent, content: parent + digit}
	if digit == 0 {
		s.content = r.contentColumn(parent)
	}
	for r.at < len(r.text) && r.readContent(&s) {
	}
	r.maskLineBehindScalar(s)
	return true
}

// maskLineBehindScalar masks a line of nothing but placeholders right behind a block
// scalar as a comment. As blanks it would be text of the scalar where it is longer
// than the scalar's column.
func (r *reader) maskLineBehindScalar(s scalar) {
	if r.at >= len(r.text) {
		return
	}
	if l := r.surveyLine(r.at, r.next); l.onlyMasked && l.end-l.start > s.content && !r.defineTags[r.next] {
		r.plan.cells[r.next].masking = remark
		r.at, r.next = l.after, l.next
	}
}

// blockHeader reports whether the header of a block scalar stands here, and returns
// its indentation indicator, 0 when it has none.
func (r *reader) blockHeader() (digit int, ok bool) {
	at := r.at
	if c := r.text[at]; c != '|' && c != '>' {
		return 0, false
	}
	for at++; at < len(r.text) && (isDigit(r.text[at]) || r.text[at] == '-' || r.text[at] == '+'); at++ {
		if isDigit(r.text[at]) {
			digit = int(r.text[at] - '0')
		}
	}
	spaced := r.endsWord(at)
	end, next := r.skipMasked(at, r.next)
	isComment := spaced && end < len(r.text) && r.text[end] == '#'
	return digit, r.endsWord(end) || isComment || next > r.next && end >= len(r.text)
}

// scalar is a block scalar being read.
type scalar struct {
	parent  int  // column of the key or dash that it is the value of
	content int  // column of its text
	seen    bool // a line of it was read
}

// contentColumn returns the column of the text that follows: that of its first
// line, or two right of the parent where all lines are placeholders.
func (r *reader) contentColumn(parent int) int {
	hard := r.nextTextLine(r.at, r.next, false)
	if hard.start < len(r.text) && hard.indent > parent {
		return hard.indent
	}
	for at, next := r.at, r.next; at < hard.start; {
		l := r.surveyLine(at, next)
		if l.onlyMasked && l.indent > parent {
			return l.indent
		}
		at, next = l.after, l.next
	}
	return max(parent, 0) + 2
}

// readContent reads a line of the scalar, false where the scalar has ended.
func (r *reader) readContent(s *scalar) bool {
	l := r.surveyLine(r.at, r.next)
	switch {
	case l.empty:
	case l.onlyMasked:
		if !r.isOwnLine(s, l) {
			return false
		}
		r.maskContentLine(s, l)
	case l.indent > s.parent:
		r.maskAsText(l.end)
	case l.beginsMasked && r.continuesScalar(s, l):
		r.plan.cells[r.next].from = max(r.found[r.next].Start, l.start+s.content)
		r.maskAsText(l.end)
	default:
		return false
	}
	s.seen = s.seen || !l.empty
	r.at, r.next = l.after, l.next
	return true
}

// isOwnLine reports whether a line of placeholders is part of the scalar: it is
// indented like the scalar, or text of the scalar follows, or the placeholder says
// that it indents (indent 4), or it is a value and the scalar would be empty without
// it.
func (r *reader) isOwnLine(s *scalar, l lineSurvey) bool {
	if l.indent >= s.content {
		return true
	}
	p := r.found[r.next]
	if indentedTo(p.Name) > s.parent || !s.seen && p.Kind == Value {
		return true
	}
	hard := r.nextTextLine(l.after, l.next, false)
	return hard.start < len(r.text) && hard.indent > s.parent && (s.seen || hard.indent >= s.content)
}

// continuesScalar reports whether a line that begins with a placeholder left of the
// content is part of the scalar: text of the scalar follows, and it is no key.
func (r *reader) continuesScalar(s *scalar, l lineSurvey) bool {
	end, _ := r.skipMasked(l.start, r.next)
	if r.text[end] == ':' || s.parent < 0 {
		return false
	}
	hard := r.nextTextLine(l.after, l.next, false)
	return hard.start < len(r.text) && hard.indent > s.parent && !opensMapping(bytes.TrimLeft(r.text[end:], " "))
}

// maskContentLine masks a line of a block scalar that holds nothing but
// placeholders: values as words from the column of the content on, a line without
// values as a comment.
func (r *reader) maskContentLine(s *scalar, l lineSurvey) {
	column := l.start + s.content
	some := false
	for i := r.next; i < l.next; i++ {
		if c := &r.plan.cells[i]; r.found[i].Kind == Value {
			c.masking, c.from, some = word, max(r.found[i].Start, column), true
		}
	}
	if c := &r.plan.cells[r.next]; !some {
		c.masking, c.from = remark, max(r.found[r.next].Start, column)
		if !s.seen {
			c.from = column // the first line sets the column of the scalar
		}
	}
}
