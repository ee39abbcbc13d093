package dialect

import "shellfree/rewrite/source"

// hash is the ##name## of sed scripts. YAML reads it as a comment unless it is
// masked; where it begins its line it is one.
var hash = Dialect{
	Name:  "hash",
	Doc:   "##name##, filled by sed",
	forms: []form{{"##", matchHash}},
}

func matchHash(s *scanner, at int) (match, bool) {
	end := at + 2
	for isName(s.at(end)) {
		end++
	}
	closed := end > at+2 && s.at(end) == '#' && s.at(end+1) == '#' && s.at(end+2) != '#'
	if !closed || s.at(at-1) == '#' || s.beginsLine(at) {
		return match{}, false
	}
	return match{start: at, end: end + 2, name: s.string(at+2, end)}, true
}

// beginsLine reports an offset with nothing but blanks before it on its line.
func (s *scanner) beginsLine(at int) bool {
	for at > 0 && source.IsBlank(s.text[at-1]) {
		at--
	}
	return source.IsBreak(s.at(at - 1))
}
