package dialect

import (
	"bytes"

	"shellfree/rewrite/source"
)

// surveyed is what a line looks like before it is read.
type surveyed struct {
	start, end, after int // offsets: of the line, its break, the next line
	next              int // the first placeholder behind the line
	indent            int
	empty             bool // nothing but blanks
	alone             bool // nothing but blanks and masked placeholders
	soft              bool // begins with a masked placeholder
}

// survey looks at the line at an offset; next is the first placeholder behind it.
func (r *reader) survey(at, next int) surveyed {
	l := surveyed{start: at, indent: source.Indentation(r.text[at:])}
	end, after := r.skip(at, next)
	l.soft = after > next && r.found[next].Start == at+l.indent
	l.alone = end >= len(r.text) || source.IsBreak(r.text[end])
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
	l.empty = l.alone && after == next
	l.alone = l.alone && !l.empty
	l.end, l.after, l.next = end, min(end+1, len(r.text)), after
	return l
}

// cachedLine is a line that was looked for from an offset.
type cachedLine struct {
	from  int
	known bool
	line  surveyed
}

// ahead returns the first line from an offset on that is neither empty nor only
// placeholders; its start is the end of the text when there is none. Comments
// count unless they are to be skipped.
func (r *reader) ahead(at, next int, skipComments bool) surveyed {
	cached := &r.hard[0]
	if skipComments {
		cached = &r.hard[1]
	}
	if cached.known && cached.from <= at && at <= cached.line.start {
		return cached.line
	}
	*cached = cachedLine{at, true, r.search(at, next, skipComments)}
	return cached.line
}

func (r *reader) search(at, next int, skipComments bool) surveyed {
	if at > 0 && at < len(r.text) && !source.IsBreak(r.text[at-1]) {
		l := r.survey(at, next) // the rest of a line
		at, next = l.after, l.next
	}
	for at < len(r.text) {
		l := r.survey(at, next)
		first := l.start + l.indent
		isComment := skipComments && first < len(r.text) && r.text[first] == '#'
		if !l.empty && !l.alone && !isComment {
			return l
		}
		at, next = l.after, l.next
	}
	return surveyed{start: len(r.text), end: len(r.text), after: len(r.text)}
}

// readBlockScalar reads a literal or folded scalar with all its lines when its
// header stands here.
func (r *reader) readBlockScalar() bool {
	digit, ok := r.header()
	if !ok {
		return false
	}
	header := r.survey(r.at, r.next)
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
	r.endScalar(s)
	return true
}

// endScalar makes a line of nothing but placeholders right behind a block
// scalar a comment: as blanks, when there are more of them than the scalar's
// column, it would be text of the scalar.
func (r *reader) endScalar(s scalar) {
	if r.at >= len(r.text) {
		return
	}
	if l := r.survey(r.at, r.next); l.alone && l.end-l.start > s.content && !r.bounds[r.next] {
		r.plan.cells[r.next].how = remark
		r.at, r.next = l.after, l.next
	}
}

// header reports the header of a block scalar, with its indentation indicator,
// 0 when it has none.
func (r *reader) header() (digit int, ok bool) {
	at := r.at
	if c := r.text[at]; c != '|' && c != '>' {
		return 0, false
	}
	for at++; at < len(r.text) && (isDigit(r.text[at]) || r.text[at] == '-' || r.text[at] == '+'); at++ {
		if isDigit(r.text[at]) {
			digit = int(r.text[at] - '0')
		}
	}
	spaced := r.isSpace(at)
	end, next := r.skip(at, r.next)
	isComment := spaced && end < len(r.text) && r.text[end] == '#'
	return digit, r.isSpace(end) || isComment || next > r.next && end >= len(r.text)
}

// scalar is a block scalar being read.
type scalar struct {
	parent  int  // column of the key or dash that owns it
	content int  // column of its text
	seen    bool // a line of it was read
}

// contentColumn returns the column of the text that follows: that of its first
// line, or two behind the owner where all lines are placeholders.
func (r *reader) contentColumn(parent int) int {
	hard := r.ahead(r.at, r.next, false)
	if hard.start < len(r.text) && hard.indent > parent {
		return hard.indent
	}
	for at, next := r.at, r.next; at < hard.start; {
		l := r.survey(at, next)
		if l.alone && l.indent > parent {
			return l.indent
		}
		at, next = l.after, l.next
	}
	return max(parent, 0) + 2
}

// readContent reads a line of the scalar, false where the scalar has ended.
func (r *reader) readContent(s *scalar) bool {
	l := r.survey(r.at, r.next)
	switch {
	case l.empty:
	case l.alone:
		if !r.belongs(s, l) {
			return false
		}
		r.contentAlone(s, l)
	case l.indent > s.parent:
		r.textUntil(l.end)
	case l.soft && r.continues(s, l):
		r.plan.cells[r.next].from = max(r.found[r.next].Start, l.start+s.content)
		r.textUntil(l.end)
	default:
		return false
	}
	s.seen = s.seen || !l.empty
	r.at, r.next = l.after, l.next
	return true
}

// belongs reports whether a line of placeholders is part of the scalar: it is
// indented so, or text of the scalar follows, or it says so itself (indent 4),
// or it is a value and the scalar would be empty without it.
func (r *reader) belongs(s *scalar, l surveyed) bool {
	if l.indent >= s.content {
		return true
	}
	p := r.found[r.next]
	if indentedTo(p.Name) > s.parent || !s.seen && p.Kind == Value {
		return true
	}
	hard := r.ahead(l.after, l.next, false)
	return hard.start < len(r.text) && hard.indent > s.parent && (s.seen || hard.indent >= s.content)
}

// continues reports whether a line that begins with a placeholder left of the
// content is part of the scalar: text of the scalar follows, and it is no key.
func (r *reader) continues(s *scalar, l surveyed) bool {
	end, _ := r.skip(l.start, r.next)
	if r.text[end] == ':' || s.parent < 0 {
		return false
	}
	hard := r.ahead(l.after, l.next, false)
	return hard.start < len(r.text) && hard.indent > s.parent && !opensMapping(bytes.TrimLeft(r.text[end:], " "))
}

// contentAlone masks a line of nothing but placeholders: values are words from
// the column of the content on, a line without one is a comment.
func (r *reader) contentAlone(s *scalar, l surveyed) {
	column := l.start + s.content
	some := false
	for i := r.next; i < l.next; i++ {
		if c := &r.plan.cells[i]; r.found[i].Kind == Value {
			c.how, c.from, some = word, max(r.found[i].Start, column), true
		}
	}
	if c := &r.plan.cells[r.next]; !some {
		c.how, c.from = remark, max(r.found[r.next].Start, column)
		if !s.seen {
			c.from = column // the first line decides about the column of all
		}
	}
}
