package doubt

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
)

// VariableConflict is the doubt "variable-conflict".
var VariableConflict = Doubt{About[Case]{
	Name: "variable-conflict",
	Doc: "the script sets a variable that the container refers to elsewhere, or a template names variables of env: declaring it changes what those references mean. " +
		"Settled by declaring it in env by hand.",
	Look: func(c Case) Raised {
		for _, a := range c.Fields.Env {
			if why := c.variableConflict(a.Name); why != "" {
				return Fields{Env: []invocation.Assignment{a}}.Refused(why)
			}
		}
		return Raised{}
	},
}, Start}

// variableConflict says what in the container stands against a new variable, ""
// for nothing. A reference means something else once the variable is declared,
// wherever it stands: command and args, other values of env, probes, subPathExpr.
func (c Case) variableConflict(name string) string {
	for _, v := range c.Command.Env.Variables {
		if c.Command.Templated(v.Name) {
			return "and the template names a variable of env itself, " + c.Command.Shown(v.Name) + ": declare it there by hand"
		}
	}
	if text, found := mentionOf(c.Command.Mapping, name); found {
		return "which the container refers to in `" + reading.OneLine(c.Command.Shown(text)) + "`: declare it in env and check what that means then"
	}
	return ""
}

// mentionOf returns a scalar below a node that mentions a variable. It looks at
// each node once: an alias may stand inside of its own anchor.
func mentionOf(n *yaml.Node, name string) (string, bool) {
	seen := map[*yaml.Node]bool{}
	var look func(n *yaml.Node) (string, bool)
	look = func(n *yaml.Node) (string, bool) {
		if n == nil || seen[n] {
			return "", false
		}
		seen[n] = true
		if n.Kind == yaml.ScalarNode && expansion.Mentions(n.Value, name) {
			return n.Value, true
		}
		for _, child := range n.Content {
			if text, found := look(child); found {
				return text, true
			}
		}
		return look(n.Alias)
	}
	return look(n)
}
