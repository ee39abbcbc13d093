package rewrite_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestGrowth judges hostile templates of two sizes: what is allocated, in bytes,
// grows no faster than the text.
func TestGrowth(t *testing.T) {
	repeated := func(head, text string) func(int) string {
		return func(n int) string { return head + strings.Repeat(text, n) }
	}
	for name, text := range map[string]func(n int) string{
		"command keys":              repeated("kind: Pod\n", "{{ if a }}\ncommand: [sh, -c, x]\n{{ else }}\ncommand: [sh, -c, y]\n{{ end }}\n"),
		"branches inside commands":  repeated("kind: Pod\nspec:\n  containers:\n", "  - command:\n    - sh\n    - -c\n    {{ if a }}\n    - exec x\n    {{ else }}\n    - exec y\n    {{ end }}\n"),
		"branches that don't parse": repeated("kind: Pod\nspec:\n  containers:\n", "  - command:\n    - sh\n    - -c\n    {{ if a }}\n    - [exec x\n    {{ else }}\n    - exec y]\n    {{ end }}\n"),
		"lists":                     repeated("kind: Pod\n", "containers: [{name: a, command: [sh, -c, exec x]}]\n"),
		"anchors":                   repeated("x: &x 1\ny: *x\nkind: Pod\nspec:\n  containers:\n", "  - {name: a, image: b, command: [sh, -c, exec x]}\n"),
		"placeholders of a script":  scriptWithPlaceholders,
	} {
		t.Run(name, func(t *testing.T) {
			small := allocated(t, text(200))
			if large := allocated(t, text(1600)); large > 11*small {
				t.Errorf("8 times the text allocates %d bytes instead of %d", large, small)
			}
		})
	}
}

// scriptWithPlaceholders returns a pod whose script has n placeholders, each of
// another name.
func scriptWithPlaceholders(n int) string {
	var b strings.Builder
	b.WriteString("kind: Pod\nspec:\n  containers:\n  - image: a\n    command: [sh, -c, \"exec a")
	for i := range n {
		fmt.Fprintf(&b, " {{p%d}}", i)
	}
	return b.String() + "\"]\n"
}

// allocated returns how many bytes are allocated while a text is judged.
func allocated(t *testing.T, text string) uint64 {
	t.Helper()
	e := engine(t, "auto")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	e.File("a.yaml", []byte(text))
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
