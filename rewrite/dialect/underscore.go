package dialect

import "strings"

// underscore is the __NAME__ of sed scripts (__PILLAR__DNS__SERVER__). Other name
// characters must not touch it: AIRFLOW__CORE__EXECUTOR is a variable's name.
var underscore = Dialect{
	Name:  "underscore",
	Doc:   "__NAME__ in capitals, filled by sed",
	forms: []form{{"__", matchUnderscore}},
}

func matchUnderscore(s *scanner, at int) (match, bool) {
	if isName(s.byteAt(at - 1)) {
		return match{}, false
	}
	end := at
	for c := s.byteAt(end); isUpper(c) || isDigit(c) || c == '_'; c = s.byteAt(end) {
		end++
	}
	text := s.internString(at, end)
	name := strings.Trim(text, "_")
	if name == "" || !strings.HasSuffix(text, "__") || isName(s.byteAt(end)) {
		return match{}, false
	}
	return match{start: at, end: end, name: name}, true
}
