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

// ignoreRules are the rules of gitignore(5) for a folder: .git/info/exclude of the
// repository, and .gitignore of each folder from the repository's top down to this
// one. Without a repository the walked folder counts as the top. A repository inside
// of another has only its own rules.
//
// Some things differ from git. Tracked files (git never ignores them), the user's
// core.excludesFile, info/exclude of a linked work tree, and classes such as
// [[:alpha:]] are not known here. ? and [!a] match a character, in git a byte. A few
// rules with several ** match other paths; TestIgnoreRandom counts them.
type ignoreRules struct {
	folder   []string // below the top
	patterns []pattern
}

// rulesAbove returns the rules for a folder, given by its real path, including those
// of the folders above it. It also reports whether git ignores the folder itself.
func rulesAbove(real string) (ig *ignoreRules, ignored bool, err error) {
	top := real
	for !isRepository(top) {
		parent := filepath.Dir(top)
		if parent == top {
			ig, err = rulesAtTop(real)
			return ig, false, err
		}
		top = parent
	}
	ig, err = rulesAtTop(top)
	for at := top; at != real; {
		name, _, _ := strings.Cut(strings.TrimPrefix(real[len(at):], string(filepath.Separator)), string(filepath.Separator))
		if ig.matches(name, true) {
			return ig, true, err
		}
		at = filepath.Join(at, name)
		inner, bad := ig.folderRules(name, at, fileChecker(at))
		ig, err = inner, errors.Join(err, bad)
	}
	return ig, false, err
}

func isRepository(folder string) bool { return fileChecker(folder)(".git") }

// fileChecker returns a function that reports whether a folder has a file with a
// given name.
func fileChecker(folder string) func(name string) bool {
	return func(name string) bool {
		_, err := os.Lstat(filepath.Join(folder, name))
		return err == nil
	}
}

// rulesAtTop returns the rules for the top of a repository.
func rulesAtTop(real string) (*ignoreRules, error) {
	ig := &ignoreRules{}
	err := errors.Join(ig.addFile(filepath.Join(real, ".git", "info", "exclude")), ig.addFile(filepath.Join(real, ".gitignore")))
	return ig, err
}

// folderRules returns the rules for the folder name inside of this one. Its real path
// is real, and holds reports whether it has a file with a given name. On an error
// only the rules of the file that the error names are missing.
func (ig *ignoreRules) folderRules(name, real string, holds func(string) bool) (*ignoreRules, error) {
	switch {
	case ig == nil: // nothing is ignored
		return nil, nil
	case holds(".git"):
		return rulesAtTop(real)
	}
	inner := &ignoreRules{append(slices.Clip(ig.folder), name), slices.Clip(ig.patterns)}
	if !holds(".gitignore") {
		return inner, nil
	}
	err := inner.addFile(filepath.Join(real, ".gitignore"))
	return inner, err
}

// addFile adds the rules of a file, if it exists. As git does, it follows no link,
// and removes a byte order mark and CRs.
func (ig *ignoreRules) addFile(file string) error {
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

// matches reports whether the rules ignore the entry name of this folder. The last
// rule that matches the name decides.
func (ig *ignoreRules) matches(name string, isDir bool) bool {
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

// pattern is one rule. In go-git a rule also matches a path when it matches one of
// the folders above. A negated rule for a folder would then bring back each file in
// it, so go-git is asked only if the rule can match the path itself.
type pattern struct {
	gitignore.Pattern
	folder   []string // the folder of the rule, as a path below the top
	names    []string // the parts of a rule with a slash
	negation string   // "!" or ""
	dirOnly  bool
}

func newPattern(rule string, folder []string) pattern {
	if !strings.HasSuffix(rule, `\ `) {
		rule = strings.TrimRight(rule, " ")
	}
	rule = strings.ReplaceAll(rule, "[!", "[^") // path/filepath knows only [^
	p := pattern{folder: folder}
	body, negated := strings.CutPrefix(rule, "!")
	if negated {
		p.negation = "!"
	}
	body, p.dirOnly = strings.CutSuffix(body, "/")
	if strings.Contains(body, "/") {
		p.names = splitRule(body)
		body = "/" + strings.Join(p.names, "/")
	}
	p.Pattern = gitignore.ParsePattern(p.negation+body, folder)
	return p
}

// splitRule splits a rule at its slashes. Two stars in a longer part mean the same as
// one star.
func splitRule(body string) []string {
	names := strings.Split(strings.TrimPrefix(body, "/"), "/")
	for i, name := range names {
		if name != "**" {
			names[i] = strings.ReplaceAll(name, "**", "*")
		}
	}
	return slices.CompactFunc(names, func(a, b string) bool { return a == "**" && b == "**" })
}

// match matches a path below the top, given as its parts.
func (p pattern) match(at []string, isDir bool) gitignore.MatchResult {
	if p.dirOnly && !isDir {
		return gitignore.NoMatch
	}
	if p.names == nil {
		return p.Match(append(slices.Clip(p.folder), at[len(at)-1]), isDir)
	}
	stars := slices.Index(p.names, "**")
	spare := len(at) - len(p.folder) - len(p.names) // one less than the parts that ** has to match
	switch {
	case stars < 0 && spare != 0, stars == len(p.names)-1 && spare < 0:
		return gitignore.NoMatch
	case stars < 0 || slices.Contains(p.names[stars+1:], "**"):
		return p.Match(at, isDir)
	case spare < -1:
		return gitignore.NoMatch
	}
	// go-git ends a ** at the first name that fits, so ** is replaced by a * for each
	// part.
	names := slices.Concat(p.names[:stars], slices.Repeat([]string{"*"}, spare+1), p.names[stars+1:])
	return gitignore.ParsePattern(p.negation+"/"+strings.Join(names, "/"), p.folder).Match(at, isDir)
}
