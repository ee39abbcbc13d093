package command_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/internal/command"
)

// ownProducer is a template that sets one of its own placeholders, with shell quotes in
// the value.
const ownProducer = `{% set params = "--a 'b c'" -%}
kind: Pod
metadata:
  name: kube-scheduler
  labels: {params: "{{params}}"}
spec:
  containers:
  - name: kube-scheduler
    image: registry.k8s.io/kube-scheduler:v1.24.1
    command: ["/bin/sh", "-c", "exec kube-scheduler {{params}} {{ more }} >>/var/log/a.log 2>&1"]
`

// TestResultCache asserts that the cache changes no output. It compares a tree of files
// with the same bytes with a tree in which each file has other blank lines at its end.
// Names, extensions and the lines that fill placeholders must be right for each file.
func TestResultCache(t *testing.T) {
	const folders = 3
	tree := func(differ bool) string {
		var files txtar.Archive
		add := func(path, text string) {
			files.Files = append(files.Files, txtar.File{Name: path, Data: []byte(text)})
		}
		paths, err := filepath.Glob("../../testdata/golden/*.txtar")
		if err != nil || len(paths) == 0 {
			t.Fatalf("no golden cases: %v", err)
		}
		for i := range folders {
			folder := string(rune('a' + i))
			behind := "\n\n\n\n" // more lines than the context of a diff
			if differ {
				behind += strings.Repeat("\n", i)
			}
			add(folder+"/own.yaml", ownProducer+behind)
			for _, path := range paths {
				name, before := readGolden(t, path).section("before")
				path := folder + "/" + strings.TrimSuffix(filepath.Base(path), ".txtar")
				add(path+filepath.Ext(name), string(before)+behind)
				if bytes.Contains(before, []byte("{{")) {
					add(path+".j2", string(before)+behind)
				}
			}
		}
		dir := t.TempDir()
		if err := txtar.Write(&files, dir); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	same, different := tree(false), tree(true)
	for _, args := range [][]string{{"check", "--format=json", "."}, {"check", "."}, {"diff", "."}, {"check", "--format=sarif", "c", "a"}} {
		told := func(dir string) string {
			t.Chdir(dir)
			var out bytes.Buffer
			(&command.Command{Stdout: &out, Stderr: &out}).Main(args)
			return out.String()
		}
		if diff := cmp.Diff(told(different), told(same)); diff != "" {
			t.Errorf("%q (-different +same):\n%s", args, diff)
		}
	}
}
