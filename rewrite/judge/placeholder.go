package judge

import (
	"slices"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/producer"
	"shellfree/rewrite/reading"
)

// placeholders returns those of the new array that are whole words, each once:
// what fills them must print something else from now on. A word that stood
// before the shell is filled as it was.
func (j Judge) placeholders(c *reading.Command, argv []invocation.Word) []finding.Placeholder {
	names := c.ScriptPlaceholders()
	var all []finding.Placeholder
	for _, w := range argv {
		if !lone(w) {
			continue
		}
		for _, p := range w.Parts {
			name, inScript := names[p.Text]
			known := slices.ContainsFunc(all, func(q finding.Placeholder) bool { return q.Text == p.Text })
			if p.Kind == invocation.Placeholder && inScript && !known {
				all = append(all, finding.Placeholder{Placeholder: producer.Placeholder{Text: p.Text, Name: name}, Form: j.form(w)})
			}
		}
	}
	return all
}

// lone reports a word of nothing but unquoted placeholders and variables: the
// shell split it and undid its quotes.
func lone(w invocation.Word) bool {
	return w.Several || len(w.Parts) > 0 && !slices.ContainsFunc(w.Parts, func(p invocation.Part) bool {
		return p.Kind == invocation.Literal || p.Quoted
	})
}

// form returns how the fix writes a word of placeholders.
func (j Judge) form(w invocation.Word) finding.Form {
	switch {
	case !w.Several:
		return finding.Item
	case j.Upstream:
		return finding.Upstream
	}
	return finding.Glued
}
