package doubt

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/rule"
)

// Alias is the doubt "alias".
var Alias = Doubt{About[Case]{
	Name: "alias",
	Doc:  "the command is reached through an alias or a merge key, so its bytes stand elsewhere and other users share them. Settled by converting it by hand where it is defined.",
	Look: func(c Case) Raised {
		if c.Command.Indirect == nil {
			return Raised{}
		}
		return Refused(rule.Unlocatable, "the command comes from "+aliasText(c.Command.Indirect)+": convert it by hand where it is defined")
	},
}, Sight}

// aliasText returns an alias as it is written, or a list of them.
func aliasText(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode {
		return "the alias *" + n.Value
	}
	var names []string
	for _, item := range n.Content {
		names = append(names, "*"+item.Value)
	}
	return "the merged " + listed(names)
}
