package transforms

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shellfree/rewrite/invocation"
)

// TestCorpus compares auto and runner with the outcomes that the corpus expects
// of its containers, where the program, its version and its streams decide.
func TestCorpus(t *testing.T) {
	var tested int
	for _, row := range expectations(t) {
		if aboutWords(row["why"]) {
			continue
		}
		tested++
		inv := invocation.Invocation{Words: invocation.Texts("/" + row["program"])}
		inv.Stdout, inv.Stderr = streams(t, map[string]string{"both": ">>F 2>&1", "stdout": "2>&1 >>F"}[row["streams"]])
		image := "registry/" + row["program"] + ":" + row["version"]
		if row["version"] == "?" {
			image = "registry/" + row["program"] + ":{{tag}}"
		}
		target := invocation.Target{Image: image, Output: true}
		where := row["file"] + " " + row["container"]
		auto := convert(t, Options{}, target, inv)
		if got := outcome(auto); got != row["auto"] {
			t.Errorf("%s: auto gives %s (%s), want %s", where, got, auto.Obstacle, row["auto"])
		}
		if row["grade"] == "review" && len(auto.Review) == 0 {
			t.Errorf("%s: auto is safe, want a review", where)
		}
		runner := convert(t, Options{Sink: "runner"}, target, inv)
		if (runner.Obstacle == "") != (row["runner"] == "fix") {
			t.Errorf("%s: the runner gives the obstacle %q, want %s", where, runner.Obstacle, row["runner"])
		}
	}
	if tested < 40 {
		t.Errorf("only %d containers of the corpus were tested", tested)
	}
}

// aboutWords reports whether a row's outcome comes from the script's words,
// which are judged before any log sink.
func aboutWords(why string) bool {
	for _, part := range []string{"$(CONTENT_TYPE)", "is not declared", "are not in the container's environment"} {
		if strings.Contains(why, part) {
			return true
		}
	}
	return false
}

func outcome(c invocation.Conversion) string {
	if c.Obstacle != "" {
		return "obstacle"
	}
	return c.Sink.Name
}

func convert(t *testing.T, o Options, target invocation.Target, inv invocation.Invocation) invocation.Conversion {
	t.Helper()
	converter, err := New(load(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return converter.Convert(target, inv)
}

func expectations(t *testing.T) []map[string]string {
	t.Helper()
	root := os.Getenv("SHELLFREE_CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(root, "wild", "expected.tsv"))
	if err != nil {
		t.Skip("no corpus: ", err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.Comma, reader.LazyQuotes = '\t', true
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, column := range rows[0] {
			named[column] = row[i]
		}
		all = append(all, named)
	}
	return all
}
