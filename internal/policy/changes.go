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

// Changes are the files and lines that a change touched, below the top of a
// repository.
type Changes struct {
	top   string // real path
	added map[string]bool
	lines map[string][]hunk
}

// hunk is a run of changed lines of the new file. Where lines were only taken
// out, it is the two lines around them: they may have been the last items of the
// command above, or the exception of the one below.
type hunk struct{ first, last int }

// NewChanges reads what git says of a change: the patch of `git diff --unified=0
// --src-prefix=a/ --dst-prefix=b/`, and the names of untracked files, each ended
// by NUL, both relative to the repository's top.
func NewChanges(top string, patch, untracked []byte) (*Changes, error) {
	c := &Changes{top: top, added: map[string]bool{}, lines: map[string][]hunk{}}
	for name := range bytes.SplitSeq(untracked, []byte{0}) {
		c.added[string(name)] = true
	}
	return c, c.read(patch)
}

var hunkHead = regexp.MustCompile(`^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@`)

// read reads a patch. The lines of a hunk are counted, not looked at: they may
// look like heads.
func (c *Changes) read(patch []byte) error {
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
			old, count := number(m[1], 1), number(m[3], 1)
			skip = old + count
			first := number(m[2], 0)
			last := first + count - 1
			if count == 0 {
				last = first + 1
			}
			c.lines[file] = append(c.lines[file], hunk{first, last})
		}
	}
	return nil
}

func number(text string, none int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return none
	}
	return n
}

// newName returns the name of the new file as a patch has it: in quotes where it
// holds odd characters, with a tab behind it where it holds blanks.
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

// Touched reports whether the change touched a file at all; an error says that
// the file is not in the repository.
func (c *Changes) Touched(file string) (bool, error) {
	name, err := c.name(file)
	if err != nil {
		return false, err
	}
	_, changed := c.lines[name]
	return changed || c.added[name], nil
}

// name returns a file's name in the repository. Links are followed.
func (c *Changes) name(file string) (string, error) {
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

// Keep leaves of a result the findings with a line that the change touched, all
// in a new file, and those about the file as a whole.
func (c *Changes) Keep(r *rewrite.Result) {
	name, err := c.name(r.Source.Name)
	if err != nil || c.added[name] {
		return
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f rewrite.Finding) bool {
		if f.Rule == rule.Unparsable || f.Rule == rule.TooLarge {
			return false
		}
		first, last := lines(f)
		return !slices.ContainsFunc(c.lines[name], func(h hunk) bool { return first <= h.last && h.first <= last })
	})
}
