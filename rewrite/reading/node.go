package reading

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// ValueOf returns the value of a mapping's own key, nil without it.
func ValueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// EachNode calls visit for n and all below it; aliases are not followed.
func EachNode(n *yaml.Node, visit func(*yaml.Node)) {
	visit(n)
	for _, child := range n.Content {
		EachNode(child, visit)
	}
}

// OneLine returns a text with each run of white space as one blank.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
