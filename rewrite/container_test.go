package rewrite_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
)

// TestContainers asserts that the containers of a file are told of each once,
// with a command or without, whatever the template around them.
func TestContainers(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"all kinds", `kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers:
      - {name: init, image: "a:1"}
      containers:
      - image: b:2
        name: main
        livenessProbe: {exec: {command: [/probe]}}
      - {name: patch}
`, []string{
			"7:9 Deployment web init initContainer a:1", "9:9 Deployment web main container b:2", "12:9 Deployment web patch container ",
		}},
		{"JSON list", `{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "é", "image": "c"}]}}]}`,
			[]string{"1:95 Pod p é container c"}},
		{"branches", `kind: Pod
metadata: {name: p}
spec:
  containers:
{{- if .x }}
  - name: a
    image: {{ .image }}
{{- else }}
  - {name: b, image: "x:{{ .tag }}"}
{{- end }}
  - {name: c, image: d}
`, []string{"6:5 Pod p a container {{ .image }} templated", "9:5 Pod p b container x:{{ .tag }} templated", "11:5 Pod p c container d"}},
		{"alias", `kind: Pod
metadata: {name: p}
spec:
  initContainers: [&c {name: a, image: e}]
  containers: [*c]
`, []string{"4:20 Pod p a initContainer e", "5:16 Pod p a container e"}},
		{"no pod", "kind: Service\nspec: {containers: many}\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dialects, err := dialect.Named([]string{"auto"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range rewrite.New(rewrite.Options{Dialects: dialects, ReadAll: true}).File("x", []byte(tt.text)).Containers {
				s := fmt.Sprintf("%d:%d %s %s %s %s %s", c.Start.Line, c.Start.Column, c.Kind, c.Object, c.Name, c.Site, c.Image)
				if c.Templated {
					s += " templated"
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("containers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestIn asserts which container a finding stands in.
func TestIn(t *testing.T) {
	containers := []rewrite.Container{{StartOffset: 10, EndOffset: 20}, {StartOffset: 30, EndOffset: 40}}
	for offset, want := range map[int]int{5: -1, 10: 0, 15: 0, 25: -1, 30: 1, 39: 1, 50: -1} {
		got, ok := rewrite.Finding{Place: rewrite.Place{StartOffset: offset}, Context: rewrite.Context{Site: "container"}}.In(containers)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("offset %d is in container %d, want %d", offset, got, want)
		}
	}
	if _, ok := (rewrite.Finding{Place: rewrite.Place{StartOffset: 15}}).In(containers); ok {
		t.Error("a finding about the whole file is in a container")
	}
}
