package rewrite_test

import (
	"strings"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/invocation"
)

// broken is a converter with a mistake in it.
type broken struct{ invocation.Converter }

func (broken) Convert(invocation.Target, invocation.Invocation) invocation.Conversion {
	var none []int
	return invocation.Conversion{Argv: invocation.Texts("a", string(rune(none[1])))}
}

// TestStopped: a mistake of the program is a finding of the file, and no edit.
func TestStopped(t *testing.T) {
	o := engineOptions(t, "auto", "/go-runner")
	o.Converter = broken{o.Converter}
	for name, text := range map[string]string{
		"in the file":        hostilePod,
		"in another file":    "kind: Pod\nspec: {containers: [{command: [sh, -c, 'dmesg | x']}]}\n---\n" + hostilePod,
		"in a string of one": "data:\n  a: |\n    " + strings.ReplaceAll(hostilePod, "\n", "\n    "),
	} {
		r := rewrite.New(o).File("pod.yaml", []byte(text))
		if len(r.Findings) != 1 || r.Findings[0].Rule.Code != "SF090" || r.Findings[0].Start.Line < 1 || !strings.Contains(r.Findings[0].Message, "index out of range") {
			t.Errorf("%s: %+v", name, r.Findings)
		}
		if edits := r.Edits(anyFinding); len(edits) > 0 {
			t.Errorf("%s: it would be edited: %v", name, edits)
		}
	}
	if starts, findings := rewrite.New(o).Starts("pod.yaml", []byte(hostilePod)); len(starts) != 1 || len(findings) > 0 {
		t.Errorf("%d commands and %v, without a conversion", len(starts), findings)
	}
}
