package rewrite

import (
	"slices"
	"strings"
	"testing"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
	"shellfree/transforms"
)

// TestManyFailures: where thousands of fixes fail their proof they are not tried
// one by one, which would read the file thousands of times.
func TestManyFailures(t *testing.T) {
	const n = 6000
	text := "kind: Pod\nspec:\n  containers:\n" + strings.Repeat("  - name: a\n    image: registry.example/some/where/else/program:v1.2.3\n    command: [sh, -c, 'exec a --b']\n", n)
	f := &file{engine: newProofEngine(t, transforms.Options{}), result: &Result{Source: source.New("pod.yaml", []byte(text))}}
	if _, err := f.Read(); err != nil {
		t.Fatal(err)
	}
	for _, step := range f.filters() {
		if _, err := step.Filter(nil); err != nil {
			t.Fatal(err)
		}
	}
	fixes := proposals(f.readings[0])
	for _, p := range fixes { // each meant to leave what it doesn't
		c := p.(*command)
		c.written.command = append(slices.Clone(c.written.command), invocation.Text("--c"))
	}
	f.proveFixes(f.readings[0], fixes)
	if len(fixes) != n || f.proofs > 2*leastProofs {
		t.Errorf("%d proofs of %d fixes", f.proofs, len(fixes))
	}
	tooMany := 0
	for _, p := range fixes {
		f := p.(*command).finding
		if f.Fix != nil || f.Rule != rule.InternalCheck {
			t.Fatalf("kept a fix that fails: %+v", f)
		}
		if strings.Contains(f.Message, "too many fixes of this file fail to try each alone: split it") {
			tooMany++
		}
	}
	if tooMany == 0 || tooMany == n {
		t.Errorf("%d of %d fixes are too many", tooMany, n)
	}
}

// TestProveJSON: an edit may not leave what strict readers refuse, with the
// placeholders filled or empty.
func TestProveJSON(t *testing.T) {
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		old, new string
		ok       bool
	}{
		{`{"a": ["b {{x}}"]}`, `{"a": ["b"{{x}}]}`, true},
		{`{"a": ["b {{x}}"]}`, `{"a": ["b", {{x}}]}`, true},
		{`{"a": ["b {{x}}"]}`, `{"a": ["b",]}`, false},
		{`{"a": ["b {{x}}"]}`, `{"a": ["b" "c"{{x}}]}`, false},
		{`{"a": ["b"{{y}}, "c {{x}}"]}`, `{"a": ["b"{{y}}, c{{x}}]}`, false},
		{"\ufeff{\"a\": \"b\"}", "\ufeff{\"a\": 'b'}", false},
		{`{"a": "b",}`, `{"a": 'b',}`, true}, // was none before
		{"a: b", "{a: b", true},
	} {
		err := proveJSON(dialect.New([]byte(tt.old), dialects), dialect.New([]byte(tt.new), dialects))
		if (err == nil) != tt.ok {
			t.Errorf("%s to %s: %v", tt.old, tt.new, err)
		}
	}
}
