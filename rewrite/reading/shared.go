package reading

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// SharedBy returns the anchor of the node, or of the innermost node around it, that
// an alias of the document refers to; used is false where only an anchor without
// alias stands there, and the name is "" where there is no anchor.
func (c *Command) SharedBy(n *yaml.Node) (anchor string, used bool) {
	aliased := map[*yaml.Node]bool{}
	anchors := false
	EachNode(c.Document.Root, func(n *yaml.Node) {
		anchors = anchors || n.Anchor != ""
		if n.Kind == yaml.AliasNode {
			aliased[n.Alias] = true
		}
	})
	if !anchors {
		return "", false
	}
	for _, around := range pathTo(c.Document.Root, n) {
		if around.Anchor != "" {
			anchor = around.Anchor
			if aliased[around] {
				return anchor, true
			}
		}
	}
	return anchor, false
}

// pathTo returns a node and those around it, the innermost first, nil where the node
// does not stand below the root.
func pathTo(root, n *yaml.Node) []*yaml.Node {
	if root == n {
		return []*yaml.Node{root}
	}
	for _, child := range root.Content {
		if path := pathTo(child, n); path != nil {
			return append(path, root)
		}
	}
	return nil
}
