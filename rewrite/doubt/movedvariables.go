package doubt

// MovedVariables is the doubt "moved-variables".
var MovedVariables = Doubt{About[Case]{
	Name: "moved-variables",
	Doc:  "variables that the script set for its program move to the container's env, where probes, hooks and child processes find them too. Settled where those don't mind.",
	Look: func(c Case) Raised {
		if len(c.Fields.Env) == 0 {
			return Raised{}
		}
		moves := " moves to the container's env, where whatever else is started in the container finds it too"
		if len(c.Fields.Env) > 1 {
			moves = " move to the container's env, where whatever else is started in the container finds them too"
		}
		if len(c.Command.Execs) > 0 {
			moves += ": check the commands of " + listed(c.Command.Execs)
		}
		return Review(c.Fields.names() + moves)
	},
}, Fix}
