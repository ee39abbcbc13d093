package site

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// patch finds the commands of one operation of a JSON patch (RFC 6902), as
// kustomizations hold them, where its path leads to the containers of a pod
// spec, to one of them, or to a part of one. Operations that put no value
// anywhere start nothing.
func (r Reader) patch(n *yaml.Node, o object, found *[]Command) {
	op := scalar(n, "op")
	value, indirect := childThrough(n, "value")
	if value == nil || op != "add" && op != "replace" {
		return
	}
	path := strings.Split(scalar(n, "path"), "/")
	for _, k := range podSpecKeys {
		at := slices.Index(path, k.key)
		if at < 0 {
			continue
		}
		c := o.command(k.site)
		switch {
		case at < len(path)-1:
			r.patchPart(value, indirect, path[at+2:], c, found)
		case value.Kind == yaml.SequenceNode:
			r.containers(value, indirect, c, found)
		}
	}
}

// patchPart finds the commands of a container, or of what stands at a path in
// one. The rest of that container is not in the patch: its environment may
// declare any name.
func (r Reader) patchPart(value, indirect *yaml.Node, path []string, c Command, found *[]Command) {
	c.Env.From = len(path) > 0
	c.Partial = len(path) > 0 && (path[0] == "command" || path[0] == "args")
	if n := within(value, path); n.Kind == yaml.MappingNode {
		r.container(n, indirect, c, found)
	}
}

// within returns a container that holds nothing but a value at a path.
func within(value *yaml.Node, path []string) *yaml.Node {
	for _, key := range slices.Backward(path) {
		value = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
			{Kind: yaml.ScalarNode, Value: key}, value,
		}}
	}
	return value
}
