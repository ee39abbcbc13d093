package doubt

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/reading"
)

// PatchArgs is the doubt "patch-args".
var PatchArgs = Doubt{About[Case]{
	Name: "patch-args",
	Doc:  "a patch, or the values of a chart, give command and no args. The shell ignored args that the container has elsewhere, the program would get them. Settled where the container has none, or by args: [] beside the command.",
	Look: func(c Case) Raised {
		where := c.otherArgs()
		switch {
		case where == "":
			return Raised{}
		case c.emptyArgs():
			return Cleared("args is empty here")
		}
		return Review(where + ", which the shell ignored and the program would get")
	},
}, Fix}

// otherArgs says where args of the container may stand that are not shown here, "" for
// nowhere.
func (c Case) otherArgs() string {
	k := c.Command
	switch {
	case c.Migration || k.Args != nil || !k.InContainer() || k.HasNoArgs:
		return ""
	case k.Partial:
		return "the patch gives command alone: check that the container has no args"
	case k.Alone && c.inValues():
		return "the values give command alone: check that the template adds no args"
	case k.Image == "":
		return "the container has no image here, as in a patch: check that the one it is merged with has no args"
	}
	return ""
}

// inValues reports a container among the values of a chart: in a file of them, or in
// an object that holds some.
func (c Case) inValues() bool {
	switch c.Command.Kind {
	case "":
		return len(c.Command.Reading().Mask.Placeholders) == 0
	case "HelmRelease", "Application", "ApplicationSet":
		return true
	}
	return false
}

// emptyArgs reports a container whose args are given, and none.
func (c Case) emptyArgs() bool {
	own := reading.ValueOf(c.Command.Mapping, "args")
	return own != nil && (own.Kind == yaml.SequenceNode || own.Tag == yaml.NodeTagNull && own.Value != "") && c.Command.MayBringArgs() == ""
}
