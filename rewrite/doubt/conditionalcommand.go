package doubt

import (
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// ConditionalCommand is the doubt "conditional-command".
var ConditionalCommand = Doubt{About[Case]{
	Name: "conditional-command",
	Doc: "command and args stand under different conditions of the template. Where one of them is left out, the other means something else: args alone go to the image's entrypoint. " +
		"Settled by putting both into the same branch.",
	Look: func(c Case) Raised {
		lists := c.Command.Lists()
		if len(lists) < 2 {
			return Raised{}
		}
		command, _ := c.Command.Document.Spans.Of(lists[0])
		args, _ := c.Command.Document.Spans.Of(lists[1])
		mask := c.Command.Reading().Mask
		for _, at := range [][2]int{{command.Start, args.Start}, {args.Start, command.Start}} {
			if opener, found := mask.ConditionOf(at[0], at[1]); found {
				return Refused(rule.TemplateControl, "the template's `"+reading.OneLine(opener)+"` holds one of command and args and not the other: put both into the same branch")
			}
		}
		return Raised{}
	},
}, Reference}
