package dialect

import (
	"strings"

	"shellfree/rewrite/source"
)

// jinja is Jinja 2 as Ansible and Salt render it. It takes each {{ }} that
// nobody else knows: attributes, filters, calls, conditions.
var jinja = Dialect{
	Name: "jinja",
	Doc:  "{{ a.b }}, {{ x | filter }}, {% control %} and {# comment #} of Jinja",
	forms: []form{
		expression(func(inner string) (Kind, bool) { return Value, false }, true),
		{"{%", matchJinjaTag},
		{"{#", matchJinjaComment},
	},
}

// matchJinjaTag matches {% if x %}. A name of two letters must follow, so that
// the {%s} of a printf format is text.
func matchJinjaTag(s *scanner, at int) (match, bool) {
	from := at + 2
	if c := s.at(from); c == '-' || c == '+' {
		from++
	}
	for source.IsSpace(s.at(from)) && from < len(s.text) {
		from++
	}
	name := from
	for isName(s.at(name)) {
		name++
	}
	if name-from < 2 || !isLetter(s.at(from)) || strings.IndexByte(" \t\r\n-%(", s.at(name)) < 0 {
		return match{}, false
	}
	end := s.closer(name, "{%", "%}")
	if end < 0 {
		return match{}, false
	}
	m := match{start: at, end: end + 2, name: trimMarkers(s.string(from, end)), kind: Control}
	switch verb, _, _ := strings.Cut(m.name, " "); verb {
	case "comment":
		m.kind = Comment
		return s.through(m, "endcomment"), true
	case "capture":
		return s.through(m, "endcapture"), true
	}
	return m, true
}

// through extends a tag to the one that closes it. Jekyll's Liquid writes its
// tags like Jinja; what these two hold does not stand where it is written.
func (s *scanner) through(m match, verb string) match {
	name := s.index(verb, m.end)
	if name < 0 {
		return m
	}
	if end := s.index("%}", name); end >= 0 {
		m.end = end + 2
	}
	return m
}

// matchJinjaComment matches {# x #}, but not the ${#name} of a shell.
func matchJinjaComment(s *scanner, at int) (match, bool) {
	if s.at(at-1) == '$' {
		return match{}, false
	}
	return delimited("{#", "#}", Comment).match(s, at)
}
