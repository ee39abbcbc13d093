package policy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"shellfree/internal/files"
	"shellfree/rewrite"
)

// baselineSize is the largest baseline to read, in bytes.
const baselineSize = 64 << 20

// Baseline is the number of findings at the time when it was written. They are
// counted by rule, file, object and container, not by line, so that lines may move.
type Baseline struct {
	file    string
	written map[baselineKey]int // the counts of the file
	found   map[baselineKey]int // the counts of this run
	writing bool                // the counts of this run will be written to the file
}

// baselineKey is the rule and the place of findings that are counted together.
type baselineKey struct {
	File      string `json:"file"` // path relative to the baseline's folder, with slashes
	Kind      string `json:"kind"`
	Object    string `json:"object"`
	Container string `json:"container"`
	Rule      string `json:"rule"`
}

// String returns the place for messages: a.yaml, Pod etcd, container etcd.
func (p baselineKey) String() string {
	text := p.File
	if p.Object != "" {
		text += ", " + strings.TrimSpace(p.Kind+" "+p.Object)
	}
	if p.Container != "" {
		text += ", container " + p.Container
	}
	return text
}

// baselineEntry is an entry of the file.
type baselineEntry struct {
	baselineKey
	Count int `json:"count"`
}

// baselineFile is the file: version 1, the entries sorted.
type baselineFile struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`
}

// ReadBaseline reads a baseline. With writing it need not exist, and it will cover
// all findings of this run.
func ReadBaseline(file string, writing bool) (*Baseline, error) {
	b := &Baseline{file: file, writing: writing, written: map[baselineKey]int{}, found: map[baselineKey]int{}}
	text, err := files.Read(file, baselineSize)
	switch {
	case errors.Is(err, fs.ErrNotExist) && writing:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the baseline %s does not exist: write it with --write-baseline", file)
	case err != nil:
		return nil, fmt.Errorf("the baseline can't be read: %w: mend it, or name another file with --baseline", err)
	}
	return b, b.parse(text)
}

// parse reads the text of a baseline.
func (b *Baseline) parse(text []byte) error {
	var content baselineFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&content); err != nil {
		return fmt.Errorf("%s is not a baseline, %w: mend it, or delete it and write it with --write-baseline", b.file, err)
	}
	if content.Version != 1 {
		return fmt.Errorf("%s is a baseline of version %d, not 1: delete it and write it with --write-baseline", b.file, content.Version)
	}
	for _, c := range content.Findings {
		b.written[c.baselineKey] += c.Count
	}
	return nil
}

// key returns the key of a finding. It returns false for findings about exceptions,
// which a baseline never covers.
func (b *Baseline) key(f rewrite.Finding) (baselineKey, bool) {
	return baselineKey{b.relativePath(f.File), f.Kind, f.Object, f.Container, f.Rule.Code}, !f.Rule.OfExceptions()
}

func (b *Baseline) relativePath(file string) string {
	base, err := filepath.Abs(filepath.Dir(b.file))
	if err != nil {
		return file
	}
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(base, abs)
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}

// RemoveKnown removes the findings that the baseline covers from a result, and
// returns their number. If there are more than the baseline counts, the last ones
// stay.
func (b *Baseline) RemoveKnown(r *rewrite.Result) int {
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f rewrite.Finding) bool {
		at, ok := b.key(f)
		if !ok {
			return false
		}
		b.found[at]++
		return b.writing || b.found[at] <= b.written[at]
	})
	return before - len(r.Findings)
}

// FindStale returns a sentence for each entry that counts more findings than the run
// found. Entries of files that the run did not read are skipped.
func (b *Baseline) FindStale(seen Coverage) []string {
	var all []string
	for _, at := range sortedKeys(b.written) {
		if n, was := b.found[at], b.written[at]; n < was && seen.Holds(b.filePath(at)) {
			all = append(all, fmt.Sprintf("baseline %s is stale: it counts %d of %s in %s, found %d: shrink it with --write-baseline", b.file, was, at.Rule, at, n))
		}
	}
	return all
}

func (b *Baseline) filePath(at baselineKey) string {
	return filepath.Join(filepath.Dir(b.file), filepath.FromSlash(at.File))
}

// Write writes the counts of the run. Entries of files that the run did not read
// stay.
func (b *Baseline) Write(seen Coverage) error {
	counts := map[baselineKey]int{}
	for at, n := range b.written {
		if !seen.Holds(b.filePath(at)) {
			counts[at] = n
		}
	}
	for at, n := range b.found {
		counts[at] = n
	}
	return files.Create(filepath.Dir(b.file), filepath.Base(b.file), encodeBaseline(counts))
}

// encodeBaseline returns the text of a baseline, with each entry on one line, so
// that diffs are short.
func encodeBaseline(counts map[baselineKey]int) []byte {
	var b bytes.Buffer
	b.WriteString("{\n  \"version\": 1,\n  \"findings\": [")
	separator := "\n    "
	for _, at := range sortedKeys(counts) {
		b.WriteString(separator)
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(baselineEntry{at, counts[at]}) == nil { // a struct of strings always encodes
			b.Truncate(b.Len() - 1)
		}
		separator = ",\n    "
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()
}

func sortedKeys(counts map[baselineKey]int) []baselineKey {
	var all []baselineKey
	for at := range counts {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b baselineKey) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Object, b.Object),
			cmp.Compare(a.Container, b.Container), cmp.Compare(a.Rule, b.Rule))
	})
	return all
}
