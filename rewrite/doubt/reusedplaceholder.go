package doubt

import (
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
)

// ReusedPlaceholder is the doubt "reused-placeholder".
var ReusedPlaceholder = Doubt{About[Case]{
	Name: "reused-placeholder",
	Doc:  "a placeholder that the fix wants filled as list items stands at other places of the file too, where list items are wrong, and its producer fills all of them. Settled by giving the one in the list a name of its own.",
	Look: func(c Case) Raised {
		var raised Raised
		for _, p := range c.Placeholders {
			n := c.Reused(p) + c.countInWords(p.Text)
			if n == 0 || p.Form == finding.Item {
				continue
			}
			raised.Reviews = append(raised.Reviews, finding.Review{Placeholder: p.Text, Sentence: p.Text + " stands at " + counted(n, "place") +
				" of the file too, where list items are wrong: give the one in the list a name of its own"})
		}
		return raised
	},
}, File}

// countInWords counts the words of the new array that a placeholder is a part of.
func (c Case) countInWords(placeholder string) int {
	n := 0
	for _, w := range c.Conversion.Argv {
		if !w.Several && inWords([]invocation.Word{w}, placeholder) {
			n++
		}
	}
	return n
}
