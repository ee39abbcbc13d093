package proof

import (
	"errors"
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/reading"
)

// without checks that a node holds what was meant to be inserted, and returns
// it as it is without.
func (c *comparison) without(n *yaml.Node, ins Insertion) (*yaml.Node, error) {
	end := ins.At + len(ins.Nodes)
	if len(n.Content) < end {
		return nil, errors.New("env or workingDir would not be there")
	}
	for i, want := range ins.Nodes {
		if err := c.same(want, n.Content[ins.At+i]); err != nil {
			return nil, err
		}
	}
	rest := *n
	rest.Content = slices.Concat(n.Content[:ins.At], n.Content[end:])
	return &rest, nil
}

// same compares a node with what was meant. The keys of an entry of env may
// stand in either order.
func (c *comparison) same(want, got *yaml.Node) error {
	if want.Kind != got.Kind || want.Tag != got.Tag || got.Anchor != "" || c.new.Unmask(got.Value) != want.Value || len(want.Content) != len(got.Content) {
		return fmt.Errorf("line %d: env or workingDir would hold %q instead of %q", got.Line, reading.OneLine(c.new.Unmask(got.Value)), want.Value)
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
