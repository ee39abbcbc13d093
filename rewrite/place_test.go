package rewrite_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// placeEnv is the environment of placeCases. In a container NEST is `$(A)`, in a
// probe its value is taken as written.
var placeEnv = []variable{
	{Name: "A", Value: "1"}, {Name: "B", Value: "two words"}, {Name: "EMPTY", Value: ""},
	{Name: "Q", Value: `it's "x"; rm`}, {Name: "NEST", Value: "$$(A)"}, {Name: "my.var", Value: "d"},
}

// placeCases are inputs of the kubelet's expansion with all that is special to it.
var placeCases = []string{
	"$(A)", "$(A)$(B)", "x=$(B)", "$(UNDECLARED)", "$$(A)", "$$$(A)", "$$$$(A)", "$$", "$$$", "$", "a$", "$A", "${A}", "$(A", "$()",
	"$(A)$", "$((1+2))", "$(A )", "$(EMPTY)", "[$(EMPTY)]", "$(Q)", "$(NEST)", "$(my.var)", "5$", "a$$b", "$(date +%s)", "$(A)(B)",
	"$)(", "`$(A)`",
}

// TestExpansionOfPlaces asserts for each place of a pod that the new array means
// to the kubelet what the script meant to the kubelet and its shell: containers
// have the whole environment, probes the values of env as written, and hooks
// none, where not even `$$` is undone. The word is in single quotes, so that the
// shell adds nothing.
func TestExpansionOfPlaces(t *testing.T) {
	static := map[string]string{}
	for _, v := range placeEnv {
		static[v.Name] = v.Value
	}
	whole := trial{env: placeEnv}.environment()
	engine := newDifferentialEngine(t, "/go-runner")["klog"]
	for site, values := range map[string]map[string]string{
		"container": whole, "initContainer": whole, "ephemeralContainer": whole,
		"livenessProbe": static, "readinessProbe": static, "startupProbe": static,
		"postStart": nil, "preStop": nil,
	} {
		for _, c := range placeCases {
			read := func(s string) string {
				if values == nil {
					return s
				}
				return kubelet(s, values)
			}
			text := placeManifest(t, site, []string{"sh", "-c", "exec /prog '" + c + "'"})
			r := engine.File("pod.json", text)
			if len(r.Findings) == 0 || r.Findings[0].Site != site || r.Findings[0].Rule.Advisory() {
				t.Fatalf("%s %s: want a conversion finding: %+v", site, c, r.Findings)
			}
			if quoted := strings.Contains(read(c), "'"); quoted != (r.Findings[0].Fix == nil) {
				t.Errorf("%s %s: %s", site, c, r.Findings[0].Message)
			}
			if r.Findings[0].Fix == nil {
				continue
			}
			var got []string
			for _, item := range placeCommand(t, r, text) {
				got = append(got, read(item))
			}
			if want := []string{"/prog", read(c)}; !slices.Equal(got, want) {
				t.Errorf("%s %s: the program gets %q, the shell gave it %q", site, c, got, want)
			}
		}
	}
}

// placeManifest writes a pod with one command in the place.
func placeManifest(t *testing.T, site string, command []string) []byte {
	t.Helper()
	type object = map[string]any
	own := object{"name": "c", "image": "x", "env": placeEnv}
	exec := object{"exec": object{"command": command}}
	list := "containers"
	switch site {
	case "container", "initContainer", "ephemeralContainer":
		own["command"], list = command, site+"s"
	case "postStart", "preStop":
		own["lifecycle"] = object{site: exec}
	default:
		own[site] = exec
	}
	text, err := json.MarshalIndent(object{
		"apiVersion": "v1", "kind": "Pod", "metadata": object{"name": "p"}, "spec": object{list: []any{own}},
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// placeCommand returns the array that the fix leaves.
func placeCommand(t *testing.T, r *rewrite.Result, text []byte) []string {
	t.Helper()
	after, err := edit.Apply(text, r.Edits(func(rewrite.Finding) bool { return true }))
	if err != nil {
		t.Fatal(err)
	}
	root, err := yaml.Parse(string(after))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, child := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "command" {
				for _, item := range child.Content {
					found = append(found, item.Value)
				}
			}
			walk(child)
		}
	}
	walk(root.YNode())
	return found
}
