package command_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/doubt"
)

// TestDoubtsAreDocumented: a doubt has a name of its own, a file and a golden case of
// that name, and a doc that says how it is settled.
func TestDoubtsAreDocumented(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, d := range doubt.All() {
		if !name.MatchString(d.Name) || seen[d.Name] {
			t.Errorf("%q is no name of words and dashes, or two doubts have it", d.Name)
		}
		seen[d.Name] = true
		if !strings.HasSuffix(d.Doc, ".") || !strings.Contains(d.Doc, "Settled") && !strings.Contains(d.Doc, "Check") {
			t.Errorf("the doc of %s does not say how it is settled: %q", d.Name, d.Doc)
		}
		for _, path := range []string{"../../rewrite/doubt/" + strings.ReplaceAll(d.Name, "-", "") + ".go", doubtCase(d.Name)} {
			if _, err := os.Stat(path); err != nil {
				t.Errorf("the doubt %s has no file of its name: %v", d.Name, err)
			}
		}
	}
}

// doubtCase returns the path of a doubt's golden case.
func doubtCase(name string) string { return "../../testdata/golden/doubt-" + name + ".txtar" }

// TestDoubtsMatter takes each doubt out in turn: its golden case then has other
// findings. It also has a near miss, which keeps its fix. TestDoubts of transforms does
// the same for the doubts of the log sinks.
func TestDoubtsMatter(t *testing.T) {
	for i, d := range doubt.All() {
		t.Run(d.Name, func(t *testing.T) {
			g := readGolden(t, doubtCase(d.Name))
			name, before := g.section("before")
			result := g.judge(t, name, before)
			if !slices.ContainsFunc(result.Findings, isNearMiss) {
				t.Error("the case has no near miss with a fix")
			}
			with := listed(result)
			g.options.Doubts = slices.Delete(doubt.All(), i, i+1)
			if listed(g.judge(t, name, before)) == with {
				t.Error("nothing changes without the doubt")
			}
		})
	}
}

func isNearMiss(f rewrite.Finding) bool {
	return f.Fix != nil && strings.HasPrefix(f.Container, "near-miss")
}
