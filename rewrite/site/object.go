package site

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// object is what is known of the enclosing object.
type object struct {
	kind, name, group string
	filledLate        bool
	failurePolicy     bool     // of a Job
	parameters        []string // of an OpenShift Template
}

// command returns what a command at a site has from its object.
func (o object) command(site string) Command {
	return Command{Kind: o.kind, Object: o.name, Group: o.group, Parameters: o.parameters, FilledLate: o.filledLate, Site: site}
}

// enclosed returns the object that n is, or o where n is none.
func (o object) enclosed(n *yaml.Node) object {
	kind := scalar(n, "kind")
	meta := child(n, "metadata")
	if kind == "" || (meta == nil && scalar(n, "apiVersion") == "") {
		return o
	}
	found := object{kind: kind, group: groupOf(scalar(n, "apiVersion")), parameters: o.parameters}
	found.filledLate = fillsLate(found.group)
	found.failurePolicy = o.failurePolicy || hasFailurePolicy(n)
	if kind == "Template" {
		found.parameters = names(child(n, "parameters"))
	}
	if meta != nil {
		if found.name = scalar(meta, "name"); found.name == "" {
			found.name = scalar(meta, "generateName")
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
	spec := child(n, "spec")
	return child(spec, "podFailurePolicy") != nil || child(child(child(spec, "jobTemplate"), "spec"), "podFailurePolicy") != nil
}

// names returns the names of the mappings in a list.
func names(list *yaml.Node) []string {
	var all []string
	for i := 0; list != nil && i < len(list.Content); i++ {
		if item, _ := resolve(list.Content[i]); item.Kind == yaml.MappingNode {
			all = append(all, scalar(item, "name"))
		}
	}
	return all
}
