package doubt

import (
	"shellfree/rewrite/finding"
)

// ReusedPlaceholder is the doubt "reused-placeholder".
var ReusedPlaceholder = Doubt{About[Case]{
	Name: "reused-placeholder",
	Doc:  "a placeholder that the fix wants filled as list items stands at other places of the file too, where list items are wrong, and its producer fills all of them. Settled by giving the one in the list a name of its own.",
	Look: func(c Case) Raised {
		var raised Raised
		for _, p := range c.Placeholders {
			n := c.Reused(p)
			if n == 0 || p.Form == finding.Item {
				continue
			}
			raised.Reviews = append(raised.Reviews, finding.Review{Placeholder: p.Text, Sentence: p.Text + " stands at " + counted(n, "place") +
				" of the file too, where list items are wrong: give the one in the list a name of its own"})
		}
		return raised
	},
}, File}
