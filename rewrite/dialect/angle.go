package dialect

// angle is the <name> of aks-engine. It parses as it stands, so it is listed
// but never masked; in a script it redirects.
var angle = Dialect{
	Name:           "angle",
	Doc:            "<name>, outside of scripts only",
	OutsideScripts: true,
	forms:          []form{{"<", matchAngle}},
}

func matchAngle(s *scanner, at int) (match, bool) {
	end := at + 1
	for c := s.at(end); isName(c) || c == '.' || c == '-'; c = s.at(end) {
		end++
	}
	if !isLetter(s.at(at+1)) || s.at(end) != '>' {
		return match{}, false
	}
	return match{start: at, end: end + 1, name: s.string(at+1, end)}, true
}
