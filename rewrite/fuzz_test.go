package rewrite_test

import (
	"bytes"
	"encoding/json"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/transforms"
)

// engine returns an engine with the options that the command has by default.
func engine(t testing.TB, sink string) *rewrite.Engine {
	t.Helper()
	return rewrite.New(engineOptions(t, sink, "/go-runner"))
}

// engineOptions returns those options.
func engineOptions(t testing.TB, sink, runner string) rewrite.Options {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, transforms.Options{Sink: sink, RunnerPath: runner})
	if err != nil {
		t.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	return rewrite.Options{Dialects: dialects, Converter: converter}
}

func anyFinding(rewrite.Finding) bool { return true }

// FuzzFile: whatever the bytes, the engine does not panic, reports each shell
// command once, and rewriting its own output changes nothing.
func FuzzFile(f *testing.F) {
	cases, err := filepath.Glob("../testdata/golden/*.txtar")
	if err != nil || len(cases) == 0 {
		f.Fatal("no golden cases to begin with")
	}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	e := engine(f, "runner")
	f.Fuzz(func(t *testing.T, text []byte) {
		result := e.File("fuzz", bytes.Clone(text))
		checkPlaces(t, text, result)
		if n, ok := shellsInJSON(text); ok && result.Parsed && n != conversions(result) {
			t.Errorf("%d shell commands, %d findings", n, conversions(result))
		}
		after, err := edit.Apply(text, result.Edits(anyFinding))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range e.File("fuzz", after).Findings {
			if f.Fix != nil {
				t.Errorf("a second run would change it again: %s\n%s", f.Message, after)
			}
		}
	})
}

// conversions counts the findings of conversion rules.
func conversions(r *rewrite.Result) int {
	n := 0
	for _, f := range r.Findings {
		if !f.Rule.Advisory() {
			n++
		}
	}
	return n
}

// checkPlaces: findings lie within the text, and no two of conversion rules in
// the same place, but for those of commands that are reached through one alias.
func checkPlaces(t *testing.T, text []byte, r *rewrite.Result) {
	seen := map[int]bool{}
	for _, f := range r.Findings {
		if f.StartOffset < 0 || f.EndOffset < f.StartOffset || f.EndOffset > len(text) || f.Start.Line < 1 || f.Start.Column < 1 {
			t.Errorf("%s at %d-%d of %d bytes", f.Rule.Code, f.StartOffset, f.EndOffset, len(text))
		}
		if !f.Rule.Advisory() {
			if seen[f.StartOffset] && !bytes.ContainsAny(text[f.StartOffset:min(f.StartOffset+1, len(text))], "*[") {
				t.Errorf("two findings at byte %d", f.StartOffset)
			}
			seen[f.StartOffset] = true
		}
		if f.Message == "" || f.Rule.Code == "" || strings.Contains(f.Message, "the program stopped") {
			t.Errorf("a finding says nothing, or that something went wrong: %+v", f)
		}
	}
}

// shellsInJSON counts the containers of a JSON text whose command begins with
// a shell, by other means than the engine's. It is false where that doesn't tell how
// many findings there are: args alone may have one too.
func shellsInJSON(text []byte) (n int, ok bool) {
	if bytes.Contains(text, []byte("{{")) || bytes.Contains(text, []byte("__")) || bytes.Count(text, []byte("command")) != bytes.Count(text, []byte(`"command":["sh"`)) {
		return 0, false
	}
	var root any
	if json.Unmarshal(text, &root) != nil {
		return 0, false
	}
	argsAlone := false
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			argsAlone = argsAlone || v["args"] != nil && v["command"] == nil
			for key, value := range v {
				list, isList := value.([]any)
				for _, item := range list {
					if c, ok := item.(map[string]any); ok && isList && key == "containers" && startsShell(c["command"]) {
						n++
					}
				}
				walk(value)
			}
		}
	}
	walk(root)
	return n, !argsAlone && bytes.Count(text, []byte("containers")) == 1 && bytes.Count(text, []byte(`"command"`)) == n
}

func startsShell(command any) bool {
	list, _ := command.([]any)
	if len(list) == 0 {
		return false
	}
	first, _ := list[0].(string)
	return path.Base(first) == "sh" && !strings.Contains(first, " ")
}

// BenchmarkFile judges files in which every container starts a shell, in bytes
// of manifest a second; each size twice the one before must take about twice
// the time.
func BenchmarkFile(b *testing.B) {
	e := engine(b, "auto")
	for _, n := range []int{1, 100, 200, 400} {
		text := []byte("kind: Pod\nspec:\n  containers:\n" + strings.Repeat("  - name: a\n    image: kube-scheduler:v1.24.1\n    command: [sh, -c, exec kube-scheduler --v=2 >>/var/log/s.log 2>&1]\n", n))
		b.Run(strconv.Itoa(n)+"-containers", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if r := e.File("b", text); len(r.Findings) != n || r.Findings[0].Fix == nil {
					b.Fatalf("%d findings, want %d fixes", len(r.Findings), n)
				}
			}
		})
	}
}
