package dialect

import (
	"strings"

	"shellfree/rewrite/source"
)

// jinja is Jinja 2 as Ansible and Salt render it. It takes each {{ }} that no other
// dialect knows: attributes, filters, calls, conditions.
var jinja = Dialect{
	Name: "jinja",
	Doc:  "{{ a.b }}, {{ x | filter }}, {% control %} and {# comment #} of Jinja",
	forms: []form{
		expressionForm(func(inner string) (Kind, bool) { return Value, false }, true),
		{"{%", matchJinjaTag},
		{"{#", matchJinjaComment},
	},
	blockVerbs: []string{"if", "for", "macro", "block", "filter", "call", "raw", "unless", "case"},
}

// matchJinjaTag matches {% if x %}. A name of two letters must follow, so that
// the {%s} of a printf format is text.
func matchJinjaTag(s *scanner, at int) (match, bool) {
	from := at + 2
	if c := s.byteAt(from); c == '-' || c == '+' {
		from++
	}
	for source.IsSpace(s.byteAt(from)) && from < len(s.text) {
		from++
	}
	name := from
	for isName(s.byteAt(name)) {
		name++
	}
	if name-from < 2 || !isLetter(s.byteAt(from)) || strings.IndexByte(" \t\r\n-%(", s.byteAt(name)) < 0 {
		return match{}, false
	}
	end := s.closerOffset(name, "{%", "%}")
	if end < 0 {
		return match{}, false
	}
	m := match{start: at, end: end + 2, name: trimMarkers(s.internString(from, end)), kind: Control}
	switch verb, _, _ := strings.Cut(m.name, " "); verb {
	case "comment":
		m.kind = Comment
		return s.extendTag(m, "endcomment"), true
	case "capture":
		return s.extendTag(m, "endcapture"), true
	}
	return m, true
}

// extendTag extends a tag to the end of the one that closes it. Liquid, as Jekyll
// uses it, writes its tags like Jinja. The text inside of its comment is dropped and
// that inside of its capture printed elsewhere.
func (s *scanner) extendTag(m match, verb string) match {
	name := s.closerIndex(verb, m.end)
	if name < 0 {
		return m
	}
	if end := s.closerIndex("%}", name); end >= 0 {
		m.end = end + 2
	}
	return m
}

// matchJinjaComment matches {# x #}, but not the ${#name} of a shell.
func matchJinjaComment(s *scanner, at int) (match, bool) {
	if s.byteAt(at-1) == '$' {
		return match{}, false
	}
	return delimitedForm("{#", "#}", Comment).match(s, at)
}
