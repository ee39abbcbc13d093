package doubt

import "shellfree/rewrite/rule"

// Anchor is the doubt "anchor".
var Anchor = Doubt{About[Case]{
	Name: "anchor",
	Doc: "the command stands in a container, probe, list or other node with an anchor that aliases or merge keys refer to. An edit would change them too, and theirs may be another image, env or args. " +
		"Settled by converting it by hand for all of its users, or by writing the command out where it is used.",
	Look: func(c Case) Raised {
		var raised Raised
		for _, list := range c.Command.Lists() {
			switch anchor := c.Command.AnchorOf(list); {
			case anchor.Used:
				return Refused(rule.Unlocatable, "the command is shared through the anchor &"+anchor.Name+
					", and an edit would change what its other users start: convert it by hand for all of them")
			case anchor.Name != "":
				raised = Cleared("no alias refers to &" + anchor.Name)
			}
		}
		return raised
	},
}, Reference}
