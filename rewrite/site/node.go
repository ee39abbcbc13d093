package site

import "sigs.k8s.io/kustomize/kyaml/yaml"

// pair is a key of a mapping with its value.
type pair struct {
	key, value *yaml.Node
	merge      *yaml.Node // the << value the pair came through, nil for an own key
}

// pairs returns the mapping's own keys.
func pairs(n *yaml.Node) []pair {
	var all []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, pair{key: n.Content[i], value: n.Content[i+1]})
	}
	return all
}

// merged returns the mapping's own keys and those that a merge key (<<) brings
// along; an own key hides the merged one (YAML 1.1 merge type).
func merged(n *yaml.Node) []pair {
	own := pairs(n)
	seen := map[string]bool{}
	for _, p := range own {
		seen[p.key.Value] = true
	}
	all := own
	for _, p := range own {
		if p.key.Value != "<<" {
			continue
		}
		for _, m := range mergedMappings(p.value) {
			for _, q := range pairs(m) {
				if !seen[q.key.Value] {
					q.merge = p.value
					all = append(all, q)
				}
			}
		}
	}
	return all
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

func childThrough(n *yaml.Node, key string) (value, indirect *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for _, p := range merged(n) {
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

// descend follows a path of keys to a mapping, nil when it isn't there.
func descend(n *yaml.Node, path []string) (at, indirect *yaml.Node) {
	at = n
	for _, key := range path {
		var through *yaml.Node
		if at, through = childThrough(at, key); at == nil {
			return nil, nil
		}
		if through != nil {
			indirect = through
		}
	}
	if at.Kind != yaml.MappingNode {
		return nil, nil
	}
	return at, indirect
}

// scalar returns the value of a key that holds a scalar, "" otherwise.
func scalar(n *yaml.Node, key string) string {
	if v := child(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
		return v.Value
	}
	return ""
}
