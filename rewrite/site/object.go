package site

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// object describes the nearest object around a node; it is empty without one.
type object struct {
	kind, name, group string
	filledLate        bool
	failurePolicy     bool     // of a Job
	parameters        []string // of an OpenShift Template
	configVolumes     []string // around a node, see configVolumes
}

// newCommand returns a command at a site with the fields that describe its object.
func (o object) newCommand(site string) Command {
	return Command{Kind: o.kind, Object: o.name, Group: o.group, Parameters: o.parameters, FilledLate: o.filledLate, Site: site, configVolumes: o.configVolumes}
}

// objectAt returns the object that n is, or o, the one around it, where n is none.
func (o object) objectAt(n *yaml.Node) object {
	kind := scalarValue(n, "kind")
	meta := childValue(n, "metadata")
	if kind == "" || (meta == nil && scalarValue(n, "apiVersion") == "") {
		return o
	}
	found := object{kind: kind, group: groupOf(scalarValue(n, "apiVersion")), parameters: o.parameters}
	found.filledLate = fillsLate(found.group)
	found.failurePolicy = o.failurePolicy || hasFailurePolicy(n)
	if kind == "Template" {
		found.parameters = names(childValue(n, "parameters"))
	}
	if meta != nil {
		if found.name = scalarValue(meta, "name"); found.name == "" {
			found.name = scalarValue(meta, "generateName")
		}
	}
	return found
}

// fillsLate reports the APIs that fill {{x}} in the strings of their objects: Argo
// ("Workflow Variables"), Kyverno ("Variables").
func fillsLate(group string) bool {
	return group == "argoproj.io" || group == "kyverno.io"
}

// groupOf returns the group of an API version, "" for that of the core.
func groupOf(apiVersion string) string {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		return ""
	}
	return group
}

// hasFailurePolicy reports a Job, or a CronJob's template of one, with a
// podFailurePolicy (k8s.io/api/batch/v1 JobSpec).
func hasFailurePolicy(n *yaml.Node) bool {
	specs := append(followPath(n, nil, []string{"spec"}), followPath(n, nil, []string{"spec", "jobTemplate", "spec"})...)
	return slices.ContainsFunc(specs, func(s pathTarget) bool { return childValue(s.at, "podFailurePolicy") != nil })
}

// names returns the names of the mappings in a list.
func names(list *yaml.Node) []string {
	var all []string
	for i := 0; list != nil && i < len(list.Content); i++ {
		if item, _ := resolveAlias(list.Content[i]); item.Kind == yaml.MappingNode {
			all = append(all, scalarValue(item, "name"))
		}
	}
	return all
}
