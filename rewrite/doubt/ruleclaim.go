package doubt

// RuleClaim is the doubt "rule-claim".
var RuleClaim = Doubt{About[Case]{
	Name: "rule-claim",
	Doc:  "the rule of the fix does not claim that its fixes need no person. Settled by a comparison of what starts before and after.",
	Look: func(c Case) Raised {
		if c.Rule.ClaimsSafe() {
			return Raised{}
		}
		return Review("fixes of " + c.Rule.Code + " " + c.Rule.Name + " make no claim: compare what starts before and after")
	},
}, Fix}
