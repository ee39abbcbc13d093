package docs_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/command"
	"shellfree/internal/report"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/probe"
	"shellfree/rewrite/rule"
	"shellfree/transforms"
)

// contributingRoot is the repository's top: the pages name files from there.
const contributingRoot = ".."

// contributingNames are what NAME stands for in the file to write, from the
// tables that the rows are about.
func contributingNames() map[string][]string {
	names := map[string][]string{}
	for _, s := range transforms.Sinks() {
		names["a log sink"] = append(names["a log sink"], s.Name)
	}
	for _, f := range report.Formats() {
		names["an output format"] = append(names["an output format"], f.Name)
	}
	for _, d := range dialect.All() {
		names["a template language"] = append(names["a template language"], d.Name)
	}
	for _, h := range probe.Handlers() {
		names["a probe's replacement"] = append(names["a probe's replacement"], h.Name)
	}
	for _, d := range doubt.All() {
		names["a doubt"] = append(names["a doubt"], strings.ReplaceAll(d.Name, "-", ""))
	}
	return names
}

// TestContributingTable asserts that the rows of "Where do I add…" are true:
// the files of what is there already stand where the row says, the function
// that gets a line is in its file, and pages and cases exist.
func TestContributingTable(t *testing.T) {
	rows := contributingRows(contributingText(t, "docs/contributing.md"))
	names := contributingNames()
	for what := range names {
		if !slices.ContainsFunc(rows, func(row []string) bool { return row[0] == what }) {
			t.Errorf("the table has no row for %s", what)
		}
	}
	for _, row := range rows {
		if len(row) != 5 {
			t.Fatalf("want 5 cells in %q", row)
		}
		what, file, line, page, golden := row[0], row[1], row[2], row[3], row[4]
		for _, pattern := range contributingCode(file) {
			if len(names[what]) == 0 {
				t.Errorf("%s: no table of names is known for %s", what, pattern)
			}
			for _, name := range names[what] {
				contributingExists(t, what, strings.Replace(pattern, "NAME", name, 1))
			}
		}
		contributingLine(t, what, line)
		for _, pattern := range contributingCode(page) {
			for _, r := range rule.All() {
				contributingExists(t, what, strings.Replace(pattern, "CODE", r.Code, 1))
			}
		}
		contributingGolden(t, what, golden)
	}
	for _, f := range names["an output format"] {
		contributingExists(t, "an output format", "testdata/script/format-"+f+".txtar")
	}
}

// contributingLine checks a cell such as "`All` in `a/b.go`" or "a row in `a/b.go`".
func contributingLine(t *testing.T, what, cell string) {
	t.Helper()
	code := contributingCode(cell)
	if len(code) == 0 {
		t.Errorf("%s: the line to add names no file: %q", what, cell)
		return
	}
	file := code[len(code)-1]
	if contributingExists(t, what, file); len(code) == 1 {
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(contributingRoot, file), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if !slices.ContainsFunc(parsed.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv == nil && f.Name.Name == code[0]
	}) {
		t.Errorf("%s: %s has no function %s", what, file, code[0])
	}
}

// contributingGolden checks that a case is named as the cell says, and one for each
// rule where the cell names a rule's code.
func contributingGolden(t *testing.T, what, cell string) {
	t.Helper()
	code := contributingCode(cell)
	if len(code) != 1 {
		t.Errorf("%s: want one golden case, got %q", what, cell)
		return
	}
	for _, r := range rule.All() {
		pattern := strings.NewReplacer("CODE", r.Code, "NAME", "*").Replace(code[0])
		if r == rule.TooLarge { // the command's, as the page says below the table
			pattern = strings.Replace(pattern, "testdata/golden/", "testdata/*/", 1)
		}
		if found, _ := filepath.Glob(filepath.Join(contributingRoot, pattern)); len(found) == 0 {
			t.Errorf("%s: no case is named like %s", what, pattern)
		}
		if !strings.Contains(code[0], "CODE") {
			return
		}
	}
}

// TestContributingLinks asserts that each link of the pages that leads to a
// file leads to one that is there.
func TestContributingLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	links := 0
	for _, page := range contributingPages(t) {
		for _, m := range link.FindAllStringSubmatch(contributingText(t, page), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || target == "" {
				continue
			}
			links++
			contributingExists(t, page, filepath.Join(filepath.Dir(page), target))
		}
	}
	if links == 0 {
		t.Error("no links found: the test reads the wrong pages")
	}
}

// TestContributingMake asserts that each "make TARGET" of the pages is a target
// of the Makefile, and that the README's two commands are among them.
func TestContributingMake(t *testing.T) {
	makefile := contributingText(t, "Makefile")
	command := regexp.MustCompile("(?m)(?:^    |`)make ([a-z]+)")
	var named []string
	for _, page := range contributingPages(t) {
		for _, m := range command.FindAllStringSubmatch(contributingText(t, page), -1) {
			named = append(named, m[1])
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("%s: the Makefile has no target %s", page, m[1])
			}
		}
	}
	for _, target := range []string{"demo", "test"} {
		if !slices.Contains(named, target) {
			t.Errorf("no page says make %s", target)
		}
	}
}

// TestContributingDiff asserts that the README's diff is the one which the
// examples give: its changed lines, in their order.
func TestContributingDiff(t *testing.T) {
	readme := contributingText(t, "README.md")
	_, block, _ := strings.Cut(readme, "```diff\n")
	block, _, found := strings.Cut(block, "```")
	if !found {
		t.Fatal("README.md has no diff block")
	}
	t.Chdir(contributingRoot)
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	if status := c.Main([]string{"diff", "testdata/demo"}); status != command.ExitOK {
		t.Fatalf("exit status %d\n%s", status, stderr.String())
	}
	_, patch, _ := strings.Cut(stdout.String(), "+++ b/testdata/demo/kube-apiserver.manifest\n")
	patch, _, _ = strings.Cut(patch, "\n--- ")
	want := contributingChanged(patch)
	if len(want) == 0 {
		t.Fatalf("no diff of kube-apiserver.manifest:\n%s", stdout.String())
	}
	if diff := cmp.Diff(want, contributingChanged(block)); diff != "" {
		t.Errorf("changed lines (-tool +README):\n%s", diff)
	}
}

// contributingChanged returns the lines of a diff that begin with - or +.
func contributingChanged(diff string) []string {
	var changed []string
	for line := range strings.SplitSeq(diff, "\n") {
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") {
			changed = append(changed, line)
		}
	}
	return changed
}

// contributingPages names README.md and the pages of docs.
func contributingPages(t *testing.T) []string {
	t.Helper()
	pages := []string{"README.md"}
	for _, pattern := range []string{"*.md", "rules/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no page is named like docs/%s: %v", pattern, err)
		}
		for _, page := range found {
			pages = append(pages, "docs/"+filepath.ToSlash(page))
		}
	}
	return pages
}

func contributingText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(contributingRoot, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func contributingExists(t *testing.T, where, file string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(contributingRoot, file)); err != nil {
		t.Errorf("%s: %s is not there", where, file)
	}
}

// contributingRows returns the cells of the first table, its head left out.
func contributingRows(text string) [][]string {
	var rows [][]string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "|") {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i, cell := range cells {
				cells[i] = strings.TrimSpace(cell)
			}
			rows = append(rows, cells)
		} else if rows != nil {
			break
		}
	}
	return rows[min(2, len(rows)):]
}

// contributingCode returns what stands in backquotes.
func contributingCode(cell string) []string {
	var code []string
	for i, part := range strings.Split(cell, "`") {
		if i%2 == 1 {
			code = append(code, part)
		}
	}
	return code
}
