package doubt

// PatchArgs is the doubt "patch-args".
var PatchArgs = Doubt{About[Case]{
	Name: "patch-args",
	Doc:  "a patch gives command and no args. The shell ignored args that the container has elsewhere, the program would get them. Settled where the patched container has none.",
	Look: func(c Case) Raised {
		if !c.Command.Partial || c.Migration {
			return Raised{}
		}
		return Review("the patch gives command alone: check that the container has no args, which the shell ignored and the program would get")
	},
}, Fix}
