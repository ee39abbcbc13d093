package site

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// addPatch adds the commands of one operation of a JSON patch (RFC 6902), as
// kustomizations hold them, where its path leads to the containers of a pod
// spec, to one of them, or to a part of one. Operations without a value start
// nothing.
func (r Reader) addPatch(n *yaml.Node, o object, found *[]Command) {
	op := scalarValue(n, "op")
	value, indirect := childWithAlias(n, "value")
	if value == nil || op != "add" && op != "replace" {
		return
	}
	path := strings.Split(scalarValue(n, "path"), "/")
	for _, k := range podSpecKeys {
		at := slices.Index(path, k.key)
		if at < 0 {
			continue
		}
		c := o.newCommand(k.site)
		switch {
		case at < len(path)-1:
			r.addPatchPart(value, indirect, path[at+2:], c, found)
		case value.Kind == yaml.SequenceNode:
			r.addContainers(value, indirect, c, found)
		}
	}
}

// addPatchPart adds the commands of a container, or of the value at a path in one.
// The rest of that container is not in the patch, so its environment may declare any
// name.
func (r Reader) addPatchPart(value, indirect *yaml.Node, path []string, c Command, found *[]Command) {
	c.Env.From = len(path) > 0
	c.Partial = len(path) > 0 && (path[0] == "command" || path[0] == "args")
	if n := wrapAtPath(value, path); n.Kind == yaml.MappingNode {
		r.addContainer(n, indirect, c, found)
	}
}

// wrapAtPath returns a container that holds only a value at a path.
func wrapAtPath(value *yaml.Node, path []string) *yaml.Node {
	for _, key := range slices.Backward(path) {
		value = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
			{Kind: yaml.ScalarNode, Value: key}, value,
		}}
	}
	return value
}
