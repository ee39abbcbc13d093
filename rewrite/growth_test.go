package rewrite_test

import (
	"runtime"
	"strings"
	"testing"
)

// TestGrowth judges hostile templates of two sizes: what is allocated, in bytes,
// grows no faster than the text.
func TestGrowth(t *testing.T) {
	for name, c := range map[string]struct{ head, text string }{
		"command keys":              {"kind: Pod\n", "{{ if a }}\ncommand: [sh, -c, x]\n{{ else }}\ncommand: [sh, -c, y]\n{{ end }}\n"},
		"branches inside commands":  {"kind: Pod\nspec:\n  containers:\n", "  - command:\n    - sh\n    - -c\n    {{ if a }}\n    - exec x\n    {{ else }}\n    - exec y\n    {{ end }}\n"},
		"branches that don't parse": {"kind: Pod\nspec:\n  containers:\n", "  - command:\n    - sh\n    - -c\n    {{ if a }}\n    - [exec x\n    {{ else }}\n    - exec y]\n    {{ end }}\n"},
		"lists":                     {"kind: Pod\n", "containers: [{name: a, command: [sh, -c, exec x]}]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			small := allocated(t, c.head+strings.Repeat(c.text, 200))
			if large := allocated(t, c.head+strings.Repeat(c.text, 1600)); large > 11*small {
				t.Errorf("8 times the text allocates %d bytes instead of %d", large, small)
			}
		})
	}
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
