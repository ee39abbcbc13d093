package rewrite_test

import (
	"strings"
	"testing"
)

// allocations holds what judging a file may cost, in allocations: the figure
// when it was last looked at. Time depends on the machine, these don't. A change
// that needs more says why and writes the new figure here. About 320 of a file with a
// command are kyaml's, for the annotations that its pipeline writes into the one node
// it is handed, and takes out again.
var allocations = []struct {
	name string
	text string
	want float64
}{
	{"one fix", "kind: Pod\nspec:\n  containers:\n  - name: a\n    image: kube-scheduler:v1.24.1\n    command: [sh, -c, exec kube-scheduler --v=2 >>/var/log/s.log 2>&1]\n", 1193},
	{"obstacle", "kind: Pod\nspec:\n  containers:\n  - name: a\n    command: [sh, -c, dmesg | grep oom]\n", 510},
	{"no shell", "kind: Pod\nspec:\n  containers:\n" + strings.Repeat("  - name: a\n    image: b\n    command: [a, --b=c]\n", 20), 24},
	{"one of many", "kind: Pod\nspec:\n  containers:\n" + strings.Repeat("  - name: a\n    image: b\n    command: [a, --b=c]\n", 20) + "  - name: a\n    command:\n    - sh\n    - -c\n    - dmesg | grep oom\n", 515},
	{"template", "kind: Pod\nspec:\n  containers:\n  - name: a\n    image: kube-scheduler:v1.24.1\n    command: [sh, -c, \"exec kube-scheduler {{params}} --v={{v}} >>/var/log/s.log 2>&1\"]\n", 2553},
}

// TestAllocations fails when judging a file takes a fifth more allocations than
// when the figures were written.
func TestAllocations(t *testing.T) {
	e := engine(t, "auto")
	for _, tt := range allocations {
		text := []byte(tt.text)
		got := testing.AllocsPerRun(50, func() { e.File("f", text) })
		if got > tt.want*1.2 {
			t.Errorf("%s: %.0f allocations a file, %.0f when last looked at", tt.name, got, tt.want)
		}
		t.Logf("%s: %.0f", tt.name, got)
	}
	text := []byte(allocations[2].text)
	if got := testing.AllocsPerRun(50, func() { e.MayReport(text) }); got > 0 {
		t.Errorf("the prefilter allocates %.0f times a file", got)
	}
}
