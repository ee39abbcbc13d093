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

// expression returns the {{ }} form of a dialect. know says the kind of an
// inner text, false where its form is not the dialect's; others says whether
// the dialect takes {{ }} that nobody knows.
func expression(know func(inner string) (Kind, bool), others bool) form {
	return form{"{{", func(s *scanner, at int) (match, bool) {
		a := s.lex(at)
		if !a.ok {
			return match{}, false
		}
		kind, known := know(a.inner)
		m := match{start: a.start, end: a.end, name: a.inner, kind: kind, unclaimed: !known}
		return m, known || others
	}}
}

// lex reads the action that opens at an offset; the dialects that share {{ }}
// ask for the same one in turn.
func (s *scanner) lex(at int) action {
	if s.lexed != at {
		s.lexed, s.action = at, s.lexAction(at)
	}
	return s.action
}

func (s *scanner) lexAction(at int) action {
	if bytes.HasPrefix(s.text[at:], []byte("{{{")) {
		// {{{x}}} is one placeholder, {{{x}} is a brace before one.
		if end := s.closer(at+3, "{{", "}}}"); end >= 0 && end == s.closer(at+3, "{{", "}}") {
			return s.inner(at, at+3, end, 3)
		}
		return action{}
	}
	end := s.closer(at+2, "{{", "}}")
	if end < 0 {
		return action{}
	}
	return s.inner(at, at+2, end, 2)
}

func (s *scanner) inner(start, from, to, braces int) action {
	inner := trimMarkers(s.string(from, to))
	return action{start: start, end: to + braces, inner: inner, ok: inner != ""}
}

// trimMarkers cuts blanks and the marks that trim white space around a tag.
func trimMarkers(inner string) string {
	inner = strings.TrimSpace(inner)
	if len(inner) > 0 && strings.IndexByte("-+~=", inner[0]) >= 0 {
		inner = inner[1:]
	}
	inner = strings.TrimSuffix(strings.TrimSuffix(inner, "-"), "~")
	return strings.TrimSpace(inner)
}

// closer returns the offset of the delimiter that closes what opened before
// from. Delimiters in quotes don't count; where the quotes don't balance
// ({{ it's }}), the first delimiter does. It is -1 where another opener comes
// first: then what opened is text.
func (s *scanner) closer(from int, opener, delimiter string) int {
	first := s.index(delimiter, from)
	if first < 0 {
		return -1
	}
	if end := s.commentEnd(from, delimiter); end >= 0 {
		return end
	}
	for at := from; at < len(s.text); {
		switch {
		case s.has(at, delimiter):
			return at
		case s.has(at, opener):
			return -1
		case s.text[at] == '\\':
			at += 2
		case s.opensQuote(at):
			end := quoteEnd(s.text, at)
			if end < 0 {
				return s.unnested(from, first, opener)
			}
			at = end
		default:
			at++
		}
	}
	return s.unnested(from, first, opener)
}

// unnested returns the delimiter at first, -1 where another opens before it.
func (s *scanner) unnested(from, first int, opener string) int {
	if bytes.Contains(s.text[from:first], []byte(opener)) {
		return -1
	}
	return first
}

// commentEnd returns where {{/* … */}} closes, -1 where it is none. A comment
// ends at the first */, whatever it quotes (text/template, lexComment).
func (s *scanner) commentEnd(from int, delimiter string) int {
	head := bytes.TrimLeft(s.text[from:min(from+8, len(s.text))], "- \t\n")
	if !bytes.HasPrefix(head, []byte("/*")) {
		return -1
	}
	end := s.index("*/", from)
	if end < 0 {
		return -1
	}
	return s.index(delimiter, end)
}

// opensQuote reports a quote that isn't an apostrophe.
func (s *scanner) opensQuote(at int) bool {
	switch s.text[at] {
	case '"', '`':
		return true
	case '\'':
		return !isAlnum(s.at(at - 1))
	}
	return false
}

// quoteEnd returns the offset after the closing quote, -1 where there is none.
// Only raw strings (`) go over line ends.
func quoteEnd(text []byte, at int) int {
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
