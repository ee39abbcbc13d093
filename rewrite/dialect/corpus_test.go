package dialect

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// corpus returns the folder of real manifests, and skips the test without it.
func corpus(t testing.TB) string {
	dir := os.Getenv("SHELLFREE_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no corpus: %v", err)
	}
	return dir
}

// manifests calls fn for each manifest of the corpus.
func manifests(t testing.TB, fn func(name string, text []byte)) {
	dir := corpus(t)
	skipped := map[string]bool{"INDEX.tsv": true, "index.tsv": true, "expected.tsv": true, "commands.jsonl": true}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || skipped[d.Name()] {
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil {
			name, _ := filepath.Rel(dir, path)
			fn(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// parse decodes all documents of a text.
func parse(text []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var n yaml.Node
		if err := d.Decode(&n); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestCorpusParseRate(t *testing.T) {
	dialects, err := Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	files, first, second := 0, 0, 0
	manifests(t, func(name string, text []byte) {
		m := New(text, dialects)
		actions := 0
		for _, p := range m.Placeholders {
			if !p.OutsideScripts {
				actions++
			}
		}
		if actions == 0 {
			return
		}
		files++
		err := parse(m.Text)
		if err == nil {
			first++
			return
		}
		t.Logf("FIRST %s: %v", name, err)
		for v := range m.Variants() {
			if parse(v.Text) == nil {
				second++
				return
			}
		}
		t.Logf("%s: %v", name, err)
		if os.Getenv("DUMP") != "" {
			os.WriteFile("/tmp/dump/"+filepath.Base(name), m.Text, 0o644)
			os.WriteFile("/tmp/dump/"+filepath.Base(name)+".orig", text, 0o644)
		}
	})
	share := func(n int) float64 { return 100 * float64(n) / float64(files) }
	t.Logf("%d files with placeholders: %.1f %% parse at first, %.1f %% with variants", files, share(first), share(first+second))
}
