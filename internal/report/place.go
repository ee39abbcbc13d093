package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// relative returns a file's path below the report's folder, with slashes. A file
// outside of it keeps its absolute path, and inside is false.
func (r *Report) relative(name string) (rel string, inside bool) {
	if r.Folder == "" {
		return path.Clean(name), !path.IsAbs(name)
	}
	abs := filepath.FromSlash(name)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(r.Folder, abs)
	}
	rel, err := filepath.Rel(r.Folder, abs)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(abs), false
	}
	return filepath.ToSlash(rel), true
}

// fingerprints counts the findings that are alike, to name each so that they are known again when their lines
// move: nothing of a name but the last number depends on what stands elsewhere.
type fingerprints map[[sha256.Size]byte]int

// identify keeps the fingerprint of the next finding of a file, unless another
// format did. Findings that are alike are told apart by their order.
func identify(r *Report, result *rewrite.Result, f *Finding) {
	if f.id != "" {
		return
	}
	if r.names == nil {
		r.names = fingerprints{}
	}
	file, _ := r.relative(f.File)
	parts := []string{f.Rule.Code, file, f.Kind, f.Object, f.Container, f.Site, commandText(result.Source, *f.Finding)}
	key := strings.Join(parts, "\x00")
	seen := sha256.Sum256([]byte(key))
	r.names[seen]++
	sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(r.names[seen])))
	f.id = hex.EncodeToString(sum[:16])
}

// commandText returns a finding's command as the file has it, each run of blanks
// as one: indentation is no part of what a command is.
func commandText(src *source.Source, f rewrite.Finding) string {
	return strings.Join(strings.Fields(string(src.Text[f.StartOffset:f.EndOffset])), " ")
}

// advice returns the sentences below a finding's message, each with what it is.
func advice(f rewrite.Finding) []string {
	var all []string
	for _, s := range f.Sentences() {
		all = append(all, "review: "+s)
	}
	for _, s := range f.Notes {
		all = append(all, "note: "+s)
	}
	return all
}

// state says in words whether a finding has a fix.
func state(f rewrite.Finding) string {
	switch {
	case f.Fix == nil && f.Rule.Advisory():
		return "advice"
	case f.Fix == nil:
		return "obstacle"
	}
	return fmt.Sprintf("fix, %s", f.Fix.Grade)
}
