package policy

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
)

// Changes are the files and lines of a repository that a change touched.
type Changes struct {
	top   string // real path
	added map[string]bool
	lines map[string][]hunk
}

// hunk is a range of changed lines of the new file. Where lines were only removed,
// it is the line before and the line after them: the removed lines may have been the
// last items of the command above, or the exception of the command below.
type hunk struct{ first, last int }

// NewChanges reads the output of git: the patch of `git diff --unified=0
// --src-prefix=a/ --dst-prefix=b/`, and the names of untracked files, each followed
// by NUL. All names are relative to the repository's top.
func NewChanges(top string, patch, untracked []byte) (*Changes, error) {
	c := &Changes{top: top, added: map[string]bool{}, lines: map[string][]hunk{}}
	for name := range bytes.SplitSeq(untracked, []byte{0}) {
		c.added[string(name)] = true
	}
	return c, c.readPatch(patch)
}

var hunkHead = regexp.MustCompile(`^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@`)

// readPatch reads a patch. It skips the lines of a hunk by their number, since they
// may look like headers.
func (c *Changes) readPatch(patch []byte) error {
	file, skip := "", 0
	for line := range bytes.Lines(patch) {
		text := strings.TrimSuffix(string(line), "\n")
		switch {
		case strings.HasPrefix(text, `\`): // no newline at end of file
		case skip > 0:
			skip--
		case strings.HasPrefix(text, "+++ "):
			name, err := newName(text[len("+++ "):])
			if err != nil {
				return err
			}
			file = name
			c.lines[file] = nil
		case strings.HasPrefix(text, "@@ "):
			m := hunkHead.FindStringSubmatch(text)
			if m == nil {
				return fmt.Errorf("git printed a hunk that can't be read, %q: check with git diff", text)
			}
			old, count := parseNumber(m[1], 1), parseNumber(m[3], 1)
			skip = old + count
			first := parseNumber(m[2], 0)
			last := first + count - 1
			if count == 0 {
				last = first + 1
			}
			c.lines[file] = append(c.lines[file], hunk{first, last})
		}
	}
	return nil
}

func parseNumber(text string, none int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return none
	}
	return n
}

// newName returns the name of the new file from a line of the patch. The patch quotes
// a name with special characters, and adds a tab to one with blanks.
func newName(text string) (string, error) {
	text = strings.TrimSuffix(text, "\t")
	if strings.HasPrefix(text, `"`) {
		name, err := strconv.Unquote(text)
		if err != nil {
			return "", fmt.Errorf("git printed a name that can't be read, %s: check with git diff", text)
		}
		text = name
	}
	return strings.TrimPrefix(text, "b/"), nil
}

// Touches reports whether the change touched a file. A file outside of the repository
// is an error.
func (c *Changes) Touches(file string) (bool, error) {
	name, err := c.repositoryName(file)
	if err != nil {
		return false, err
	}
	_, changed := c.lines[name]
	return changed || c.added[name], nil
}

// repositoryName returns a file's path below the repository's top. Links are followed.
func (c *Changes) repositoryName(file string) (string, error) {
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	rel, err := filepath.Rel(c.top, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is not in the repository %s: leave it out, or run without --changed-since", file, c.top)
	}
	return filepath.ToSlash(rel), nil
}

// KeepTouched removes the findings whose lines the change did not touch from a result.
// Findings in a new file stay, and so do those about the file as a whole.
func (c *Changes) KeepTouched(r *rewrite.Result) {
	name, err := c.repositoryName(r.Source.Name)
	if err != nil || c.added[name] {
		return
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f rewrite.Finding) bool {
		if f.Rule == rule.Unparsable || f.Rule == rule.TooLarge {
			return false
		}
		first, last := commandLines(f)
		return !slices.ContainsFunc(c.lines[name], func(h hunk) bool { return first <= h.last && h.first <= last })
	})
}
