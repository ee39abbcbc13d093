package dialect

import (
	"slices"
	"strings"
)

// quotingFunctions are the functions of Sprig, Helm, Ansible and Jinja that print
// their value in quotes. Those for JSON put each string of the value in quotes.
var quotingFunctions = []string{"quote", "squote", "toJson", "mustToJson", "toRawJson", "mustToRawJson", "to_json", "to_nice_json", "tojson"}

// Quotes reports whether the placeholder calls a function that puts quotes around
// its value: {{ .x | quote }}, {{ quote .x }}.
func (p Placeholder) Quotes() bool {
	last := p.Name
	if i := strings.LastIndexByte(last, '|'); i >= 0 {
		last = last[i+1:]
	}
	function := strings.FieldsFunc(last, func(r rune) bool { return r == ' ' || r == '(' })
	return len(function) > 0 && (len(function) > 1 || last != p.Name) && slices.Contains(quotingFunctions, function[0])
}
