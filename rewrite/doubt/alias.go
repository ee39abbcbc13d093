package doubt

import "shellfree/rewrite/rule"

// Alias is the doubt "alias".
var Alias = Doubt{About[Case]{
	Name: "alias",
	Doc:  "the command is reached through an alias or a merge key, so its bytes stand elsewhere and other users share them. Settled by converting it by hand where it is defined.",
	Look: func(c Case) Raised {
		if c.Command.Indirect == nil || c.Migration {
			return Raised{}
		}
		return Refused(rule.Unlocatable, "the command is shared through an anchor: convert it by hand where it is defined")
	},
}, Sight}
