package doubt

// PartOfContainer is the doubt "part-of-container".
var PartOfContainer = Doubt{About[Case]{
	Name: "part-of-container",
	Doc:  "the script sets variables or a directory, and stands in a JSON patch that gives a part of the container only, so there is no env or workingDir to write to. Settled by a patch of its own for that field.",
	Look: func(c Case) Raised {
		if _, found := c.Command.Document.Spans.Of(c.Command.Mapping); found || !c.Fields.Any() {
			return Raised{}
		}
		return c.Fields.Refused("and the patch gives a part of the container only: set that in a patch of its own")
	},
}, Start}
