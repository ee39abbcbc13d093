// Package files finds, reads and writes manifests on disk.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options says what Find and All take from a folder.
type Options struct {
	NoIgnore bool     // take what git ignores too
	Include  []string // more names, as patterns of path/filepath.Match
	Any      bool     // take files of every name
	// Exclude says which files and folders of a walk to leave out; nil for none.
	Exclude func(path string) bool
	// Leftovers tells of the temporary files of runs that were stopped too. No
	// walk takes them for manifests.
	Leftovers bool
	// Whole ends the walk before the first file is yielded, so that it can't come
	// across what is written in the meantime.
	Whole bool
}

// File is one file to read.
type File struct {
	Path     string // as it was given, or below the folder as it was given
	Given    bool   // the path itself was given
	Leftover bool   // the temporary file of a run that was stopped, not to be read
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
	var found []File
	var errs []error
	for file, err := range All(paths, opt) {
		if err != nil {
			errs = append(errs, err)
		} else {
			found = append(found, file)
		}
	}
	return found, errs
}

// All yields what Find returns, one file or error at a time. The files of one
// path come while it is walked; those of several are sorted first, since one
// may stand inside of another.
func All(paths []string, opt Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for _, pattern := range opt.Include {
			if _, err := filepath.Match(pattern, ""); err != nil {
				yield(File{}, fmt.Errorf("include pattern %q: %w: close its brackets, or leave them out", pattern, err))
				return
			}
		}
		if len(paths) == 1 && !opt.Whole {
			f := finder{Options: opt}
			f.take = func(c candidate, err error) bool { return yield(c.File, err) }
			f.path(paths[0])
			return
		}
		for _, c := range all(paths, opt) {
			if !yield(c.File, c.err) {
				return
			}
		}
	}
}

// all returns the errors, then each file once, sorted by path.
func all(paths []string, opt Options) []candidate {
	var found []candidate
	f := finder{Options: opt}
	f.take = func(c candidate, err error) bool {
		c.err = err
		found = append(found, c)
		return true
	}
	for _, path := range paths {
		f.path(path)
	}
	if len(paths) > 1 {
		found = unique(found)
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// rank orders the ways a file was reached: the best one gives its path.
type rank int

const (
	given rank = iota
	walked
	linked
)

// candidate is a file, and where it really is; or an error.
type candidate struct {
	File
	folder string // real path of the folder; for a file that was walked, its name is Path's
	real   string // real path, "" for a file that was walked
	rank   rank
	err    error
}

// at returns the file's real path.
func (c candidate) at() string {
	if c.real != "" {
		return c.real
	}
	return filepath.Join(c.folder, filepath.Base(c.Path))
}

// unique keeps each real file as it was reached best, and all errors.
func unique(found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int { return int(a.rank) - int(b.rank) })
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(c candidate) bool {
		if c.err != nil {
			return false
		}
		at := c.at()
		again := seen[at]
		seen[at] = true
		return again
	})
}

// finder looks for the files of one path after the other.
type finder struct {
	Options
	take    func(candidate, error) bool // false ends the search
	stopped bool
}

func (f *finder) found(c candidate) {
	f.stopped = f.stopped || !f.take(c, nil)
}

func (f *finder) fail(err error) {
	if err != nil {
		f.stopped = f.stopped || !f.take(candidate{}, err)
	}
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
		f.found(candidate{File: File{Path: path, Given: true}, real: real, rank: given})
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

func (f *finder) wanted(name string) bool {
	return f.Any || Listed(name) || slices.ContainsFunc(f.Include, func(pattern string) bool {
		match, _ := filepath.Match(pattern, name)
		return match
	})
}
