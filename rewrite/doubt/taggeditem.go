package doubt

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/rule"
)

// TaggedItem is the doubt "tagged-item".
var TaggedItem = Doubt{About[Case]{
	Name: "tagged-item",
	Doc:  "an item of the command has its type written before it, such as !!binary, so its value is another text than the one that stands there. Settled by writing the item as a plain string.",
	Look: func(c Case) Raised {
		for _, item := range c.Command.Items {
			if item.Kind == yaml.ScalarNode && item.Style&yaml.TaggedStyle != 0 && item.Tag != yaml.NodeTagString {
				return Refused(rule.Unlocatable, "an item of the command has its type written before it, "+item.Tag+": write its text as a plain string")
			}
		}
		return Raised{}
	},
}, Sight}
