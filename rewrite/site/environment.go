package site

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
)

// environment reads env and envFrom of a container, as far as a manifest tells.
func (r Reader) environment(container *yaml.Node) expansion.Environment {
	var env expansion.Environment
	if from := child(container, "envFrom"); from != nil && from.Kind != yaml.ScalarNode {
		env.From = len(from.Content) > 0
	}
	for p := range merged(container) {
		list, _ := resolve(p.value)
		if p.key.Value != "env" || list.Kind != yaml.SequenceNode {
			continue
		}
		for _, item := range list.Content {
			if entry, _ := resolve(item); entry.Kind == yaml.MappingNode {
				env.Variables = append(env.Variables, r.variable(entry))
			}
		}
	}
	return env
}

// variable reads one entry of env (k8s.io/api/core/v1 EnvVar).
func (r Reader) variable(entry *yaml.Node) expansion.Variable {
	v := expansion.Variable{Name: scalar(entry, "name")}
	from := child(entry, "valueFrom")
	if from == nil {
		v.Kind, v.Value = expansion.Literal, scalar(entry, "value")
		if r.Masked(v.Value) {
			v.Kind, v.Value = expansion.Template, ""
		}
		return v
	}
	v.Kind = expansion.Template // a source that is not known here
	for _, source := range []struct {
		key  string
		kind expansion.Kind
	}{
		{"fieldRef", expansion.Field}, {"resourceFieldRef", expansion.Resource},
		{"secretKeyRef", expansion.Secret}, {"configMapKeyRef", expansion.ConfigMap}, {"fileKeyRef", expansion.ConfigMap},
	} {
		if ref := child(from, source.key); ref != nil {
			v.Kind = source.kind
			v.Path = scalar(ref, "fieldPath")
			v.Optional = scalar(ref, "optional") == "true"
		}
	}
	return v
}
