package dialect

import (
	"slices"
	"strings"
)

// quoting are the functions of Sprig, Helm, Ansible and Jinja that print their
// value in quotes, those of JSON for each string in it.
var quoting = []string{"quote", "squote", "toJson", "mustToJson", "toRawJson", "mustToRawJson", "to_json", "to_nice_json", "tojson"}

// Quotes reports whether the placeholder's text says that the value which it is
// filled with has quotes around it: {{ .x | quote }}, {{ quote .x }}.
func (p Placeholder) Quotes() bool {
	last := p.Name
	if i := strings.LastIndexByte(last, '|'); i >= 0 {
		last = last[i+1:]
	}
	function := strings.FieldsFunc(last, func(r rune) bool { return r == ' ' || r == '(' })
	return len(function) > 0 && (len(function) > 1 || last != p.Name) && slices.Contains(quoting, function[0])
}
