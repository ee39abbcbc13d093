package doubt

// PatchArgs is the doubt "patch-args".
var PatchArgs = Doubt{About[Case]{
	Name: "patch-args",
	Doc:  "a patch, or the values of a chart, give command and no args. The shell ignored args that the container has elsewhere, the program would get them. Settled where the container has none.",
	Look: func(c Case) Raised {
		k := c.Command
		switch {
		case c.Migration || k.Args != nil || !k.InContainer():
			return Raised{}
		case k.Partial:
		case k.HasNoArgs:
			return Raised{}
		case k.Alone && k.Kind == "" && len(k.Reading().Mask.Placeholders) == 0:
			return Review("the values give command alone: check that the template adds no args, which the shell ignored and the program would get")
		case k.Image != "":
			return Raised{}
		default:
			return Review("the container has no image here, as in a patch: check that the one it is merged with has no args, which the shell ignored and the program would get")
		}
		return Review("the patch gives command alone: check that the container has no args, which the shell ignored and the program would get")
	},
}, Fix}
