package dialect

import "strings"

// underscore is the __NAME__ of sed scripts (__PILLAR__DNS__SERVER__). The
// name stands free: AIRFLOW__CORE__EXECUTOR is a variable's name.
var underscore = Dialect{
	Name:  "underscore",
	Doc:   "__NAME__ in capitals, filled by sed",
	forms: []form{{"__", matchUnderscore}},
}

func matchUnderscore(s *scanner, at int) (match, bool) {
	if isName(s.at(at - 1)) {
		return match{}, false
	}
	end := at
	for c := s.at(end); isUpper(c) || isDigit(c) || c == '_'; c = s.at(end) {
		end++
	}
	text := s.string(at, end)
	name := strings.Trim(text, "_")
	if name == "" || !strings.HasSuffix(text, "__") || isName(s.at(end)) {
		return match{}, false
	}
	return match{start: at, end: end, name: name}, true
}
