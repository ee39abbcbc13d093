package doubt

import (
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// HangingLine is the doubt "hanging-line".
var HangingLine = Doubt{About[Case]{
	Name: "hanging-line",
	Doc: "below the command stands a line of nothing but a placeholder, indented deeper than the list. It belongs to the script where its scalar is plain, and may as well belong to the mapping. " +
		"Settled by indenting it like the list, or by joining it to the script's last line.",
	Look: func(c Case) Raised {
		if c.Text.JSON || c.Migration {
			return Raised{}
		}
		line, found := c.Command.HangingLine()
		if !found {
			return Raised{}
		}
		return Refused(rule.Placeholder, "the line `"+reading.OneLine(line)+
			"` below the script may be part of it or not: indent it like the list, or join it to the script's last line")
	},
}, Sight}
