package command_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/internal/config"
	"shellfree/internal/policy"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

var update = flag.Bool("update", false, "rewrite the expectations of the golden cases from what the tool does")

// goldenCase is one archive of testdata/golden: a comment with the flags, the
// text before, the findings and the text after.
//
//	flags: --log-sink=runner --kubernetes-version=1.24 --placeholder=x=word upstream
//	bytes: crlf bom no-final-newline
//	converter: faulty   (one with the faults of [faultyConverter])
//	-- .shellfree.yaml -- (a configuration, where the case needs one)
//	-- before.yaml --
//	-- findings --
//	-- after.yaml --   (absent where nothing changes)
type goldenCase struct {
	path    string
	archive *txtar.Archive
	options rewrite.Options
	bytes   []string
	faulty  bool
}

// TestGolden asserts of every case: the findings as listed, the fixed text as
// given, fixing twice is fixing once, judging changes nothing, the bytes
// outside of the edits are the same, and every placeholder is there as often
// as before but where a finding says that it fell away.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			g := readGolden(t, path)
			g.check(t)
		})
	}
}

func (g *goldenCase) check(t *testing.T) {
	name, before := g.section("before")
	original := bytes.Clone(before)
	result := g.judge(t, name, before)
	if !bytes.Equal(before, original) {
		t.Error("judging changed the text")
	}
	all := func(rewrite.Finding) bool { return true }
	edits := result.Edits(all)
	after, err := edit.Apply(before, edits)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		g.update(t, listed(result), after, !bytes.Equal(before, after))
		return
	}
	_, findings := g.section("findings")
	if diff := cmp.Diff(string(findings), listed(result)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	_, want := g.section("after")
	if want == nil {
		want = before
	}
	if diff := cmp.Diff(string(want), string(after)); diff != "" {
		t.Errorf("text after (-want +got):\n%s", diff)
	}
	checkOutside(t, before, after, result, edits)
	again := g.judge(t, name, after)
	for _, f := range again.Findings {
		if f.Fix != nil {
			t.Errorf("fixing twice is not fixing once: %s %s", f.Rule.Code, f.Message)
		}
	}
	g.checkPlaceholders(t, result, before, after)
}

// judge judges a text as check does, on a day of 2026.
func (g *goldenCase) judge(t *testing.T, name string, text []byte) *rewrite.Result {
	today := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	options := g.options
	if g.faulty {
		options.Converter = faultyConverter{options.Converter.(*transforms.Converter)}
	}
	return policy.New(g.configuration(t), today).Apply(rewrite.New(options).File(name, text)).Result
}

// checkOutside walks through both texts from edit to edit: what stands between
// two edits must stand in both, and the bytes that an edit takes must belong to a
// command that a finding fixes.
func checkOutside(t *testing.T, before, after []byte, result *rewrite.Result, edits []edit.Edit) {
	t.Helper()
	slices.SortFunc(edits, func(a, b edit.Edit) int { return a.End - b.End })
	slices.SortStableFunc(edits, func(a, b edit.Edit) int { return a.Start - b.Start })
	at, moved := 0, after
	for _, e := range append(edits, edit.Edit{Start: len(before), End: len(before)}) {
		want := slices.Concat(before[at:e.Start], []byte(e.New))
		rest, found := bytes.CutPrefix(moved, want)
		if !found {
			t.Errorf("the text after must go on with %q, kept and written, and goes on with %q", want, moved)
			return
		}
		at, moved = e.End, rest
		if e.Start < e.End && !insideCommand(result, e) {
			t.Errorf("the edit of bytes %d to %d takes %q, which no finding is about", e.Start, e.End, before[e.Start:e.End])
		}
	}
	if len(moved) > 0 {
		t.Errorf("the text after goes on with %q", moved)
	}
}

// insideCommand reports whether an edit stays within a command that has a fix:
// between the line of its first key, where it has keys, and its last item.
func insideCommand(result *rewrite.Result, e edit.Edit) bool {
	return slices.ContainsFunc(result.Findings, func(f rewrite.Finding) bool {
		first := f.StartOffset
		if f.KeyLine > 0 {
			first = result.Source.LineOffset(f.KeyLine)
		}
		return f.Fix != nil && first <= e.Start && e.End <= f.EndOffset
	})
}

func (g *goldenCase) checkPlaceholders(t *testing.T, result *rewrite.Result, before, after []byte) {
	count := map[string]int{}
	for _, p := range dialect.Find(before, g.options.Dialects) {
		count[p.Text]++
	}
	for _, p := range dialect.Find(after, g.options.Dialects) {
		count[p.Text]--
	}
	notes := ""
	for _, f := range result.Findings {
		notes += strings.Join(f.Notes, "\n")
	}
	for text, n := range count {
		if n != 0 && !strings.Contains(notes, "placeholder "+text) {
			t.Errorf("placeholder %s is there %d times less than before", text, n)
		}
	}
}

// listed prints findings as a case lists them.
func listed(r *rewrite.Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		state := "obstacle"
		if f.Fix != nil {
			state = string(f.Fix.Grade) + " " + f.Sink
			if !f.Validated {
				state += " unproven"
			}
		}
		fmt.Fprintf(&b, "%s %d:%d-%d:%d %s %s [%s] %s\n", f.Rule.Code, f.Start.Line, f.Start.Column, f.End.Line, f.End.Column,
			f.Site, f.Container, strings.TrimSpace(state), f.Message)
		for _, a := range f.Argv {
			fmt.Fprintf(&b, "  argv: %s\n", a)
		}
		for _, s := range f.Sentences() {
			fmt.Fprintf(&b, "  review: %s\n", s)
		}
		for _, s := range f.Facts() {
			fmt.Fprintf(&b, "  evidence: %s\n", s)
		}
		for _, s := range f.Notes {
			fmt.Fprintf(&b, "  note: %s\n", s)
		}
		for line := range strings.Lines(f.Suggestion) {
			fmt.Fprintf(&b, "  paste: %s\n", strings.TrimSuffix(line, "\n"))
		}
	}
	return b.String()
}

func readGolden(t *testing.T, path string) *goldenCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g := &goldenCase{path: path, archive: archive}
	var flags []string
	for _, line := range strings.Split(string(archive.Comment), "\n") {
		if rest, ok := strings.CutPrefix(line, "flags: "); ok {
			flags = strings.Fields(rest)
		}
		if rest, ok := strings.CutPrefix(line, "bytes: "); ok {
			g.bytes = strings.Fields(rest)
		}
		g.faulty = g.faulty || line == "converter: faulty"
	}
	g.options = optionsWith(t, flags, g.configuration(t))
	return g
}

var _ invocation.Converter = (*transforms.Converter)(nil)

// section returns the part of the archive whose name begins with kind, with
// the bytes that an archive can't hold.
func (g *goldenCase) section(kind string) (name string, text []byte) {
	for _, f := range g.archive.Files {
		if f.Name == kind || strings.HasPrefix(f.Name, kind+".") {
			if kind == "findings" {
				return f.Name, f.Data
			}
			return f.Name, g.encode(f.Data)
		}
	}
	return "", nil
}

func (g *goldenCase) encode(text []byte) []byte {
	for _, b := range g.bytes {
		switch b {
		case "crlf":
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		case "bom":
			text = append([]byte("\ufeff"), text...)
		case "no-final-newline":
			text = bytes.TrimRight(text, "\r\n")
		}
	}
	return text
}

func (g *goldenCase) decode(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	return text
}

// update writes what the tool does into the case; a person reads it in review.
func (g *goldenCase) update(t *testing.T, findings string, after []byte, changed bool) {
	t.Helper()
	var files []txtar.File
	for _, f := range g.archive.Files {
		if f.Name == config.Name {
			files = append(files, f)
		}
		if strings.HasPrefix(f.Name, "before") {
			files = append(files, f, txtar.File{Name: "findings", Data: []byte(findings)})
			if changed {
				files = append(files, txtar.File{Name: "after" + filepath.Ext(f.Name), Data: g.decode(after)})
			}
		}
	}
	g.archive.Files = files
	if err := os.WriteFile(g.path, txtar.Format(g.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
