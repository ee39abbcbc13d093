package dialect

import (
	"bytes"
	"strings"
)

// action is a {{ }} or {{{ }}}.
type action struct {
	start, end int
	inner      string // between the braces and the trim markers
	ok         bool
}

// expressionForm returns the {{ }} form of a dialect. know returns the kind of an
// inner text, and false where the text is not written in the dialect. others is set
// where the dialect takes a {{ }} that no dialect knows.
func expressionForm(know func(inner string) (Kind, bool), others bool) form {
	return form{"{{", func(s *scanner, at int) (match, bool) {
		a := s.actionAt(at)
		if !a.ok {
			return match{}, false
		}
		kind, known := know(a.inner)
		m := match{start: a.start, end: a.end, name: a.inner, kind: kind, unclaimed: !known}
		return m, known || others
	}}
}

// actionAt returns the action that opens at an offset. It remembers the last one,
// since all dialects with {{ }} ask for the same action in turn.
func (s *scanner) actionAt(at int) action {
	if s.lexed != at {
		s.lexed, s.action = at, s.readAction(at)
	}
	return s.action
}

func (s *scanner) readAction(at int) action {
	if bytes.HasPrefix(s.text[at:], []byte("{{{")) {
		// {{{x}}} is one placeholder, {{{x}} is a brace before one.
		if end := s.closerOffset(at+3, "{{", "}}}"); end >= 0 && end == s.closerOffset(at+3, "{{", "}}") {
			return s.newAction(at, at+3, end, 3)
		}
		return action{}
	}
	end := s.closerOffset(at+2, "{{", "}}")
	if end < 0 {
		return action{}
	}
	return s.newAction(at, at+2, end, 2)
}

func (s *scanner) newAction(start, from, to, braces int) action {
	inner := trimMarkers(s.internString(from, to))
	return action{start: start, end: to + braces, inner: inner, ok: inner != ""}
}

// trimMarkers cuts white space off both ends, and the marks (-, +, ~, =) by which
// a tag trims the white space around it.
func trimMarkers(inner string) string {
	inner = strings.TrimSpace(inner)
	if len(inner) > 0 && strings.IndexByte("-+~=", inner[0]) >= 0 {
		inner = inner[1:]
	}
	inner = strings.TrimSuffix(strings.TrimSuffix(inner, "-"), "~")
	return strings.TrimSpace(inner)
}

// closerOffset returns the offset of the delimiter that closes the tag whose
// content begins at from. Delimiters in quotes don't count, unless the quotes don't
// balance ({{ it's }}): then the first delimiter counts. It is -1 where another
// opener comes first: then there is no tag, but text.
func (s *scanner) closerOffset(from int, opener, delimiter string) int {
	first := s.closerIndex(delimiter, from)
	if first < 0 {
		return -1
	}
	if end := s.commentEnd(from, delimiter); end >= 0 {
		return end
	}
	for at := from; at < len(s.text); {
		switch {
		case s.hasAt(at, delimiter):
			return at
		case s.hasAt(at, opener):
			return -1
		case s.text[at] == '\\':
			at += 2
		case s.isOpeningQuote(at):
			end := templateQuoteEnd(s.text, at)
			if end < 0 {
				return s.firstCloser(from, first, opener)
			}
			at = end
		default:
			at++
		}
	}
	return s.firstCloser(from, first, opener)
}

// firstCloser returns first, the offset of a delimiter, -1 where an opener stands
// between from and it.
func (s *scanner) firstCloser(from, first int, opener string) int {
	if bytes.Contains(s.text[from:first], []byte(opener)) {
		return -1
	}
	return first
}

// commentEnd returns the offset of the delimiter that closes {{/* … */}}, -1 where
// there is no such comment. A comment ends at the first */, in quotes or not
// (text/template, lexComment).
func (s *scanner) commentEnd(from int, delimiter string) int {
	head := bytes.TrimLeft(s.text[from:min(from+8, len(s.text))], "- \t\n")
	if !bytes.HasPrefix(head, []byte("/*")) {
		return -1
	}
	end := s.closerIndex("*/", from)
	if end < 0 {
		return -1
	}
	return s.closerIndex(delimiter, end)
}

// isOpeningQuote reports a quote that opens a string: no apostrophe within a word.
func (s *scanner) isOpeningQuote(at int) bool {
	switch s.text[at] {
	case '"', '`':
		return true
	case '\'':
		return !isAlnum(s.byteAt(at - 1))
	}
	return false
}

// templateQuoteEnd returns the offset behind the string of a template language that
// opens at an offset, -1 where its closing quote is missing. Only raw strings (`) go
// over line ends.
func templateQuoteEnd(text []byte, at int) int {
	quote := text[at]
	for i := at + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return i + 1
		case quote == '`':
		case c == '\\':
			i++
		case c == '\n':
			return -1
		}
	}
	return -1
}
