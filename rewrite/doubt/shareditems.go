package doubt

import "shellfree/rewrite/rule"

// SharedItems is the doubt "shared-items".
var SharedItems = Doubt{About[Case]{
	Name: "shared-items",
	Doc:  "branches of the template share some of the command's items, so an edit for one branch changes the others. Settled by writing the whole command in each branch.",
	Look: func(c Case) Raised {
		if !c.Command.SharesItems || c.Migration {
			return Raised{}
		}
		return Refused(rule.TemplateControl, "the branches of the template share some of the command's items: convert each branch by hand")
	},
}, Sight}
