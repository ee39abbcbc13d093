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

// relativePath returns a file's path below the report's folder, with slashes. For a file
// outside of the folder it returns the absolute path, and inside is false.
func (r *Report) relativePath(name string) (rel string, inside bool) {
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

// fingerprints counts findings with equal rule, place and command. The fingerprint of a finding
// is a hash of these and of the count, so it stays the same when lines move.
type fingerprints map[[sha256.Size]byte]int

// setFingerprint sets the fingerprint of a finding, unless another format did so before.
// Equal findings get different fingerprints, by their order.
func setFingerprint(r *Report, result *rewrite.Result, f *Finding) {
	if f.id != "" {
		return
	}
	if r.fingerprints == nil {
		r.fingerprints = fingerprints{}
	}
	file, _ := r.relativePath(f.File)
	parts := []string{f.Rule.Code, file, f.Kind, f.Object, f.Container, f.Site, commandText(result.Source, *f.Finding)}
	key := strings.Join(parts, "\x00")
	seen := sha256.Sum256([]byte(key))
	r.fingerprints[seen]++
	sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(r.fingerprints[seen])))
	f.id = hex.EncodeToString(sum[:16])
}

// commandText returns a finding's command as the file writes it, with each run of blanks and
// line breaks as one blank, so that indentation does not matter.
func commandText(src *source.Source, f rewrite.Finding) string {
	return strings.Join(strings.Fields(string(src.Text[f.StartOffset:f.EndOffset])), " ")
}

// advice returns the reviews and notes of a finding, each with a label.
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

// describeState returns in words whether a finding has a fix.
func describeState(f rewrite.Finding) string {
	switch {
	case f.Fix == nil && f.Rule.Advisory():
		return "advice"
	case f.Fix == nil:
		return "obstacle"
	}
	return fmt.Sprintf("fix, %s", f.Fix.Grade)
}
