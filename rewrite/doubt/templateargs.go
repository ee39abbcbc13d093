package doubt

import (
	"shellfree/rewrite/reading"
)

// TemplateArgs is the doubt "template-args".
var TemplateArgs = Doubt{About[Case]{
	Name: "template-args",
	Doc: "command holds the whole script, and the template may bring args beside it: a placeholder is their value, or stands among the container's fields. The shell ignored args behind its script, the program would get them. " +
		"Settled where the template brings none.",
	Look: func(c Case) Raised {
		if c.Migration || c.Command.Args != nil || !c.Command.InContainer() {
			return Raised{}
		}
		if text := c.Command.MayBringArgs(); text != "" {
			return Review("`" + reading.OneLine(text) + "` may bring args, which the shell ignored and the program would get: check that it brings none")
		}
		return Raised{}
	},
}, Fix}
