package site

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// object is what is known of the enclosing object.
type object struct {
	kind, name string
	filledLate bool
}

// command returns what a command at a site has from its object.
func (o object) command(site string) Command {
	return Command{Kind: o.kind, Object: o.name, FilledLate: o.filledLate, Site: site}
}

// enclosed returns the object that n is, or o where n is none.
func (o object) enclosed(n *yaml.Node) object {
	kind := scalar(n, "kind")
	meta := child(n, "metadata")
	if kind == "" || (meta == nil && scalar(n, "apiVersion") == "") {
		return o
	}
	found := object{kind: kind, filledLate: fillsLate(scalar(n, "apiVersion"))}
	if meta != nil {
		if found.name = scalar(meta, "name"); found.name == "" {
			found.name = scalar(meta, "generateName")
		}
	}
	return found
}

// fillsLate reports the APIs that fill {{x}} in the strings of their objects: Argo
// ("Workflow Variables"), Kyverno ("Variables").
func fillsLate(apiVersion string) bool {
	group, _, _ := strings.Cut(apiVersion, "/")
	return group == "argoproj.io" || group == "kyverno.io"
}
