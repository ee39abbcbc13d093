package dialect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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

// isMasked reports a file that holds more than <x>, which is never masked.
func isMasked(m *Mask) bool {
	return slices.ContainsFunc(m.Placeholders, func(p Placeholder) bool { return !p.OutsideScripts })
}

func TestCorpusParseRate(t *testing.T) {
	dialects := dialectsNamed(t)
	files, first, later := 0, 0, 0
	manifests(t, func(name string, text []byte) {
		m := New(text, dialects)
		if !isMasked(m) {
			return
		}
		files++
		err := parse(m.Text)
		if err == nil {
			first++
			return
		}
		for v := range m.Variants() {
			if parse(v.Text) == nil {
				later++
				return
			}
		}
		t.Logf("%s: %v", name, err)
	})
	atFirst, withVariants := 100*float64(first)/float64(files), 100*float64(first+later)/float64(files)
	t.Logf("%d files with placeholders: %.1f %% parse at first, %.1f %% with variants", files, atFirst, withVariants)
	if atFirst < 93 || withVariants < 96 {
		t.Errorf("%.1f %% parse at first and %.1f %% with variants, want 93 and 96", atFirst, withVariants)
	}
}

// TestCorpusStrictJSON: of the files that begin with a brace only those with a
// comment may not become strict JSON.
func TestCorpusStrictJSON(t *testing.T) {
	dialects := dialectsNamed(t)
	strict := 0
	manifests(t, func(name string, text []byte) {
		m := New(text, dialects)
		if !m.IsJSON() || !isMasked(m) {
			return
		}
		if json.Valid(m.Text) {
			strict++
		} else if !bytes.Contains(text, []byte(" # ")) {
			t.Errorf("%s: masked text is not strict JSON", name)
		}
	})
	t.Logf("%d files are strict JSON", strict)
	if strict == 0 {
		t.Error("no file with placeholders is strict JSON")
	}
}

func TestCorpusMasksAreSound(t *testing.T) {
	dialects := dialectsNamed(t)
	manifests(t, func(name string, text []byte) {
		m := New(text, dialects)
		if problem := maskFault(text, m); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
		for v := range m.Variants() {
			if problem := maskFault(text, v); problem != "" {
				t.Errorf("%s: variant: %s", name, problem)
			}
		}
	})
}
