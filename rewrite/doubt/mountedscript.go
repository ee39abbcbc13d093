package doubt

import (
	"cmp"
	"path"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// MountedScript is the doubt "mounted-script".
var MountedScript = Doubt{About[Case]{
	Name: "mounted-script",
	Doc: "the program is a file of a ConfigMap that the container mounts, so it is a script, maybe without a #! line, and needs its shell. " +
		"Settled by starting the program that the script starts.",
	Look: func(c Case) Raised {
		for _, program := range c.programs() {
			if mount := c.Command.ConfigMount(c.absolute(program)); mount != "" {
				return Refused(rule.ScriptFile, program+" is a file of a ConfigMap, mounted at "+mount+", and so a script that needs a shell in the image: start its program directly, or keep an image with a shell")
			}
		}
		return Raised{}
	},
}, Start}

// programs returns the program and, where it is a wrapper such as tini, those that it
// starts.
func (c Case) programs() []string {
	words := make([]string, len(c.Invocation.Words))
	for i, w := range c.Invocation.Words {
		words[i] = w.String()
	}
	programs := words[:1:1]
	for at := invocation.Wrapped(words); at > 0 && at < len(words); at = invocation.Wrapped(words) {
		words = words[at:]
		programs = append(programs, words[0])
	}
	return programs
}

// absolute returns the path of a program that is named relative to the directory in
// which it starts.
func (c Case) absolute(program string) string {
	if path.Base(program) == program || path.IsAbs(program) {
		return path.Clean(program)
	}
	return path.Join(cmp.Or(c.Fields.Dir.String(), c.Command.Directory()), program)
}
