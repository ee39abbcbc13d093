package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/internal/command"
)

const (
	lessonPage   = "upstream-lessons.md"
	lessonGolden = "../testdata/golden"
	lessonCount  = 32
)

// lessonRow is one row of the table of lessons.
type lessonRow struct {
	number              int
	lesson, does, shown string
}

var lessonLink = regexp.MustCompile(`\]\(([^)]+)\)`)

// lessonRows returns the rows whose first cell is a number.
func lessonRows(t *testing.T, page *page) []lessonRow {
	t.Helper()
	var rows []lessonRow
	for i, line := range page.lines {
		var row lessonRow
		if n, _ := fmt.Sscanf(line, "| %d |", &row.number); n != 1 {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 4 {
			t.Fatalf("%s:%d: want 4 cells, got %d", page.file, i+1, len(cells))
		}
		row.lesson, row.does, row.shown = strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])
		rows = append(rows, row)
	}
	return rows
}

// lessonLinks returns the files that a cell links to.
func lessonLinks(cell string) []string {
	var files []string
	for _, m := range lessonLink.FindAllStringSubmatch(cell, -1) {
		files = append(files, m[1])
	}
	return files
}

// TestLessonsTable asserts that each lesson has one row, that what a row links
// to exists, and that a row without a golden case names the page which says
// what the tool leaves to a person.
func TestLessonsTable(t *testing.T) {
	var want, got []int
	for n := range lessonCount {
		want = append(want, n+1)
	}
	for _, row := range lessonRows(t, read(t, lessonPage)) {
		got = append(got, row.number)
		if !strings.HasSuffix(row.lesson, ".") || !strings.HasSuffix(row.does, ".") {
			t.Errorf("lesson %d: want sentences in %q and %q", row.number, row.lesson, row.does)
		}
		links := slices.Concat(lessonLinks(row.lesson), lessonLinks(row.does), lessonLinks(row.shown))
		if len(links) == 0 {
			t.Errorf("lesson %d has neither a golden case nor a page", row.number)
		}
		for _, file := range links {
			if _, err := os.Stat(filepath.FromSlash(file)); err != nil {
				t.Errorf("lesson %d: %v", row.number, err)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lessons (-want +got):\n%s", diff)
	}
}

// TestLessonsGolden asserts that the table names each golden case that is
// numbered after a lesson, in the row of that lesson.
func TestLessonsGolden(t *testing.T) {
	var want, got []string
	files, err := filepath.Glob(lessonGolden + "/point-*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden cases of lessons: %v", err)
	}
	for _, file := range files {
		want = append(want, filepath.ToSlash(file))
	}
	for _, row := range lessonRows(t, read(t, lessonPage)) {
		prefix := fmt.Sprintf("%s/point-%02d-", lessonGolden, row.number)
		for _, file := range lessonLinks(row.shown) {
			if !strings.HasPrefix(file, prefix) {
				t.Errorf("lesson %d is shown by %s: want a file %s*", row.number, file, prefix)
			}
			got = append(got, file)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("golden cases (-files +table):\n%s", diff)
	}
}

// lessonSection returns a part of a lesson's golden case.
func lessonSection(t *testing.T, name, section string) string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join(lessonGolden, name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, section+".") {
			return string(f.Data)
		}
	}
	t.Fatalf("%s has no part %s", name, section)
	return ""
}

// TestLessonFilled fills the placeholders of what the tool wrote, as lessons 9
// and 10 ask: with words, and with nothing. Upstream's form breaks when empty,
// and what lesson 9 calls the old producer breaks both.
func TestLessonFilled(t *testing.T) {
	const glued, bare, old = `, "--a", "--b"`, `"--a", "--b"`, `--a --b`
	for _, test := range []struct {
		name, fill string
		valid      bool
	}{
		{"point-09-full-and-empty", glued, true},
		{"point-09-full-and-empty", "", true},
		{"point-09-full-and-empty", old, false},
		{"point-10-glued", glued, true},
		{"point-10-glued", "", true},
		{"point-10-glued", old, false},
		{"point-10-upstream", bare, true},
		{"point-10-upstream", "", false},
		{"point-17-order", glued, true},
		{"point-17-order", "", true},
	} {
		text := strings.ReplaceAll(lessonSection(t, test.name, "after"), "{{container_env}}", "")
		text = strings.NewReplacer("{{params}}", test.fill, "{{extra}}", test.fill).Replace(text)
		if got := json.Valid([]byte(text)); got != test.valid {
			t.Errorf("%s filled with %q: valid JSON is %v\n%s", test.name, test.fill, got, text)
		}
	}
}

// TestLessonMixedPod asserts the exit status of lesson 32: a pod that was
// converted in part is not done.
func TestLessonMixedPod(t *testing.T) {
	for name, want := range map[string]int{"point-32-mixed-pod": command.ExitFindings, "point-05-panics": command.ExitOK} {
		before := lessonSection(t, name, "before")
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("pod.yaml", []byte(before), 0o644); err != nil {
				t.Fatal(err)
			}
			var output strings.Builder
			c := command.Command{Stdout: &output, Stderr: &output}
			if status := c.Main([]string{"rewrite", "--exit-code", "pod.yaml"}); status != want {
				t.Errorf("exit status %d, want %d\n%s", status, want, output.String())
			}
		})
	}
}
