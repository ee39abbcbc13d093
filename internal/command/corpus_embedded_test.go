package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shellfree/internal/files"
	"shellfree/rewrite"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/rule"
)

// TestCorpusEmbedded: the shell commands of control plane and add-on manifests
// that stand in strings get a finding where they stand, and those of one simple
// command a fix, after which the file around them is the same.
func TestCorpusEmbedded(t *testing.T) {
	wild := filepath.Join(corpus(t), "wild")
	var total, found, unread, simple, fixed int
	for _, row := range readCommands(t, filepath.Join(wild, "commands.jsonl")) {
		if row.Tier == "other" || row.Embedded == "" || !files.IsManifestName(row.File) {
			continue
		}
		total++
		text, err := os.ReadFile(filepath.Join(wild, row.File))
		if err != nil {
			t.Fatal(err)
		}
		r := rewrite.New(optionsOf(t, nil)).File(row.File, text)
		f := findingOf(r, row)
		switch {
		case f != nil:
		case slices.ContainsFunc(r.Findings, func(f rewrite.Finding) bool { return f.Rule == rule.Unparsable }):
			unread++
			continue
		default:
			t.Errorf("%s:%d %s %s: no finding there", row.File, row.Line, row.site(), row.Name)
			continue
		}
		found++
		if row.Class != "single cmd, no redirect" {
			continue
		}
		simple++
		if f.Fix == nil {
			t.Logf("%s:%d: %s %s", row.File, row.Line, f.Rule.Code, f.Message)
			continue
		}
		fixed++
		checkOneFix(t, text, f)
	}
	t.Logf("%d of %d rows in strings have a finding, %d stand in text that is SF001; %d of %d simple commands have a fix", found, total, unread, fixed, simple)
	if 100*unread > 3*total || fixed < simple {
		t.Error("at most 3 % may stand in text that can't be read, and every simple command must have a fix")
	}
}

// findingOf returns the finding of a row, whose line is that before the key or
// of the list. Names of containers are off in the rows.
func findingOf(r *rewrite.Result, row commandRow) *rewrite.Finding {
	for i, f := range r.Findings {
		if off := f.Start.Line - row.Line; !f.Rule.Advisory() && off >= 0 && off <= 2 {
			return &r.Findings[i]
		}
	}
	return nil
}

// checkOneFix makes one fix: the lines around the finding stay.
func checkOneFix(t *testing.T, text []byte, f *rewrite.Finding) {
	t.Helper()
	after, err := edit.Apply(text, f.Fix.Edits)
	if err != nil {
		t.Fatal(err)
	}
	head, tail := text[:f.StartOffset], text[f.EndOffset:]
	if !bytes.HasPrefix(after, head) || !bytes.HasSuffix(after, tail) {
		t.Errorf("%s:%d: bytes outside of the finding change", f.File, f.Start.Line)
	}
	t.Logf("%s:%d: %s", f.File, f.Start.Line, strings.TrimSpace(string(after[len(head):len(after)-len(tail)])))
}
