package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layerRow matches a row of the table of rooms.
var layerRow = regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|")

// TestLayers: a package imports only rooms that stand above it in docs/design.md, and
// each has one row there.
func TestLayers(t *testing.T) {
	page, err := os.ReadFile("design.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "## The order of the rooms")
	if table, _, _ = strings.Cut(table, "\n## "); !found {
		t.Fatal("docs/design.md has no order of the rooms")
	}
	order := map[string]int{}
	for i, m := range layerRow.FindAllStringSubmatch(table, -1) {
		if _, twice := order[m[1]]; twice {
			t.Errorf("%s stands twice in the order", m[1])
		}
		order[m[1]] = i + 1
	}
	seen := map[string]bool{}
	eachFile(t, func(room, path string, file *ast.File, _ *token.FileSet) {
		seen[room] = true
		if order[room] == 0 {
			t.Errorf("%s has no row in the order of the rooms", room)
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if imported, ours := strings.CutPrefix(name, "shellfree/"); ours && order[imported] >= order[room] {
				t.Errorf("%s imports %s, which stands below %s in the order", path, imported, room)
			}
		}
	})
	for room := range order {
		if !seen[room] {
			t.Errorf("the order has %s, which is no package", room)
		}
	}
}

// TestSizes: functions and files stay small enough to be read at once.
func TestSizes(t *testing.T) {
	const mostMedian, mostNinth, mostLines = 10, 24, 350
	var lengths []int
	eachFile(t, func(_, path string, file *ast.File, set *token.FileSet) {
		if n := set.File(file.Pos()).LineCount(); n > mostLines {
			t.Errorf("%s has %d lines, more than %d: is it one thing?", path, n, mostLines)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				lengths = append(lengths, set.Position(f.End()).Line-set.Position(f.Pos()).Line+1)
			}
		}
	})
	slices.Sort(lengths)
	if median, ninth := lengths[len(lengths)/2], lengths[len(lengths)*9/10]; median > mostMedian || ninth > mostNinth {
		t.Errorf("half of the functions have up to %d lines and nine in ten up to %d, more than %d and %d", median, ninth, mostMedian, mostNinth)
	}
}

// eachFile parses the project's own code, tests and the programs in testdata and tools
// left out.
func eachFile(t *testing.T, visit func(room, path string, file *ast.File, set *token.FileSet)) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && path != ".."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", path)
		visit(filepath.ToSlash(filepath.Dir(rel)), filepath.ToSlash(rel), file, set)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
