package docs_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/docs"
	"shellfree/internal/command"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/producer"
	"shellfree/rewrite/rule"
)

var update = flag.Bool("update", false, "write what the tool does into the After blocks of the pages")

// unproven lists the rules whose example no manifest can show: one is about a
// file's size, the other about a bug.
var unproven = []rule.Rule{rule.TooLarge, rule.InternalCheck}

// TestPages asserts that each rule has a page with the headings that every page
// has, in their order, and that there is no page without a rule.
func TestPages(t *testing.T) {
	pages, err := docs.Rules.ReadDir("rules")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, r := range rule.All() {
		want = append(want, r.Code+".md")
	}
	for _, p := range pages {
		got = append(got, p.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-rules +pages):\n%s", diff)
	}
	for _, r := range rule.All() {
		headings := []string{
			"# " + r.Code + " " + r.Name, "## What it finds", "## Why", "## Before", "## After",
			"## What changes at run time", "## When not to apply",
		}
		page := read(t, path(r))
		if diff := cmp.Diff(headings, page.headings()); diff != "" {
			t.Errorf("%s: headings (-want +got):\n%s", r.Code, diff)
		}
		if n := len(page.lines); n > 80 {
			t.Errorf("%s: %d lines are too long a page for a terminal: 80 at most", r.Code, n)
		}
		for _, h := range headings[1:] {
			if len(page.section(h)) == 0 {
				t.Errorf("%s: %q is empty", r.Code, h)
			}
		}
	}
}

// TestExamples runs the Before of each page and compares what the tool does
// with its After: the fixed text, or the line that names the finding.
func TestExamples(t *testing.T) {
	for _, r := range rule.All() {
		if slices.Contains(unproven, r) {
			continue
		}
		t.Run(r.Code, func(t *testing.T) {
			page := read(t, path(r))
			before, after := page.fences("## Before"), page.fences("## After")
			if len(before) != 1 || before[0].language != "yaml" || len(after) == 0 {
				t.Fatalf("want one yaml block under Before and at least one block under After")
			}
			text := page.text(before[0])
			findings := check(t, page.flags("## Before"), text)
			own := slices.DeleteFunc(slices.Clone(findings), func(f finding) bool {
				return advisory(f) != r.Advisory() || r.OfExceptions() && f.Rule != r.Code
			})
			if len(own) != 1 || own[0].Rule != r.Code {
				t.Fatalf("want one finding of %s, and beside it at most what is advisory to it: got %+v", r.Code, findings)
			}
			language, want := "text", lineOf(t, r, page.flags("## Before"), text)
			if own[0].Fixable {
				language, want = "yaml", run(t, page.flags("## Before"), text, "rewrite")
			}
			page.compare(t, after[0], language, want)
		})
	}
}

// TestByHand asserts that what the pages tell a person to write is a manifest
// with a command, and that the tool has nothing more to say of it.
func TestByHand(t *testing.T) {
	for _, r := range rule.All() {
		page := read(t, path(r))
		for _, f := range page.fences("## After") {
			if f.language != "yaml" {
				continue
			}
			text := page.text(f)
			if findings := check(t, nil, text); len(findings) > 0 {
				t.Errorf("%s, line %d: %+v", r.Code, f.first, findings)
			}
			if !strings.Contains(text, "command: ") && !strings.Contains(text, "command:\n") {
				t.Errorf("%s, line %d: the block holds no command", r.Code, f.first)
			}
		}
	}
}

// TestTooLarge asserts that the page of SF004 shows what the tool prints.
func TestTooLarge(t *testing.T) {
	example, shown := read(t, path(rule.LogFile)), read(t, path(rule.TooLarge))
	t.Chdir(t.TempDir())
	if err := os.WriteFile("kube-scheduler.yaml", []byte(example.text(example.fences("## Before")[0])), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	status := c.Main([]string{"check", "--max-file-size=100", "kube-scheduler.yaml"})
	line, _, _ := strings.Cut(stdout.String(), "\n")
	if status != command.ExitFindings || !strings.Contains(shown.section("## After"), "\n"+line+"\n") {
		t.Errorf("exit status %d, and the page doesn't show: %s%s", status, line, stderr.String())
	}
}

// TestPlaceholders runs the examples of the page on placeholders. In each section with
// flags, the fix of the first block must give the second block.
func TestPlaceholders(t *testing.T) {
	page := read(t, "placeholders.md")
	for _, d := range dialect.All() {
		if !strings.Contains(page.section("## Template languages"), "\n| `"+d.Name+"` | ") {
			t.Errorf("dialect %s is not on the page", d.Name)
		}
	}
	examples := 0
	for _, heading := range page.headings() {
		page = read(t, page.file) // an update moves the lines
		flags, blocks := page.flags(heading), page.fences(heading)
		if flags == nil || len(blocks) < 2 {
			continue
		}
		examples++
		page.compare(t, blocks[1], "yaml", run(t, flags, page.text(blocks[0]), "rewrite"))
	}
	if examples != 3 {
		t.Errorf("ran %d examples, not 3", examples)
	}
}

// TestPlaceholderHelper asserts that the page shows the helper that is printed.
func TestPlaceholderHelper(t *testing.T) {
	page := read(t, "placeholders.md")
	blocks := page.fences("## The helper")
	if len(blocks) == 0 {
		t.Fatal("no block under The helper")
	}
	page.compare(t, blocks[0], "sh", producer.Helper)
}

// finding holds the keys of the JSON report that the pages are about.
type finding struct {
	Rule, Message string
	Fixable       bool
}

// check returns what the tool reports for a manifest. A manifest that it can't
// read must be a finding, one without a pod is a mistake of the page.
func check(t *testing.T, flags []string, text string) []finding {
	t.Helper()
	var report struct {
		Findings []finding
		Summary  struct{ Skipped, Foreign int }
	}
	out := run(t, append(flags, "--format=json"), text, "check")
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	if report.Summary.Foreign > 0 || report.Summary.Skipped > 0 && len(report.Findings) == 0 {
		t.Errorf("no manifest:\n%s", text)
	}
	return report.Findings
}

// advisory reports whether a finding stands beside the one on the conversion.
func advisory(f finding) bool {
	r, _ := rule.ByCode(f.Rule)
	return r.Advisory()
}

// lineOf returns the first line that check prints for a rule.
func lineOf(t *testing.T, r rule.Rule, flags []string, text string) string {
	t.Helper()
	for line := range strings.Lines(run(t, append(flags, "--filename=manifest.yaml"), text, "check")) {
		if strings.HasPrefix(line, "manifest.yaml:") && strings.Contains(line, ": "+r.Code+" ") {
			return line
		}
	}
	return ""
}

// run starts the tool as a user would, with the text on stdin.
func run(t *testing.T, flags []string, text, name string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdin: strings.NewReader(text), Stdout: &stdout, Stderr: &stderr}
	if status := c.Main(slices.Concat([]string{name}, flags, []string{"-"})); status > command.ExitFindings {
		t.Fatalf("%s %v: exit status %d\n%s", name, flags, status, stderr.String())
	}
	return stdout.String()
}

func path(r rule.Rule) string { return filepath.Join("rules", r.Code+".md") }
