package proof

import (
	"strings"
	"testing"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/source"
)

// TestManyFailures: where thousands of fixes fail their proof they are not tried
// one by one, which would read the text thousands of times.
func TestManyFailures(t *testing.T) {
	const n = 6000
	text := "kind: Pod\nspec:\n  containers:\n" + strings.Repeat("  - name: a\n    image: registry.example/some/where/else/program:v1.2.3\n    command: [sh, -c, 'exec a --b']\n", n)
	read := readText(t, "pod.yaml", text)
	r := read.Readings[0]
	var proposals []Proposal
	for i := range r.Commands { // each meant to leave another word than it writes
		c := &r.Commands[i]
		s, _ := c.Span()
		proposals = append(proposals, Proposal{
			Command: c, Edits: []source.Edit{{Start: s.Start, End: s.End, New: "a, --b"}}, New: invocation.Texts("a", "--c"),
			Lists: []List{{Node: c.Command.Command, Words: invocation.Texts("a", "--c")}},
		})
	}
	proofs := Of(read)
	failed := proofs.Text(r, proposals)
	if len(failed) != n || proofs.made > 2*read.Tries() {
		t.Errorf("%d proofs, %d of %d fixes failed", proofs.made, len(failed), n)
	}
	tooMany := 0
	for _, err := range failed {
		if strings.Contains(err.Error(), "too many fixes of this file fail to try each alone: split it") {
			tooMany++
		}
	}
	if tooMany == 0 || tooMany == n {
		t.Errorf("%d of %d fixes are too many", tooMany, n)
	}
}

// TestTextHalves: one bad fix doesn't hold up its neighbours.
func TestTextHalves(t *testing.T) {
	read := readText(t, "pod.yaml", "kind: Pod\nspec:\n  containers:\n"+strings.Repeat("  - name: a\n    command: [sh, -c, 'exec a --b']\n", 5))
	r := read.Readings[0]
	var proposals []Proposal
	for i := range r.Commands {
		c := &r.Commands[i]
		s, _ := c.Span()
		words := invocation.Texts("a", "--b")
		if i == 3 {
			words = words[:1]
		}
		proposals = append(proposals, Proposal{
			Command: c, Edits: []source.Edit{{Start: s.Start, End: s.End, New: "a, --b"}}, New: words,
			Lists: []List{{Node: c.Command.Command, Words: words}},
		})
	}
	failed := Of(read).Text(r, proposals)
	if len(failed) != 1 || failed[3] == nil || !strings.Contains(failed[3].Error(), `would hold "--b" as well`) {
		t.Errorf("failed: %v, want the fourth alone", failed)
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
