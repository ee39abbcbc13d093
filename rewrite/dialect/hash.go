package dialect

import "shellfree/rewrite/source"

// hash is the ##name## of sed scripts. To YAML it is a comment, so it is masked,
// but for one that begins its line: that is taken for a comment.
var hash = Dialect{
	Name:  "hash",
	Doc:   "##name##, filled by sed",
	forms: []form{{"##", matchHash}},
}

func matchHash(s *scanner, at int) (match, bool) {
	end := at + 2
	for isName(s.byteAt(end)) {
		end++
	}
	closed := end > at+2 && s.byteAt(end) == '#' && s.byteAt(end+1) == '#' && s.byteAt(end+2) != '#'
	if !closed || s.byteAt(at-1) == '#' || s.beginsLine(at) {
		return match{}, false
	}
	return match{start: at, end: end + 2, name: s.internString(at+2, end)}, true
}

// beginsLine reports whether only blanks stand before an offset on its line.
func (s *scanner) beginsLine(at int) bool {
	for at > 0 && source.IsBlank(s.text[at-1]) {
		at--
	}
	return source.IsBreak(s.byteAt(at - 1))
}
