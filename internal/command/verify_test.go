package command_test

import (
	"path/filepath"
	"strings"
	"testing"

	"shellfree/internal/verify"
	"shellfree/rewrite"
	"shellfree/rewrite/edit"
	"shellfree/transforms"
)

// TestVerifyGolden compares each golden case before and after its fixes, as a reviewer
// would do who does not trust the tool: a safe fix must start the same, and no fix may
// be unclear.
func TestVerifyGolden(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	compared := 0
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			g := readGolden(t, path)
			name, before := g.section("before")
			compared += verifyFixes(t, g.options, name, before)
		})
	}
	if compared < 200 {
		t.Errorf("only %d fixes compared", compared)
	}
}

// verifyFixes compares the fixes of one file, and returns their number.
func verifyFixes(t *testing.T, o rewrite.Options, name string, before []byte) int {
	t.Helper()
	engine := rewrite.New(o)
	result := engine.File(name, before)
	after, err := edit.Apply(before, result.Edits(func(rewrite.Finding) bool { return true }))
	if err != nil {
		t.Fatal(err)
	}
	old, _ := engine.Starts(name, before)
	current, _ := engine.Starts(name, after)
	n := 0
	for _, c := range verify.Compare(o.Converter.(*transforms.Converter), old, current) {
		f := fixBefore(result, c.Before)
		if f == nil || f.Fix == nil {
			continue
		}
		n++
		if c.Verdict != verify.Same && (f.Fix.Grade == rewrite.Safe || c.Verdict != verify.Different) {
			t.Errorf("the %s fix of %s is %s: %q", f.Fix.Grade, f.Message, c.Verdict, c.Differences)
		}
	}
	return n
}

func fixBefore(r *rewrite.Result, s *rewrite.Start) *rewrite.Finding {
	for i, f := range r.Findings {
		if s != nil && f.Start == s.At && f.Site == s.Site {
			return &r.Findings[i]
		}
	}
	return nil
}
