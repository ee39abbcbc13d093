package dialect

import "bytes"

// openshift is the ${{NAME}} of OpenShift templates: a parameter that is put in
// without quotes. ${NAME}, their other form, is text unless envsubst is asked for.
var openshift = Dialect{
	Name:  "openshift",
	Doc:   "${{NAME}} of OpenShift templates",
	forms: []form{{"${{", matchOpenShift}},
}

func matchOpenShift(s *scanner, at int) (match, bool) {
	if bytes.HasPrefix(s.text[at+3:], []byte("{")) {
		return match{}, false
	}
	a := s.readAction(at + 1)
	if !a.ok || !isIdentifier(a.inner) || isLoneKeyword(a.inner) {
		return match{}, false
	}
	return match{start: at, end: a.end, name: a.inner}, true
}
