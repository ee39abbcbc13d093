package dialect

// angle is the <name> of aks-engine. YAML and JSON parse with it, so it is listed
// but never masked. In a script < and > redirect.
var angle = Dialect{
	Name:           "angle",
	Doc:            "<name>, outside of scripts only",
	OutsideScripts: true,
	forms:          []form{{"<", matchAngle}},
}

func matchAngle(s *scanner, at int) (match, bool) {
	end := at + 1
	for c := s.byteAt(end); isName(c) || c == '.' || c == '-'; c = s.byteAt(end) {
		end++
	}
	if !isLetter(s.byteAt(at+1)) || s.byteAt(end) != '>' {
		return match{}, false
	}
	return match{start: at, end: end + 1, name: s.internString(at+1, end)}, true
}
