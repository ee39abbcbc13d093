package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

func newResult(file string, findings ...rewrite.Finding) *rewrite.Result {
	for i := range findings {
		findings[i].File = file
		findings[i].Start = source.Position{Line: i + 1, Column: 1}
	}
	return &rewrite.Result{Source: source.New(file, nil), Findings: findings}
}

func podFinding(r rule.Rule, container string) rewrite.Finding {
	return rewrite.Finding{Rule: r, Context: rewrite.Context{Kind: "Pod", Object: "a<b>", Container: container}}
}

func mustReadBaseline(t *testing.T, file string, writing bool) *Baseline {
	t.Helper()
	b, err := ReadBaseline(file, writing)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBaseline(t *testing.T) {
	t.Chdir(t.TempDir())
	b := mustReadBaseline(t, "in/baseline.json", true)
	for _, r := range []*rewrite.Result{
		newResult("b.yaml", podFinding(rule.Pipeline, "x"), podFinding(rule.ExecForm, "x"), podFinding(rule.Pipeline, "x"), podFinding(rule.Unused, "")),
		newResult("in/a.yaml", podFinding(rule.Pipeline, "x")),
	} {
		if b.RemoveKnown(r); len(r.Findings) > 1 || len(r.Findings) == 1 && r.Findings[0].Rule != rule.Unused {
			t.Errorf("left when writing: %+v", r.Findings)
		}
	}
	if err := b.Write(Coverage{"."}); err != nil {
		t.Fatal(err)
	}
	const want = `{
  "version": 1,
  "findings": [
    {"file":"../b.yaml","kind":"Pod","object":"a<b>","container":"x","rule":"SF101","count":1},
    {"file":"../b.yaml","kind":"Pod","object":"a<b>","container":"x","rule":"SF202","count":2},
    {"file":"a.yaml","kind":"Pod","object":"a<b>","container":"x","rule":"SF202","count":1}
  ]
}
`
	text, err := os.ReadFile("in/baseline.json")
	if diff := cmp.Diff(want, string(text)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}

	// Of a count that grew the last is left; another container is another place.
	b = mustReadBaseline(t, "in/baseline.json", false)
	r := newResult("b.yaml", podFinding(rule.Pipeline, "x"), podFinding(rule.Pipeline, "x"), podFinding(rule.Pipeline, "x"), podFinding(rule.Pipeline, "y"))
	if n := b.RemoveKnown(r); n != 2 || len(r.Findings) != 2 || r.Findings[0].Start.Line != 3 || r.Findings[1].Container != "y" {
		t.Errorf("took %d, left %+v", n, r.Findings)
	}

	// What the run did not look at is not stale, and stays when written.
	stale := b.FindStale(Coverage{"b.yaml"})
	if len(stale) != 1 || !strings.Contains(stale[0], "it counts 1 of SF101 in ../b.yaml, Pod a<b>, container x, found 0") {
		t.Errorf("stale: %q", stale)
	}
	if stale := b.FindStale(Coverage{"."}); len(stale) != 2 {
		t.Errorf("stale of all: %q", stale)
	}
	if err := b.Write(Coverage{"b.yaml"}); err != nil {
		t.Fatal(err)
	}
	if again := mustReadBaseline(t, "in/baseline.json", false); len(again.written) != 3 || again.written[baselineKey{"a.yaml", "Pod", "a<b>", "x", "SF202"}] != 1 {
		t.Errorf("written again: %v", again.written)
	}
}

func TestBaselineEmpty(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.json")
	if err := mustReadBaseline(t, file, true).Write(nil); err != nil {
		t.Fatal(err)
	}
	if b := mustReadBaseline(t, file, false); len(b.written) != 0 || b.RemoveKnown(newResult("a", podFinding(rule.Pipeline, "x"))) != 0 {
		t.Errorf("%v", b.written)
	}
}

func TestBaselineRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	for text, want := range map[string]string{
		"":                               "b.json is not a baseline, EOF: mend it",
		"[]":                             "b.json is not a baseline, ",
		`{"version": 2}`:                 "b.json is a baseline of version 2, not 1",
		`{"version": 1, "finding": []}`:  "b.json is not a baseline, ",
		`{"findings": []}`:               "b.json is a baseline of version 0, not 1",
		`{"version": 1, "findings": [7]`: "b.json is not a baseline, ",
	} {
		if err := os.WriteFile("b.json", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, writing := range []bool{false, true} {
			if _, err := ReadBaseline("b.json", writing); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%q gives %v, want %s", text, err, want)
			}
		}
	}
	if _, err := ReadBaseline("none.json", false); err == nil || !strings.Contains(err.Error(), "write it with --write-baseline") {
		t.Errorf("no file: %v", err)
	}
	if _, err := ReadBaseline(".", false); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
}

func TestCoverage(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		seen, path string
		want       bool
	}{
		{".", "a", true}, {".", ".", true}, {"a", "a", true}, {"a", "a/b", true}, {"a", "ab", false}, {"a/b", "a", false}, {"a", "../a", false},
		{"..", "a", true}, {"a/../b", "b", true},
	} {
		if got := (Coverage{"none", test.seen}).Holds(test.path); got != test.want {
			t.Errorf("%s holds %s: %v", test.seen, test.path, got)
		}
	}
	if Coverage(nil).Holds(".") {
		t.Error("nothing holds something")
	}
}
