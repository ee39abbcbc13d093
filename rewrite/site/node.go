package site

import (
	"iter"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// pair is a key of a mapping with its value.
type pair struct {
	key, value *yaml.Node
	merge      *yaml.Node // the value of the << that brings the pair, nil for an own key
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

// allPairs yields the mapping's own keys, then those that its merge keys (<<) bring
// along; an own key hides a merged one of the same name (YAML 1.1 merge type).
func allPairs(n *yaml.Node) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		merges := false
		for p := range pairs(n) {
			if !yield(p) {
				return
			}
			merges = merges || p.key.Value == "<<"
		}
		if merges {
			mergedPairs(n)(yield)
		}
	}
}

// mergedPairs yields the keys that the merge keys of a mapping bring along.
func mergedPairs(n *yaml.Node) iter.Seq[pair] {
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

// mergedMappings returns the mappings that the value of a merge key brings along.
func mergedMappings(n *yaml.Node) []*yaml.Node {
	n, _ = resolveAlias(n)
	switch n.Kind {
	case yaml.MappingNode:
		return []*yaml.Node{n}
	case yaml.SequenceNode:
		var all []*yaml.Node
		for _, item := range n.Content {
			if m, _ := resolveAlias(item); m.Kind == yaml.MappingNode {
				all = append(all, m)
			}
		}
		return all
	}
	return nil
}

// resolveAlias returns the node that an alias stands for, and the alias; n itself and
// nil where n is no alias.
func resolveAlias(n *yaml.Node) (target, indirect *yaml.Node) {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias, n
	}
	return n, nil
}

// childValue returns the value of a key, with aliases and merges followed, nil without
// the key.
func childValue(n *yaml.Node, key string) *yaml.Node {
	value, _ := childWithAlias(n, key)
	return value
}

// childWithAlias returns the value of a key as childValue does, and the alias or merge
// on the way to it, nil without one.
func childWithAlias(n *yaml.Node, key string) (value, indirect *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for p := range allPairs(n) {
		if p.key.Value == key {
			value, indirect = resolveAlias(p.value)
			if indirect == nil {
				indirect = p.merge
			}
			return value, indirect
		}
	}
	return nil, nil
}

// pathTarget is a mapping, at, that was reached by a path of keys. holder is the
// mapping with the last key of the path.
type pathTarget struct {
	at, holder *yaml.Node
	indirect   *yaml.Node // the alias or merge on the way, nil without one
}

// followPath returns the mappings at a path of keys. There may be several, since the
// branches of a template leave a key several times in one mapping.
func followPath(n, indirect *yaml.Node, path []string) []pathTarget {
	var found []pathTarget
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for p := range allPairs(n) {
		if p.key.Value != path[0] {
			continue
		}
		value, through := resolveAlias(p.value)
		for _, t := range []*yaml.Node{p.merge, indirect} {
			if through == nil {
				through = t
			}
		}
		if len(path) > 1 {
			found = append(found, followPath(value, through, path[1:])...)
		} else if value.Kind == yaml.MappingNode {
			found = append(found, pathTarget{value, n, through})
		}
	}
	return found
}

// scalarValue returns the value of a key that holds a scalar other than null, ""
// otherwise.
func scalarValue(n *yaml.Node, key string) string {
	if v := childValue(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
		return v.Value
	}
	return ""
}
