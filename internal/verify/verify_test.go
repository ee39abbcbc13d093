package verify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/verify"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/transforms"
)

// row is one container before and after a change, as lines of its mapping, and
// all that is said of it.
type row struct {
	name          string
	before, after string
	verdict       verify.Verdict
	sink          string
	differences   []string
	notes         []string
}

func checkRows(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got := compared(t, pod(r.before), pod(r.after))
			if len(got) != 1 {
				t.Fatalf("%d comparisons, want 1: %+v", len(got), got)
			}
			c := got[0]
			said := row{verdict: c.Verdict, sink: c.Sink, differences: c.Differences, notes: c.Notes}
			want := row{verdict: r.verdict, sink: r.sink, differences: r.differences, notes: r.notes}
			if diff := cmp.Diff(want, said, cmp.AllowUnexported(row{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// pod returns the manifest of a pod with one container.
func pod(container string) string {
	text := "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - name: c\n"
	for line := range strings.Lines(container) {
		text += "    " + line
	}
	return text
}

// compared compares all commands of two manifests.
func compared(t *testing.T, before, after string) []verify.Comparison {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, transforms.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	engine := rewrite.New(rewrite.Options{Converter: converter, Dialects: dialects})
	var starts [2][]rewrite.Start
	for i, text := range []string{before, after} {
		var unread []rewrite.Finding
		if starts[i], unread = engine.Starts("pod.yaml", []byte(text)); len(unread) > 0 {
			t.Fatalf("%s in\n%s", unread[0].Message, text)
		}
	}
	return verify.Compare(converter, starts[0], starts[1])
}
