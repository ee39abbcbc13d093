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

// TestCorpusEmbedded asserts that the shell commands in strings of control plane and
// add-on manifests get a finding at their place. Those with a single simple command get
// a fix, which leaves the file around them unchanged.
func TestCorpusEmbedded(t *testing.T) {
	wild := filepath.Join(needCorpus(t), "wild")
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
		r := rewrite.New(parseFlags(t, nil)).File(row.File, text)
		f := rowFinding(r, row)
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

// rowFinding returns the finding of a row. The row has the line before the key, or the
// line of the list; its container name may be wrong, so it is not compared.
func rowFinding(r *rewrite.Result, row commandRow) *rewrite.Finding {
	for i, f := range r.Findings {
		if off := f.Start.Line - row.Line; !f.Rule.Advisory() && off >= 0 && off <= 2 {
			return &r.Findings[i]
		}
	}
	return nil
}

// checkOneFix makes one fix and asserts that the lines around the finding stay.
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
