package site

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
)

// readEnvironment reads env and envFrom of a container.
func (r Reader) readEnvironment(container *yaml.Node) expansion.Environment {
	var env expansion.Environment
	if from := childValue(container, "envFrom"); from != nil && from.Kind != yaml.ScalarNode {
		env.From = len(from.Content) > 0
	}
	for p := range allPairs(container) {
		list, _ := resolveAlias(p.value)
		if p.key.Value != "env" || list.Kind != yaml.SequenceNode {
			continue
		}
		for _, item := range list.Content {
			if entry, _ := resolveAlias(item); entry.Kind == yaml.MappingNode {
				env.Variables = append(env.Variables, r.readVariable(entry))
			}
		}
	}
	return env
}

// readVariable reads one entry of env (k8s.io/api/core/v1 EnvVar).
func (r Reader) readVariable(entry *yaml.Node) expansion.Variable {
	v := expansion.Variable{Name: scalarValue(entry, "name")}
	from := childValue(entry, "valueFrom")
	if from == nil {
		v.Kind, v.Value = expansion.Literal, scalarValue(entry, "value")
		if r.Masked(v.Value) {
			v.Kind, v.Value = expansion.Template, ""
		}
		return v
	}
	v.Kind = expansion.Template // stays for a source that is not in the list below
	for _, source := range []struct {
		key  string
		kind expansion.Kind
	}{
		{"fieldRef", expansion.Field}, {"resourceFieldRef", expansion.Resource},
		{"secretKeyRef", expansion.Secret}, {"configMapKeyRef", expansion.ConfigMap}, {"fileKeyRef", expansion.ConfigMap},
	} {
		if ref := childValue(from, source.key); ref != nil {
			v.Kind = source.kind
			v.Path = scalarValue(ref, "fieldPath")
			v.Optional = scalarValue(ref, "optional") == "true"
		}
	}
	return v
}
