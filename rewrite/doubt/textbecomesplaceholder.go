package doubt

import (
	"slices"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// TextBecomesPlaceholder is the doubt "text-becomes-placeholder".
var TextBecomesPlaceholder = Doubt{About[Case]{
	Name: "text-becomes-placeholder",
	Doc:  "quotes of the script kept two pieces of text apart that together look like a placeholder, and the array would join them. Settled by writing the text so that the template prints it.",
	Look: func(c Case) Raised {
		if c.Migration {
			return Raised{}
		}
		for _, w := range c.Conversion.Argv {
			if text := c.newPlaceholder(w); text != "" {
				return Refused(rule.Placeholder, "`"+text+"` is text of the script and would be read as a placeholder: write it so that the template prints it")
			}
		}
		return Raised{}
	},
}, Fix}

// newPlaceholder returns text of an item that the template language would take for
// a placeholder, "" for none.
func (c Case) newPlaceholder(w invocation.Word) string {
	own := 0
	for _, p := range w.Parts {
		if p.Kind == invocation.Placeholder {
			own++
		}
	}
	found := c.Text.Placeholders([]byte(edit.Value(w, c.Command.Place == expansion.Hook)))
	found = slices.DeleteFunc(found, func(p dialect.Placeholder) bool { return p.OutsideScripts })
	if len(found) > own {
		return found[0].Text
	}
	return ""
}
