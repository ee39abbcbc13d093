package verify

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

func TestPairs(t *testing.T) {
	start := func(object, container string, line int) rewrite.Start {
		return rewrite.Start{Kind: "Pod", Object: object, Container: container, Site: "container", At: source.Position{Line: line}}
	}
	before := []rewrite.Start{start("a", "x", 1), start("b", "x", 2), start("a", "x", 3), start("c", "y", 4)}
	after := []rewrite.Start{start("new", "x", 11), start("a", "x", 12), start("a", "x", 13), start("a", "x", 14), start("d", "z", 15)}
	var got []string
	for _, p := range pairCommands(before, after) {
		line := "-"
		if p.before != nil {
			line = fmt.Sprint(p.before.At.Line)
		}
		if p.after == nil {
			line += " -"
		} else {
			line += fmt.Sprint(" ", p.after.At.Line)
		}
		got = append(got, line)
	}
	// a keeps its order, b was renamed, c is gone, one a and d are new.
	want := []string{"4 -", "2 11", "1 12", "3 13", "- 14", "- 15"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// BenchmarkPairs pairs the commands of many objects. The time must grow in step with
// their number.
func BenchmarkPairs(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		starts := make([]rewrite.Start, n)
		for i := range starts {
			starts[i].Object = fmt.Sprint(i)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				pairCommands(starts, starts)
			}
		})
	}
}
