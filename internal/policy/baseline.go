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

// Baseline holds how many findings there were when it was written. It counts by
// rule, file, object and container, not by line, so that lines may move.
type Baseline struct {
	file    string
	written map[place]int // what the file says
	found   map[place]int // what this run found
	writing bool          // what this run found will be written
}

// place is what findings are counted by.
type place struct {
	File      string `json:"file"` // relative to the baseline's folder, with slashes
	Kind      string `json:"kind"`
	Object    string `json:"object"`
	Container string `json:"container"`
	Rule      string `json:"rule"`
}

// String names the place as people do: a.yaml, Pod etcd, container etcd.
func (p place) String() string {
	text := p.File
	if p.Object != "" {
		text += ", " + strings.TrimSpace(p.Kind+" "+p.Object)
	}
	if p.Container != "" {
		text += ", container " + p.Container
	}
	return text
}

// count is an entry of the file.
type count struct {
	place
	Count int `json:"count"`
}

// baselineFile is the file: version 1, the entries sorted.
type baselineFile struct {
	Version  int     `json:"version"`
	Findings []count `json:"findings"`
}

// ReadBaseline reads a baseline. Where it is to be written again, all findings
// are its, and it need not be there.
func ReadBaseline(file string, writing bool) (*Baseline, error) {
	b := &Baseline{file: file, writing: writing, written: map[place]int{}, found: map[place]int{}}
	text, err := files.Read(file, baselineSize)
	switch {
	case errors.Is(err, fs.ErrNotExist) && writing:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the baseline %s is not there: write it with --write-baseline", file)
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
		return fmt.Errorf("%s is no baseline, %w: mend it, or delete it and write it with --write-baseline", b.file, err)
	}
	if content.Version != 1 {
		return fmt.Errorf("%s is no baseline of version 1 but of %d: delete it and write it with --write-baseline", b.file, content.Version)
	}
	for _, c := range content.Findings {
		b.written[c.place] += c.Count
	}
	return nil
}

// at returns what a finding is counted by; false for findings about exceptions,
// which are to be seen whenever they occur.
func (b *Baseline) at(f rewrite.Finding) (place, bool) {
	return place{b.relative(f.File), f.Kind, f.Object, f.Container, f.Rule.Code}, !f.Rule.OfExceptions()
}

func (b *Baseline) relative(file string) string {
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

// Take takes the findings out of a result that the baseline has, and returns how
// many. Of more findings than it has, the last are left.
func (b *Baseline) Take(r *rewrite.Result) int {
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f rewrite.Finding) bool {
		at, ok := b.at(f)
		if !ok {
			return false
		}
		b.found[at]++
		return b.writing || b.found[at] <= b.written[at]
	})
	return before - len(r.Findings)
}

// Stale returns a sentence for each entry that counts more than the run found,
// where the run looked.
func (b *Baseline) Stale(seen Coverage) []string {
	var all []string
	for _, at := range sorted(b.written) {
		if n, was := b.found[at], b.written[at]; n < was && seen.Holds(b.path(at)) {
			all = append(all, fmt.Sprintf("baseline %s is stale: it counts %d of %s in %s, found %d: shrink it with --write-baseline", b.file, was, at.Rule, at, n))
		}
	}
	return all
}

func (b *Baseline) path(at place) string {
	return filepath.Join(filepath.Dir(b.file), filepath.FromSlash(at.File))
}

// Write writes what the run found. Entries of files that it did not look at stay.
func (b *Baseline) Write(seen Coverage) error {
	counts := map[place]int{}
	for at, n := range b.written {
		if !seen.Holds(b.path(at)) {
			counts[at] = n
		}
	}
	for at, n := range b.found {
		counts[at] = n
	}
	return files.Create(filepath.Dir(b.file), filepath.Base(b.file), encode(counts))
}

// encode writes a line for each entry, so that a change of one is one of a line.
func encode(counts map[place]int) []byte {
	var b bytes.Buffer
	b.WriteString("{\n  \"version\": 1,\n  \"findings\": [")
	separator := "\n    "
	for _, at := range sorted(counts) {
		b.WriteString(separator)
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(count{at, counts[at]}) == nil { // a struct of strings always encodes
			b.Truncate(b.Len() - 1)
		}
		separator = ",\n    "
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()
}

func sorted(counts map[place]int) []place {
	var all []place
	for at := range counts {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Object, b.Object),
			cmp.Compare(a.Container, b.Container), cmp.Compare(a.Rule, b.Rule))
	})
	return all
}
