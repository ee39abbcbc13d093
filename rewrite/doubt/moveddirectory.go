package doubt

// MovedDirectory is the doubt "moved-directory".
var MovedDirectory = Doubt{About[Case]{
	Name: "moved-directory",
	Doc:  "cd becomes workingDir. The runtime makes a directory that is missing, where cd failed. Settled where the image has the directory.",
	Look: func(c Case) Raised {
		if len(c.Fields.Dir.Parts) == 0 {
			return Raised{}
		}
		failed := "where cd failed and the script went on in the image's own directory"
		if c.Invocation.DirRequired {
			failed = "where cd failed and the script ended"
		}
		return Review("cd becomes workingDir " + c.Fields.Dir.String() + ": the runtime makes it when it is missing, " + failed + ": check that the image or a volume has it")
	},
}, Fix}
