package doubt

import (
	"slices"

	"shellfree/rewrite/invocation"
)

// Filling is the doubt "filling".
var Filling = Doubt{About[Case]{
	Name: "filling",
	Doc:  "a placeholder stands in a word. The shell split its value and read quotes, dollars and backslashes in it; an item of the array keeps them. Settled by a look at the script or values that fill it.",
	Look: filling,
}, Fix}

// filling raises the remarks on placeholders, but for those that fall away.
func filling(c Case) Raised {
	all := remarked(invocation.Filling)(c)
	kept := all.Reviews[:0]
	for _, r := range all.Reviews {
		if !slices.Contains(c.Dropped, r.Placeholder) || inWords(c.Conversion.Argv, r.Placeholder) {
			kept = append(kept, r)
		}
	}
	all.Reviews = kept
	return all
}

// inWords reports whether a placeholder stands in some words.
func inWords(words []invocation.Word, placeholder string) bool {
	return slices.ContainsFunc(words, func(w invocation.Word) bool {
		return slices.ContainsFunc(w.Parts, func(p invocation.Part) bool {
			return p.Kind == invocation.Placeholder && p.Text == placeholder
		})
	})
}
