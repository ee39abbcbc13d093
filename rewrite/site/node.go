package site

import (
	"iter"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// pair is a key of a mapping with its value.
type pair struct {
	key, value *yaml.Node
	merge      *yaml.Node // the << value the pair came through, nil for an own key
}

// pairs yields the mapping's own keys.
func pairs(n *yaml.Node) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(pair{key: n.Content[i], value: n.Content[i+1]}) {
				return
			}
		}
	}
}

// merged yields the mapping's own keys, then those that a merge key (<<) brings
// along; an own key hides the merged one (YAML 1.1 merge type).
func merged(n *yaml.Node) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		merges := false
		for p := range pairs(n) {
			if !yield(p) {
				return
			}
			merges = merges || p.key.Value == "<<"
		}
		if merges {
			through(n)(yield)
		}
	}
}

// through yields the keys that the merge keys of a mapping bring along.
func through(n *yaml.Node) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		own := map[string]bool{}
		for p := range pairs(n) {
			own[p.key.Value] = true
		}
		for p := range pairs(n) {
			if p.key.Value != "<<" {
				continue
			}
			for _, m := range mergedMappings(p.value) {
				for q := range pairs(m) {
					q.merge = p.value
					if !own[q.key.Value] && !yield(q) {
						return
					}
				}
			}
		}
	}
}

func mergedMappings(n *yaml.Node) []*yaml.Node {
	n, _ = resolve(n)
	switch n.Kind {
	case yaml.MappingNode:
		return []*yaml.Node{n}
	case yaml.SequenceNode:
		var all []*yaml.Node
		for _, item := range n.Content {
			if m, _ := resolve(item); m.Kind == yaml.MappingNode {
				all = append(all, m)
			}
		}
		return all
	}
	return nil
}

// resolve follows an alias; indirect is the alias, nil where n stands in place.
func resolve(n *yaml.Node) (target, indirect *yaml.Node) {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias, n
	}
	return n, nil
}

// child returns the value of a key, aliases and merges followed, nil when absent.
func child(n *yaml.Node, key string) *yaml.Node {
	value, _ := childThrough(n, key)
	return value
}

// childThrough returns with it the alias or merge on the way, nil without one.
func childThrough(n *yaml.Node, key string) (value, indirect *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for p := range merged(n) {
		if p.key.Value == key {
			value, indirect = resolve(p.value)
			if indirect == nil {
				indirect = p.merge
			}
			return value, indirect
		}
	}
	return nil, nil
}

// inner is a mapping that was reached by a path of keys.
type inner struct {
	at, holder *yaml.Node // holder is the mapping with the last key
	indirect   *yaml.Node // the alias or merge on the way, nil without one
}

// descend follows a path of keys to mappings: a template's branches leave
// several values of a key in one mapping, most of them no mappings.
func descend(n, indirect *yaml.Node, path []string) []inner {
	var found []inner
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for p := range merged(n) {
		if p.key.Value != path[0] {
			continue
		}
		value, through := resolve(p.value)
		for _, t := range []*yaml.Node{p.merge, indirect} {
			if through == nil {
				through = t
			}
		}
		if len(path) > 1 {
			found = append(found, descend(value, through, path[1:])...)
		} else if value.Kind == yaml.MappingNode {
			found = append(found, inner{value, n, through})
		}
	}
	return found
}

// scalar returns the value of a key that holds a scalar, "" otherwise.
func scalar(n *yaml.Node, key string) string {
	if v := child(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
		return v.Value
	}
	return ""
}
