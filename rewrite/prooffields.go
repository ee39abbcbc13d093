package rewrite

import (
	"errors"
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
)

// insertion is what a fix adds to the content of a node: nodes from index at
// on. Their values are as in the file, placeholders included.
type insertion struct {
	at    int
	nodes []*yaml.Node
}

// inserted adds the insertions of a fix: entries at the end of env, or keys
// behind command and args.
func (c *command) inserted(all map[*yaml.Node]insertion) {
	n := c.written.fields
	var keys []*yaml.Node
	if len(n.dir.Parts) > 0 {
		keys = append(keys, stringNode("workingDir"), stringNode(edit.Value(n.dir, true)))
	}
	var entries []*yaml.Node
	for _, a := range n.env {
		entries = append(entries, &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap, Content: []*yaml.Node{
			stringNode("name"), stringNode(a.Name), stringNode("value"), stringNode(edit.Value(a.Value, false)),
		}})
	}
	if list := ownValue(c.Mapping, "env"); list != nil && entries != nil {
		all[list] = insertion{len(list.Content), entries}
	} else if entries != nil {
		keys = append(keys, stringNode("env"), &yaml.Node{Kind: yaml.SequenceNode, Tag: yaml.NodeTagSeq, Content: entries})
	}
	if keys != nil {
		all[c.Mapping] = insertion{c.behindCommand(), keys}
	}
}

func stringNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: s}
}

// behindCommand returns the index in the container's content behind command
// and args, whichever is last.
func (c *command) behindCommand() int {
	at := 0
	for i := 0; i+1 < len(c.Mapping.Content); i += 2 {
		if key := c.Mapping.Content[i].Value; key == "command" || key == "args" {
			at = i + 2
		}
	}
	return at
}

// without checks that a node holds what was meant to be inserted, and returns
// it as it is without.
func (c *comparison) without(n *yaml.Node, ins insertion) (*yaml.Node, error) {
	end := ins.at + len(ins.nodes)
	if len(n.Content) < end {
		return nil, errors.New("env or workingDir would not be there")
	}
	for i, want := range ins.nodes {
		if err := c.same(want, n.Content[ins.at+i]); err != nil {
			return nil, err
		}
	}
	rest := *n
	rest.Content = slices.Concat(n.Content[:ins.at], n.Content[end:])
	return &rest, nil
}

// same compares a node with what was meant. The keys of an entry of env may
// stand in either order.
func (c *comparison) same(want, got *yaml.Node) error {
	if want.Kind != got.Kind || want.Tag != got.Tag || got.Anchor != "" || c.new.unmask(got.Value) != want.Value || len(want.Content) != len(got.Content) {
		return fmt.Errorf("line %d: env or workingDir would hold %q instead of %q", got.Line, oneLine(c.new.unmask(got.Value)), want.Value)
	}
	content := want.Content
	if want.Kind == yaml.MappingNode && got.Content[0].Value != content[0].Value {
		content = slices.Concat(content[2:], content[:2])
	}
	for i := range content {
		if err := c.same(content[i], got.Content[i]); err != nil {
			return err
		}
	}
	return nil
}
