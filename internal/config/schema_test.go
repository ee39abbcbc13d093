package config_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/dialect"
)

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

// TestDocumentation: the page names every key.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keysOf(t) {
		if !strings.Contains(string(page), "`"+key+"`") {
			t.Errorf("docs/configuration.md lacks `%s`", key)
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
