package config_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/config"
	"shellfree/rewrite/dialect"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile("config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func document(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSchema: what the schema takes and refuses is what the reader takes and
// refuses.
func TestSchema(t *testing.T) {
	s := schema(t)
	for text, good := range map[string]bool{
		whole: true, "": true, "logSink:": true, "images: []": true,
		"logsink: auto": false, "logSink: file": false, "runnerPath: 7": false, "runnerPath: ''": false, "kubernetesVersion: soon": false,
		"placeholders: {a: b}": false, "dialects: [mustache]": false, "dialects: salt": false, "include: [1]": false, "stderrThreshold: INFO": false,
		"programs: [{nmaes: [a]}]": false, "programs: [{names: [a], klog: {maxSize: 1.2}}]": false, "images: [{runner: true}]": false,
		"exclude: [1]": false, "exceptions: [{rule: SF203}]": false, "exceptions: [{rule: pipeline, reason: r}]": false, "exceptions: [{rule: SF501, reason: r}]": false,
		"exceptions: [{rule: SF203, reason: r, until: 'soon'}]": false, "exceptions: [{rule: SF203, reason: r, pathh: a}]": false,
		"exceptions: [{rule: SF203, reason: r}]": true, "rules: {SF401: {}}": false, "rules: {pipeline: {not: [a]}}": false, "rules: {SF501: {not: [a]}}": true,
		"rules: {SF401: {only: ''}}":      false,
		"images: [{image: a, runner: b}]": false, "- a": false,
	} {
		_, err := config.Parse("f", []byte(text))
		if (err == nil) != good {
			t.Errorf("the reader says %v of %q", err, text)
		}
		if err := s.Validate(document(t, text)); (err == nil) != good {
			t.Errorf("the schema says %v of %q", err, text)
		}
	}
}

// TestSchemaDialects: the schema lists the dialects that there are.
func TestSchemaDialects(t *testing.T) {
	text, err := os.ReadFile("config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Properties struct {
			Dialects struct {
				Items struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	want := []string{"auto", "none"}
	for _, d := range dialect.All() {
		want = append(want, d.Name)
	}
	if diff := cmp.Diff(want, s.Properties.Dialects.Items.Enum); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDocumentation: the page names every key, and its examples are
// configurations.
func TestDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, key := range keysOf(t) {
		if !strings.Contains(page, "`"+key+"`") {
			t.Errorf("docs/configuration.md lacks `%s`", key)
		}
	}
	examples := strings.Split(page, "```yaml\n")[1:]
	if len(examples) == 0 {
		t.Fatal("docs/configuration.md has no examples")
	}
	for _, e := range examples {
		example, _, _ := strings.Cut(e, "```")
		if _, err := config.Parse("docs/configuration.md", []byte(example)); err != nil {
			t.Errorf("%v\n%s", err, example)
		}
		if err := schema(t).Validate(document(t, example)); err != nil {
			t.Errorf("%v\n%s", err, example)
		}
	}
}

// keysOf returns the keys that the schema knows.
func keysOf(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s struct{ Properties map[string]any }
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(s.Properties))
}
