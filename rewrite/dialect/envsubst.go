package dialect

// envsubst is GNU gettext's envsubst: $NAME and ${NAME}, nothing else (its
// manual, "Shell-Format"). Shell scripts are full of both, so the user must ask for
// it.
var envsubst = Dialect{
	Name:      "envsubst",
	Doc:       "$NAME and ${NAME} of envsubst, on request",
	OnRequest: true,
	forms:     []form{{"${", matchBraced}, {"$", matchDollar}},
}

func matchBraced(s *scanner, at int) (match, bool) {
	end := s.nameEnd(at + 2)
	if end == at+2 || s.byteAt(end) != '}' {
		return match{}, false
	}
	return match{start: at, end: end + 1, name: string(s.text[at+2 : end])}, true
}

func matchDollar(s *scanner, at int) (match, bool) {
	end := s.nameEnd(at + 1)
	if end == at+1 {
		return match{}, false
	}
	return match{start: at, end: end, name: string(s.text[at+1 : end])}, true
}

// nameEnd returns the end of the variable's name that begins at an offset.
func (s *scanner) nameEnd(at int) int {
	if isDigit(s.byteAt(at)) {
		return at
	}
	for isName(s.byteAt(at)) {
		at++
	}
	return at
}
