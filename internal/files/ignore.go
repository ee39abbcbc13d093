package files

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ignores holds the rules of gitignore(5) at a folder: .git/info/exclude of the
// repository, and .gitignore of each folder from its top down to this one.
// Where there is no repository, the folder that is walked counts as its top.
// A repository inside of another has its own rules only.
//
// Not known here: that a file is tracked (git keeps it whatever the rules say),
// the user's core.excludesFile, info/exclude of a linked work tree, and classes
// such as [[:alpha:]]. ? and [!a] match a character here, in git a byte. Of
// rules with several ** a few differ, which TestIgnoreRandom counts.
type ignores struct {
	folder   []string // below the top
	patterns []pattern
}

// above returns the rules that hold in a folder (by its real path), those of
// the folders above it included, and whether git ignores the folder itself.
func above(real string) (ig *ignores, ignored bool, err error) {
	top := real
	for !isRepository(top) {
		parent := filepath.Dir(top)
		if parent == top {
			ig, err = repository(real)
			return ig, false, err
		}
		top = parent
	}
	ig, err = repository(top)
	for at := top; at != real; {
		name, _, _ := strings.Cut(strings.TrimPrefix(real[len(at):], string(filepath.Separator)), string(filepath.Separator))
		if ig.match(name, true) {
			return ig, true, err
		}
		at = filepath.Join(at, name)
		inner, bad := ig.enter(name, at, exists(at))
		ig, err = inner, errors.Join(err, bad)
	}
	return ig, false, err
}

func isRepository(folder string) bool { return exists(folder)(".git") }

// exists returns what tells whether a file of a name stands in a folder.
func exists(folder string) func(name string) bool {
	return func(name string) bool {
		_, err := os.Lstat(filepath.Join(folder, name))
		return err == nil
	}
}

// repository returns the rules at a repository's top.
func repository(real string) (*ignores, error) {
	ig := &ignores{}
	err := errors.Join(ig.read(filepath.Join(real, ".git", "info", "exclude")), ig.read(filepath.Join(real, ".gitignore")))
	return ig, err
}

// enter returns the rules inside of the folder name, whose real path is real;
// holds tells what files stand there. The rules are complete but for the file
// that an error names.
func (ig *ignores) enter(name, real string, holds func(string) bool) (*ignores, error) {
	switch {
	case ig == nil: // nothing is ignored
		return nil, nil
	case holds(".git"):
		return repository(real)
	}
	inner := &ignores{append(slices.Clip(ig.folder), name), slices.Clip(ig.patterns)}
	if !holds(".gitignore") {
		return inner, nil
	}
	err := inner.read(filepath.Join(real, ".gitignore"))
	return inner, err
}

// read adds the rules of a file, if it is there. As git does, it follows no
// link, and leaves a byte order mark and CRs out.
func (ig *ignores) read(file string) error {
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	text, err := os.ReadFile(file)
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		rule := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
		if rule != "" && rule[0] != '#' {
			ig.patterns = append(ig.patterns, newPattern(rule, ig.folder))
		}
	}
	return err
}

// match tells whether the rules ignore what stands in this folder by a name:
// the last rule that matches decides.
func (ig *ignores) match(name string, isDir bool) bool {
	if ig == nil || len(ig.patterns) == 0 {
		return false
	}
	at := append(slices.Clip(ig.folder), name)
	for _, p := range slices.Backward(ig.patterns) {
		if result := p.match(at, isDir); result != gitignore.NoMatch {
			return result == gitignore.Exclude
		}
	}
	return false
}

// pattern is one rule. go-git takes a rule that matches a parent folder for a
// match too, which would let the parent's negation free each file inside; so
// it is asked only where the rule can match the path itself.
type pattern struct {
	gitignore.Pattern
	folder   []string // where the rule stands, below the top
	names    []string // of a rule with a slash: its parts
	negation string   // "!" or nothing
	dirOnly  bool
}

func newPattern(rule string, folder []string) pattern {
	if !strings.HasSuffix(rule, `\ `) {
		rule = strings.TrimRight(rule, " ")
	}
	rule = strings.ReplaceAll(rule, "[!", "[^") // path/filepath knows [^ only
	p := pattern{folder: folder}
	body, negated := strings.CutPrefix(rule, "!")
	if negated {
		p.negation = "!"
	}
	body, p.dirOnly = strings.CutSuffix(body, "/")
	if strings.Contains(body, "/") {
		p.names = parts(body)
		body = "/" + strings.Join(p.names, "/")
	}
	p.Pattern = gitignore.ParsePattern(p.negation+body, folder)
	return p
}

// parts splits a rule with slashes. Two stars mean more than one only alone.
func parts(body string) []string {
	names := strings.Split(strings.TrimPrefix(body, "/"), "/")
	for i, name := range names {
		if name != "**" {
			names[i] = strings.ReplaceAll(name, "**", "*")
		}
	}
	return slices.CompactFunc(names, func(a, b string) bool { return a == "**" && b == "**" })
}

// match asks for a path below the top, as its parts.
func (p pattern) match(at []string, isDir bool) gitignore.MatchResult {
	if p.dirOnly && !isDir {
		return gitignore.NoMatch
	}
	if p.names == nil {
		return p.Match(append(slices.Clip(p.folder), at[len(at)-1]), isDir)
	}
	stars := slices.Index(p.names, "**")
	spare := len(at) - len(p.folder) - len(p.names) // parts for ** to match, but one
	switch {
	case stars < 0 && spare != 0, stars == len(p.names)-1 && spare < 0:
		return gitignore.NoMatch
	case stars < 0 || slices.Contains(p.names[stars+1:], "**"):
		return p.Match(at, isDir)
	case spare < -1:
		return gitignore.NoMatch
	}
	// go-git ends a ** at the first name that fits; a * for each part is exact.
	names := slices.Concat(p.names[:stars], slices.Repeat([]string{"*"}, spare+1), p.names[stars+1:])
	return gitignore.ParsePattern(p.negation+"/"+strings.Join(names, "/"), p.folder).Match(at, isDir)
}
