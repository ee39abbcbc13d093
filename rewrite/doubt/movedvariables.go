package doubt

// MovedVariables is the doubt "moved-variables".
var MovedVariables = Doubt{About[Case]{
	Name: "moved-variables",
	Doc:  "variables that the script set for its program move to the container's env, where probes, hooks and kubectl exec find them too. Settled where those don't mind.",
	Look: func(c Case) Raised {
		if len(c.Fields.Env) == 0 {
			return Raised{}
		}
		found := c.Fields.names() + " moves to the container's env, where everything else that starts in the container finds it too: check "
		if len(c.Fields.Env) > 1 {
			found = c.Fields.names() + " move to the container's env, where everything else that starts in the container finds them too: check "
		}
		if len(c.Command.Execs) > 0 {
			return Review(found + "the commands of " + listed(c.Command.Execs))
		}
		return Review(found + "what kubectl exec starts there")
	},
}, Fix}
