package reading

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
)

// Anchor is the anchor of a node, or of one around it.
type Anchor struct {
	Name string // "" for none
	// Used is set where an alias of the document refers to it.
	Used bool
}

// AnchorOf returns the innermost anchor around a sequence of the command's document
// that aliases refer to, or one that none refers to where there is no such.
func (c *Command) AnchorOf(sequence *yaml.Node) Anchor {
	if c.reading.anchors == nil {
		c.reading.anchors = map[*document.Document]map[*yaml.Node]Anchor{}
	}
	anchors, known := c.reading.anchors[c.Document]
	if !known {
		anchors = anchorsOf(c.Document.Root)
		c.reading.anchors[c.Document] = anchors
	}
	return anchors[sequence]
}

// anchorsOf returns the anchors of the sequences below a node, nil where it has no
// anchors.
func anchorsOf(root *yaml.Node) map[*yaml.Node]Anchor {
	anchored, aliased := false, map[*yaml.Node]bool{}
	EachNode(root, func(n *yaml.Node) {
		anchored = anchored || n.Anchor != ""
		if n.Kind == yaml.AliasNode {
			aliased[n.Alias] = true
		}
	})
	if !anchored {
		return nil
	}
	found := map[*yaml.Node]Anchor{}
	var below func(n *yaml.Node, around Anchor)
	below = func(n *yaml.Node, around Anchor) {
		if n.Anchor != "" && (aliased[n] || !around.Used) {
			around = Anchor{n.Anchor, aliased[n]}
		}
		if n.Kind == yaml.SequenceNode && around.Name != "" {
			found[n] = around
		}
		for _, child := range n.Content {
			below(child, around)
		}
	}
	below(root, Anchor{})
	return found
}
