package command_test

import (
	"bufio"
	"bytes"
	"encoding/json"
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

// needCorpus returns the folder of real manifests, or skips where it is absent.
func needCorpus(t *testing.T) string {
	t.Helper()
	dir := corpusFolder()
	if dir == "" {
		t.Skip("no corpus of real manifests: set SHELLFREE_CORPUS to its folder")
	}
	return dir
}

// corpusFolder returns the folder of real manifests, "" where it is absent.
func corpusFolder() string {
	dir := os.Getenv("SHELLFREE_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	if _, err := os.Stat(filepath.Join(dir, "wild")); err != nil {
		return ""
	}
	return dir
}

// corpusPlace is the place by which a row of the corpus and a finding are matched. The
// lines of the rows are not exact enough for that.
type corpusPlace struct{ file, site, container string }

// TestCorpusCoverage asserts that nearly all shell commands that another tool extracted
// from real manifests get a finding. Most of the others have another name in the list,
// or are branches of one command. Args with a script get none if only the image knows
// the command (SF211).
func TestCorpusCoverage(t *testing.T) {
	wild := filepath.Join(needCorpus(t), "wild")
	rows := map[corpusPlace]int{}
	total := 0
	for _, r := range readCommands(t, filepath.Join(wild, "commands.jsonl")) {
		if r.Embedded != "" || !files.IsManifestName(r.File) {
			continue
		}
		rows[corpusPlace{r.File, r.site(), r.Name}]++
		total++
	}
	found := map[corpusPlace]int{}
	codes := map[string]int{}
	for _, name := range corpusFiles(rows) {
		for _, f := range judgeFile(t, filepath.Join(wild, name), name).Findings {
			codes[f.Rule.Code]++
			if !f.Rule.Advisory() {
				found[corpusPlace{f.File, f.Site, f.Container}]++
			}
		}
	}
	missed := 0
	for p, n := range rows {
		if lack := n - found[p]; lack > 0 {
			missed += lack
			t.Logf("no finding: %s %s %s (%d of %d)", p.file, p.site, p.container, lack, n)
		}
	}
	t.Logf("%d of %d rows have a finding (%.1f %%); by code %v", total-missed, total, 100*float64(total-missed)/float64(total), codes)
	if 100*missed > 3*total {
		t.Errorf("%d of %d rows have no finding, at most 3 %% may", missed, total)
	}
}

type commandRow struct {
	File     string
	Tier     string
	Where    string
	Name     string
	Line     int
	Class    string
	Embedded string `json:"embedded_in"`
}

func (r commandRow) site() string {
	if r.Where == "init" {
		return "initContainer"
	}
	return r.Where
}

func readCommands(t *testing.T, path string) []commandRow {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows []commandRow
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var r commandRow
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

func corpusFiles(rows map[corpusPlace]int) []string {
	var names []string
	for p := range rows {
		names = append(names, p.file)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func judgeFile(t *testing.T, path, name string, flags ...string) *rewrite.Result {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return rewrite.New(parseFlags(t, flags)).File(name, text)
}

// TestCorpusExpected compares the log redirections of the corpus with a table that was
// made by hand: with the runner, and in auto with sink and grade.
func TestCorpusExpected(t *testing.T) {
	wild := filepath.Join(needCorpus(t), "wild")
	rows := readTable(t, filepath.Join(wild, "expected.tsv"))
	var runner, auto, wrong int
	for _, row := range rows {
		where := row["file"] + " " + row["container"]
		f := containerFinding(judgeFile(t, filepath.Join(wild, row["file"]), row["file"], "--log-sink=runner"), row)
		got := gradeText(f, false)
		if got == row["runner"] {
			runner++
		} else {
			t.Logf("runner %s: want %s, got %s: %s", where, row["runner"], got, findingText(f))
		}
		f = containerFinding(judgeFile(t, filepath.Join(wild, row["file"]), row["file"]), row)
		want := row["auto"]
		if want != "obstacle" {
			want += " " + row["grade"]
		}
		if got := gradeText(f, true); got == want {
			auto++
		} else {
			t.Logf("auto %s: want %s, got %s: %s", where, want, got, findingText(f))
			if f != nil && f.Fix != nil && f.Sink != row["auto"] {
				wrong++
			}
		}
		if f != nil {
			t.Logf("%s: program %s version %q sink %q %s", where, f.Program, f.Version, f.Sink, gradeText(f, true))
		}
	}
	n := len(rows)
	t.Logf("%d rows: %d agree with the runner, %d in auto, %d get a wrong sink", n, runner, auto, wrong)
	if 100*runner < 95*n || 100*auto < 90*n || wrong > 0 {
		t.Error("at least 95 % must agree with the runner, 90 % in auto, none may get a wrong sink")
	}
}

func findingText(f *rewrite.Finding) string {
	if f == nil {
		return "no finding"
	}
	return f.Rule.Code + " " + f.Message
}

func gradeText(f *rewrite.Finding, auto bool) string {
	switch {
	case f == nil:
		return "nothing"
	case f.Fix == nil:
		return "obstacle"
	case auto:
		return f.Sink + " " + string(f.Fix.Grade)
	}
	return "fix"
}

func containerFinding(r *rewrite.Result, row map[string]string) *rewrite.Finding {
	for i, f := range r.Findings {
		if f.Container == row["container"] && f.Site == "container" {
			return &r.Findings[i]
		}
	}
	return nil
}

func readTable(t *testing.T, path string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[head[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// TestCorpusUntouched asserts for every file of the corpus that only the lines of
// findings change, that a second run changes nothing, and that there is no SF090.
func TestCorpusUntouched(t *testing.T) {
	dir := needCorpus(t)
	count := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !files.IsManifestName(path) && !strings.Contains(path, "cloud-config") {
			return err
		}
		for _, flags := range [][]string{nil, {"--log-sink=runner", "--placeholder=*=words"}} {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			checkUntouched(t, path, text, flags, count)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", count)
}

func checkUntouched(t *testing.T, path string, text []byte, flags []string, count map[string]int) {
	engine := rewrite.New(parseFlags(t, flags))
	r := engine.File(path, text)
	count["files"]++
	if !r.Parsed {
		count["skipped"]++
	}
	for _, f := range r.Findings {
		count[f.Rule.Code]++
		if f.Rule == rule.InternalCheck {
			t.Errorf("%s:%d: %s", path, f.Start.Line, f.Message)
		}
		if f.Rule == rule.Unlocatable || f.Rule == rule.Unparsable {
			t.Logf("%s:%d: %s %s", path, f.Start.Line, f.Rule.Code, f.Message)
		}
	}
	all := func(rewrite.Finding) bool { return true }
	edits := r.Edits(all)
	after, err := edit.Apply(text, edits)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	checkOutside(t, text, after, r, edits)
	for _, f := range engine.File(path, after).Findings {
		if f.Fix != nil {
			t.Errorf("%s:%d: a second run would change it again: %s", path, f.Start.Line, f.Message)
		}
	}
}
