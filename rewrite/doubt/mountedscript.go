package doubt

import (
	"path"
	"strings"

	"shellfree/rewrite/rule"
)

// MountedScript is the doubt "mounted-script".
var MountedScript = Doubt{About[Case]{
	Name: "mounted-script",
	Doc: "the program is a file of a ConfigMap that the container mounts, so it is a script, maybe without a #! line, and needs its shell. " +
		"Settled by starting the program that the script starts.",
	Look: func(c Case) Raised {
		program := c.Invocation.Words[0].String()
		for _, mount := range c.Command.ConfigMounts {
			if p := path.Clean(program); p == mount || strings.HasPrefix(p, strings.TrimSuffix(mount, "/")+"/") {
				return Refused(rule.ScriptFile, program+" is a file of a ConfigMap, mounted at "+mount+", and so a script that needs a shell in the image: start its program directly, or keep an image with a shell")
			}
		}
		return Raised{}
	},
}, Start}
