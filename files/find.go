// Package files finds, reads and writes manifests on disk.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options says what Find takes from a folder.
type Options struct {
	NoIgnore bool     // take what git ignores too
	Include  []string // more names, as patterns of path/filepath.Match
	Any      bool     // take files of every name
	// Exclude says which files and folders of a walk to leave out; nil for none.
	Exclude func(path string) bool
	// Leftover is told each temporary file of a run that was stopped, which no
	// walk takes. It may be nil.
	Leftover func(path string)
}

// File is one file to read.
type File struct {
	Path  string // as it was given, or below the folder as it was given
	Given bool   // the path itself was given
}

// Listed tells whether a file's name ends as manifests and their templates do.
func Listed(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json", ".manifest", ".tmpl", ".template", ".tpl", ".j2", ".jinja", ".jinja2",
		".in", ".sed", ".base", ".gotmpl", ".erb":
		return true
	}
	return false
}

// Find returns the files that the paths name, sorted by path, each file once
// however often and through whatever link it is reached.
//
// A path of a file is taken whatever its name and even if git ignores it; a
// link is followed. A folder is walked: files that are Listed or match Include,
// or all with Any, but nothing in .git, nothing that git ignores and nothing to
// Exclude. In a walk a link counts
// when it leads to a regular file inside of the folder; links to folders are
// not entered, as in git, and what is neither file, folder nor link is left out.
//
// The errors are one for each path or folder that can't be read; the files of
// the others are returned all the same.
func Find(paths []string, opt Options) ([]File, []error) {
	f := finder{Options: opt, paths: len(paths)}
	for _, pattern := range opt.Include {
		if _, err := filepath.Match(pattern, ""); err != nil {
			return nil, []error{fmt.Errorf("include pattern %q: %w: close its brackets, or leave them out", pattern, err)}
		}
	}
	for _, path := range paths {
		f.path(path)
	}
	return f.unique(), f.errs
}

// rank orders the ways a file was reached: the best one gives its path.
type rank int

const (
	given rank = iota
	walked
	linked
)

// candidate is a file, and where it really is.
type candidate struct {
	File
	folder string // real path of the folder; for a file that was walked, its name is Path's
	real   string // real path, "" for a file that was walked
	rank   rank
}

// at returns the file's real path.
func (c candidate) at() string {
	if c.real != "" {
		return c.real
	}
	return filepath.Join(c.folder, filepath.Base(c.Path))
}

type finder struct {
	Options
	paths int // how many were given
	found []candidate
	errs  []error
}

// path takes one path as the user gave it.
func (f *finder) path(path string) {
	info, err := os.Stat(path)
	if err != nil {
		if _, broken := os.Readlink(path); broken == nil && errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s is a link to a file that does not exist: mend it, or leave it out", path)
		}
		f.fail(err)
		return
	}
	real, err := realPath(path)
	switch {
	case err != nil:
		f.fail(err)
	case info.IsDir():
		f.folder(path, real)
	case info.Mode().IsRegular():
		f.found = append(f.found, candidate{File{path, true}, "", real, given})
	default:
		f.fail(notRegular(path, info.Mode()))
	}
}

func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// folder walks a folder that was given, unless git ignores it.
func (f *finder) folder(path, real string) {
	var rules *ignores
	if !f.NoIgnore {
		ig, ignored, err := above(real)
		f.fail(err)
		if ignored {
			return
		}
		rules = ig
	}
	f.walk(real, path, real, rules)
}

// walk takes what stands in the folder dir, whose real path is real, below the
// folder that was given, whose real path is top.
func (f *finder) walk(top, dir, real string, rules *ignores) {
	entries, err := os.ReadDir(real)
	f.fail(err)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case !e.IsDir() && isLeftover(e.Name()):
			if f.Leftover != nil {
				f.Leftover(path)
			}
		case e.Name() == ".git", rules.match(e.Name(), e.IsDir()), f.Exclude != nil && f.Exclude(path):
		case e.IsDir():
			at := filepath.Join(real, e.Name())
			inner, err := rules.enter(e.Name(), at)
			f.fail(err)
			f.walk(top, path, at, inner)
		case !f.wanted(e.Name()):
		case e.Type().IsRegular():
			f.found = append(f.found, candidate{File{path, false}, real, "", walked})
		case e.Type()&fs.ModeSymlink != 0:
			f.link(top, path, filepath.Join(real, e.Name()))
		}
	}
}

func (f *finder) fail(err error) {
	if err != nil {
		f.errs = append(f.errs, err)
	}
}

func (f *finder) wanted(name string) bool {
	return f.Any || Listed(name) || slices.ContainsFunc(f.Include, func(pattern string) bool {
		match, _ := filepath.Match(pattern, name)
		return match
	})
}

// link takes a link to a regular file inside of the folder that is walked.
// What leads elsewhere or nowhere is not that folder's file.
func (f *finder) link(top, path, at string) {
	real, err := filepath.EvalSymlinks(at)
	if err != nil {
		return
	}
	inside, err := filepath.Rel(top, real)
	if err != nil || !filepath.IsLocal(inside) || slices.Contains(strings.Split(filepath.ToSlash(inside), "/"), ".git") {
		return
	}
	if info, err := os.Lstat(real); err == nil && info.Mode().IsRegular() {
		f.found = append(f.found, candidate{File{path, false}, "", real, linked})
	}
}

// unique returns each real file once, sorted by path.
func (f *finder) unique() []File {
	if f.several() {
		f.deduplicate()
	}
	out := make([]File, len(f.found))
	for i, c := range f.found {
		out[i] = c.File
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// several reports whether a file may have been reached in two ways.
func (f *finder) several() bool {
	return f.paths > 1 || slices.ContainsFunc(f.found, func(c candidate) bool { return c.rank == linked })
}

// deduplicate keeps each real file as it was reached best.
func (f *finder) deduplicate() {
	slices.SortStableFunc(f.found, func(a, b candidate) int { return int(a.rank) - int(b.rank) })
	seen := map[string]bool{}
	f.found = slices.DeleteFunc(f.found, func(c candidate) bool {
		at := c.at()
		again := seen[at]
		seen[at] = true
		return again
	})
}
