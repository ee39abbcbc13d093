package command_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/command"
	"shellfree/rewrite"
)

// TestPrefilter judges files that the prefilter passes over. There must be no finding in
// them.
func TestPrefilter(t *testing.T) {
	o := parseFlags(t, nil)
	o.ReadAll = true
	engine := rewrite.New(o)
	passedOver, files := 0, 0
	check := func(name string, text []byte) {
		files++
		if engine.MayReport(text) {
			return
		}
		passedOver++
		if r := engine.File(name, text); len(r.Findings)+len(r.Directives) > 0 {
			t.Errorf("%s is passed over and has findings\n%s\n%s", name, listed(r), text)
		}
	}
	for name, text := range prefilterTexts(t) {
		check(name, text)
		for i, piece := range splitPieces(text) {
			check(name+" piece", piece)
			check(name+" changed", respellWords(piece, uint64(i)))
			check(name+" plain", []byte(withoutShellWords.Replace(string(piece))))
		}
	}
	t.Logf("%d of %d files passed over", passedOver, files)
	if passedOver < files/20 || passedOver > files*19/20 {
		t.Error("the files are no test of the prefilter")
	}
}

// withoutShellWords replaces the words that most golden cases have, but most files of a
// tree don't.
var withoutShellWords = strings.NewReplacer("sh", "she", "-c", "-e", "exec", "exe", `\`, "/", "curl", "kurl", "stderr", "stdout")

// TestExcerpt asserts that the engine finds the same in a file, whether it reads the
// whole file or only the lines that it needs.
func TestExcerpt(t *testing.T) {
	o := parseFlags(t, nil)
	quick := rewrite.New(o)
	o.ReadAll = true
	whole := rewrite.New(o)
	check := func(name string, text []byte) {
		if !quick.MayReport(text) {
			return
		}
		a, b := whole.File(name, text), quick.File(name, text)
		if diff := cmp.Diff(listed(a), listed(b)); diff != "" || a.Parsed != b.Parsed {
			t.Errorf("%s (-whole +excerpt): parsed %t %t\n%s\n%s", name, a.Parsed, b.Parsed, diff, text)
		}
		if a.Foreign != b.Foreign && !strings.Contains(name, " ") { // for pieces of a file the engine can only guess
			t.Errorf("%s is foreign: %t %t", name, a.Foreign, b.Foreign)
		}
	}
	for name, text := range prefilterTexts(t) {
		check(name, text)
		for i, piece := range splitPieces(text) {
			check(name+" piece", piece)
			check(name+" changed", respellWords(piece, uint64(i)))
		}
	}
}

// prefilterTexts returns the texts of the golden cases, and of the corpus if it exists.
func prefilterTexts(t *testing.T) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, path := range paths {
		_, before := readGolden(t, path).section("before")
		texts[filepath.Base(path)] = before
	}
	dir := corpusFolder()
	if dir == "" || testing.Short() {
		return texts
	}
	err = filepath.WalkDir(filepath.Join(dir, "wild", "files"), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			texts[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// splitPieces returns the documents of a text, then each list of containers.
func splitPieces(text []byte) [][]byte {
	var all [][]byte
	for _, doc := range bytes.Split(text, []byte("\n---\n")) {
		if all = append(all, doc); len(all) > 40 {
			break
		}
		for i, container := range bytes.Split(doc, []byte("- name:")) {
			if i > 0 && i < 8 {
				all = append(all, append([]byte("containers:\n      - name:"), container...))
			}
		}
	}
	return all
}

// respellWords changes the case or the spelling of words that the prefilter looks for,
// or removes the words.
func respellWords(text []byte, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, uint64(len(text))))
	pairs := []string{
		"sh", `"\x73h"`, "bash", `"b\u0061sh"`, "sh", "\"s\\\n  h\"", "sh", "she", "command", "kommand", "command", `"\x63ommand"`,
		"args", `"a\u0072gs"`, "-c", "-e", "-c", "-ec", "log-file", "log_file", "exec:", "exec :", "exec", "exe", ".sh", ".shx",
		"--", "-", "curl", "nc", "/bin/sh", "/bin/\tsh", "\n", "\r\n", "sh", "&a sh",
	}
	i := r.IntN(len(pairs)/2) * 2
	j := r.IntN(len(pairs)/2) * 2
	return []byte(strings.NewReplacer(pairs[i], pairs[i+1], pairs[j], pairs[j+1]).Replace(string(text)))
}

// TestPrefilterSame asserts that check reports the same with and without the prefilter,
// in each format.
func TestPrefilterSame(t *testing.T) {
	dir := t.TempDir()
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, path := range paths {
		name, before := readGolden(t, path).section("before")
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)+name), before, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []string{"text", "sarif", "gitlab"} {
		all := checkOutput(t, "--no-prefilter", "--format="+format, dir)
		quick := checkOutput(t, "--format="+format, dir)
		summary := regexp.MustCompile(`, \d+ of them not parsed`)
		if diff := cmp.Diff(summary.ReplaceAllString(all, ""), summary.ReplaceAllString(quick, "")); diff != "" || len(quick) < 1000 {
			t.Errorf("%s (-all +prefiltered):\n%s", format, diff)
		}
	}
}

// checkOutput returns the output of check.
func checkOutput(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	if status := c.Main(append([]string{"check"}, args...)); status != command.ExitFindings {
		t.Fatalf("%v: exit status %d\n%s", args, status, stderr.String())
	}
	return stdout.String()
}
