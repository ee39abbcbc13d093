package doubt

import (
	"path"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/reading"
)

// DirectoryConflict is the doubt "directory-conflict".
var DirectoryConflict = Doubt{About[Case]{
	Name: "directory-conflict",
	Doc: "the script changes its directory, and workingDir would hold for more than its program: the container has another workingDir, a probe or hook runs a command, or a wrapper is named relative to it. " +
		"Settled by setting workingDir by hand and checking those commands.",
	Look: func(c Case) Raised {
		if len(c.Fields.Dir.Parts) == 0 || c.KeepsDirectory() {
			return Raised{}
		}
		if why := c.directoryConflict(); why != "" {
			return Fields{Dir: c.Fields.Dir}.Refused(why)
		}
		return Raised{}
	},
}, Start}

// KeepsDirectory reports a container whose workingDir is the script's directory.
func (c Case) KeepsDirectory() bool {
	own := reading.ValueOf(c.Command.Mapping, "workingDir")
	return own != nil && own.Kind == yaml.ScalarNode && c.Command.Shown(own.Value) == c.Fields.Dir.String()
}

// directoryConflict says what else would start in another directory, "" for nothing.
func (c Case) directoryConflict() string {
	first := c.Command.Values()[0]
	switch {
	case reading.ValueOf(c.Command.Mapping, "workingDir") != nil:
		return "and the container has a workingDir: write the directory there"
	case len(c.Command.Execs) > 0:
		return "and workingDir would hold for " + listed(c.Command.Execs) + " as well: set it, and check those commands"
	case c.Command.Shell.Index > 0 && strings.Contains(first, "/") && !path.IsAbs(first):
		return "and " + first + " would be looked for from there on: name it by its whole path"
	}
	return ""
}
