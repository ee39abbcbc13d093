package doubt

// ShellWrapper is the doubt "shell-wrapper".
var ShellWrapper = Doubt{About[Case]{
	Name: "shell-wrapper",
	Doc:  "another program starts the shell (tini, timeout, dumb-init) and stays in front of the new array. A distroless image may lack it. Settled where the image has it.",
	Look: func(c Case) Raised {
		if len(c.Invocation.Wrapper) == 0 {
			return Raised{}
		}
		return Review(c.Invocation.Wrapper[0].String() + " starts the shell: check that the image has it without the shell")
	},
}, Fix}
