// Package schema_test asks of the schemas that editors use whether they take and
// refuse what the program takes and refuses.
package schema_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// top is the folder of the repository.
const top = "../../../"

func compile(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(top + path)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func document(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(top + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCatalogue(t *testing.T) {
	schema := compile(t, "transforms/catalogue.schema.json")
	if err := schema.Validate(document(t, readFile(t, "transforms/catalogue.yaml"))); err != nil {
		t.Errorf("%#v", err)
	}
}

// TestCatalogueRefuses: the schema refuses what the reader refuses, which a test of
// transforms asks.
func TestCatalogueRefuses(t *testing.T) {
	schema := compile(t, "transforms/catalogue.schema.json")
	archive := txtar.Parse([]byte(readFile(t, "transforms/testdata/entries.txtar")))
	good, faults := string(archive.Files[0].Data), string(archive.Files[1].Data)
	if err := schema.Validate(document(t, good)); err != nil {
		t.Fatalf("the good entry: %v", err)
	}
	for fault := range strings.Lines(faults) {
		old, new, _ := strings.Cut(strings.TrimSuffix(fault, "\n"), " -> ")
		if err := schema.Validate(document(t, strings.Replace(good, old, new, 1))); err == nil {
			t.Errorf("the schema takes %s for %s", new, old)
		}
	}
}
