package transforms

import (
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func catalogueSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("catalogue.schema.json")
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

func TestCatalogueSchema(t *testing.T) {
	text, err := os.ReadFile("catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := catalogueSchema(t).Validate(document(t, string(text))); err != nil {
		t.Errorf("%#v", err)
	}
}

// TestSchemaRefuses: the schema and the reader refuse the same entries.
func TestSchemaRefuses(t *testing.T) {
	const good = `programs:
- names: [a]
  source: s
  logs: klog
  klog:
    spelling: dash
    source: s
    spellings: [{from: "1.2", spelling: both, source: s}]
    overrides: [{until: "1.1", flag: --x, source: s}]
    remarks: [{note: n, source: s}]
  images: [b]
  runner: {from: "1.3", path: /r, source: s}
  native: {from: "1.3", autoFrom: "1.3", flags: [--f=], source: s, remarks: [{review: r, source: s}]}
  baseImage: {name: debian, why: needs it, source: s}
  remarks: [{note: n, source: s}]
`
	schema := catalogueSchema(t)
	if err := schema.Validate(document(t, good)); err != nil {
		t.Fatalf("the good entry: %v", err)
	}
	if _, err := parseCatalogue([]byte(good)); err != nil {
		t.Fatalf("the good entry: %v", err)
	}
	cases := [][2]string{
		{"names: [a]", "names: []"}, {"names: [a]", "name: [a]"}, {"logs: klog", "logs: log"}, {"logs: klog", "logs: own"},
		{"spelling: dash", "spelling: camel"}, {"spelling: both", "spelling: neither"}, {"flag: --x, ", ""},
		{"name: debian, ", ""}, {"path: /r, ", ""}, {`from: "1.2"`, "from: soon"}, {"flags: [--f=]", "flag: [--f=]"},
	}
	for i := range strings.Count(good, "source: s") { // each fact needs one
		at := 0
		for range i {
			at += strings.Index(good[at:], "source: s") + 1
		}
		at += strings.Index(good[at:], "source: s")
		cases = append(cases, [2]string{good, good[:at] + "source: ''" + good[at+len("source: s"):]})
	}
	for _, c := range cases {
		text := strings.Replace(good, c[0], c[1], 1)
		if text == good {
			t.Fatalf("nothing is replaced by %s", c[1])
		}
		if err := schema.Validate(document(t, text)); err == nil {
			t.Errorf("the schema takes %s", text)
		}
		if _, err := parseCatalogue([]byte(text)); err == nil {
			t.Errorf("the reader takes %s", text)
		}
	}
}

// TestSourcesWhole: a # after a blank would have cut a source off.
func TestSourcesWhole(t *testing.T) {
	text, err := os.ReadFile("catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "source: "); ok && strings.Contains(value, " #") && !strings.HasPrefix(value, `"`) {
			t.Errorf("line %d: %q is cut off at the #: put it in quotes", i+1, value)
		}
	}
}
