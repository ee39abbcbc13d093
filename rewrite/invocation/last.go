package invocation

// AnalyseLast reduces the last statement of a script to the program it starts,
// and returns the text before it, which some of its effects may depend on. It
// serves to compare, never to convert. It reports false where the script has
// one statement, or the last starts no single program.
func AnalyseLast(s Script) (inv Invocation, prelude string, ok bool) {
	a := newAnalysis(s)
	file, bad := a.parse()
	if bad != nil || len(file.Stmts) < 2 {
		return Invocation{}, "", false
	}
	last := file.Stmts[len(file.Stmts)-1]
	if bad := a.command(last, nil); bad != nil {
		return Invocation{}, "", false
	}
	return a.inv, a.unhide(a.parsed[:last.Pos().Offset()]), true
}
