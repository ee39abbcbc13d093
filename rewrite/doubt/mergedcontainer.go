package doubt

// MergedContainer is the doubt "merged-container".
var MergedContainer = Doubt{About[Case]{
	Name: "merged-container",
	Doc:  "env or workingDir is written into a container without an image. That may be a patch, and what it is merged with may have commands and fields of its own. Settled by a look at those.",
	Look: func(c Case) Raised {
		if !c.Fields.Any() || c.Command.Image != "" {
			return Raised{}
		}
		return Review("the container has no image here: where this is a patch, check the env, workingDir, probes and hooks of what it is merged with")
	},
}, Fix}
