package document_test

import (
	"testing"

	"shellfree/rewrite/document"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestJSONLikeYAML requires the tree that the YAML decoder builds, for JSON
// that it can read.
func TestJSONLikeYAML(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, ` [ ] `, "\uFEFF{\"a\":1}",
		`{"a": "b", "c": [1, -2.5, 1e3, true, false, null, ""]}`,
		"{\r\n  \"é\" : \"\\\"x\\\\\\n\\u00e9\",\r\n  \"😀\":\t{\"y\": [[]]}\r\n}\r\n",
		"[\"a\u2028b\", \"c\"]",
		`{"a":1,"a":2}`,
	} {
		docs, errs := document.Parse([]byte(text))
		if len(errs) > 0 || len(docs) != 1 || !docs[0].JSON {
			t.Errorf("%q is not read as JSON; errors %v", text, errs)
			continue
		}
		var want yaml.Node
		if err := yaml.Unmarshal([]byte(text), &want); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want.Content[0], docs[0].Root); diff != "" {
			t.Errorf("%q (-yaml +json):\n%s", text, diff)
		}
	}
}

// TestJSONOnly reads valid JSON that the YAML decoder refuses.
func TestJSONOnly(t *testing.T) {
	tests := []struct{ text, want string }{
		{`["\/bin\/sh"]`, "/bin/sh"},
		{`["\ud83d\ude00"]`, "😀"},
		{"[\"a\x7fb\"]", "a\x7fb"},
		{"\t[\n\t1\n\t]", "1"},
		{`["{{x}} \"y\""]`, `{{x}} "y"`},
	}
	for _, test := range tests {
		docs, errs := document.Parse([]byte(test.text))
		if len(errs) > 0 || len(docs) != 1 || !docs[0].JSON {
			t.Errorf("%q is not read as JSON; errors %v", test.text, errs)
			continue
		}
		if got := docs[0].Root.Content[0].Value; got != test.want {
			t.Errorf("%q gives %q, want %q", test.text, got, test.want)
		}
	}
}

// TestNearlyJSON must go the way of YAML, errors included.
func TestNearlyJSON(t *testing.T) {
	for _, text := range []string{`{"a":1,}`, `{"a":x}`, `{'a':1}`, `{"a":1} # c`, `{"a" 1}`, `"a"`, `[01]`, `[1] [2]`, `{`} {
		docs, _ := document.Parse([]byte(text))
		for _, doc := range docs {
			if doc.JSON {
				t.Errorf("%q is taken for JSON", text)
			}
		}
	}
}
