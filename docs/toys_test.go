package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// toys are the rows of docs/contributing.md that TestToys follows.
var toys = []string{"a log sink", "a template language", "a doubt", "an output format"}

// TestToys adds a toy of each kind at the places that docs/contributing.md names, in an
// overlay of the tree, and at no others, builds the program once, and runs their golden
// cases with it. Help and the page on safe fixes must tell of them.
func TestToys(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	archive, err := txtar.ParseFile("testdata/toys.txtar")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, f := range archive.Files {
		sections[f.Name] = string(f.Data)
	}
	program := buildToys(t, sections)
	for _, what := range toys {
		t.Run(what, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "case.yaml.in")
			writeFile(t, file, sections[what+".yaml.in"])
			args := append([]string{"check", "--fail-on=none"}, strings.Fields(sections[what+".args"])...)
			if diff := cmp.Diff(sections[what+".want"], brief(t, runToy(t, program, append(args, file)...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	help, page := runToy(t, program, "check", "--help"), runToy(t, program, "explain", "safe")
	if n := strings.Count(help, "toy"); n < 3 {
		t.Errorf("the help names the sink, the language and the format %d times:\n%s", n, help)
	}
	if !strings.Contains(page, "### toy\n\nThe program is a toy.") {
		t.Error("explain safe does not tell of the toy's doubt")
	}
}

// buildToys builds the program with the toys and returns its path.
func buildToys(t *testing.T, sections map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	top, err := filepath.Abs(contributingRoot)
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	add := func(path, text string) {
		in := filepath.Join(dir, fmt.Sprint(len(overlay.Replace))+".go")
		writeFile(t, in, text)
		overlay.Replace[filepath.Join(top, path)] = in
	}
	for _, row := range contributingRows(contributingText(t, "docs/contributing.md")) {
		text, found := sections[row[0]+".go"]
		if !found {
			continue
		}
		add(strings.Replace(contributingCode(row[1])[0], "NAME", "toy", 1), text)
		line := contributingCode(row[2])
		add(line[1], withLine(t, contributingText(t, line[1]), line[0], sections[row[0]+".line"]))
	}
	if len(overlay.Replace) != 2*len(toys) {
		t.Fatalf("%d files of %d toys: a row of docs/contributing.md is missing", len(overlay.Replace), len(toys))
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "overlay.json"), string(list))
	program := filepath.Join(dir, "shellfree")
	build := exec.Command("go", "build", "-buildvcs=false", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, "./cmd/shellfree")
	build.Dir = top
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return program
}

// withLine returns a file with one line of a function changed: old => new.
func withLine(t *testing.T, text, function, line string) string {
	t.Helper()
	old, new, _ := strings.Cut(strings.TrimSpace(line), " => ")
	head, body, found := strings.Cut(text, "\nfunc "+function+"(")
	if body, rest, _ := strings.Cut(body, "\n}\n"); found && strings.Count(body, old) == 1 {
		return head + "\nfunc " + function + "(" + strings.Replace(body, old, new, 1) + "\n}\n" + rest
	}
	t.Fatalf("the function %s has no single %q", function, old)
	return ""
}

func runToy(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return string(out)
}

// brief returns a line for each finding of a JSON report: rule, sink, grade, argv. All
// other output stays as it is.
func brief(t *testing.T, out string) string {
	t.Helper()
	if !strings.HasPrefix(out, "{") {
		return out
	}
	var report struct {
		Findings []struct {
			Rule, Sink, Grade string
			Argv              []string
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range report.Findings {
		fmt.Fprintf(&b, "%s %s %s %s\n", f.Rule, f.Sink, f.Grade, strings.Join(f.Argv, " "))
	}
	return b.String()
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
