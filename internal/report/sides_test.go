package report_test

import (
	"bytes"
	"testing"

	"shellfree/internal/report"
	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// TestWriteSides asserts the output of --debug for a failed proof, with a control character
// in a name, and that there is none for other findings.
func TestWriteSides(t *testing.T) {
	var b bytes.Buffer
	f := rewrite.Finding{Rule: rule.InternalCheck, Place: rewrite.Place{File: "a\x1b.yaml", Start: source.Position{Line: 3, Column: 5}}, Sides: "script: [\"a\"]\narray:  [\"b\"]"}
	for _, f := range []rewrite.Finding{f, {Rule: rule.ExecForm, Place: rewrite.Place{File: "b.yaml"}}} {
		if err := report.WriteSides(&b, f); err != nil {
			t.Fatal(err)
		}
	}
	want := report.ReplaceUnprintable("a\x1b.yaml") + ":3:5: SF090\n  script: [\"a\"]\n  array:  [\"b\"]\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
