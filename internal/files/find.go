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

// Options says which files of a folder Find and All return.
type Options struct {
	NoIgnore bool     // files that git ignores too
	Include  []string // patterns of path/filepath.Match for further names
	Any      bool     // files of any name
	// Exclude reports the files and folders that a walk leaves out; nil for none.
	Exclude func(path string) bool
	// Leftovers returns the temporary files of runs that were stopped as well. A
	// walk never returns them as manifests.
	Leftovers bool
	// Whole finishes the walk before the first file is yielded, so that the walk
	// can't find files that the caller writes.
	Whole bool
}

// File is one file to read.
type File struct {
	Path     string // as the caller gave it, or below the folder that the caller gave
	Given    bool   // the caller gave this path itself
	Leftover bool   // the temporary file of a run that was stopped; don't read it
}

// IsManifestName reports whether a file name has an extension of manifests or of
// their templates.
func IsManifestName(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json", ".manifest", ".tmpl", ".template", ".tpl", ".j2", ".jinja", ".jinja2",
		".in", ".sed", ".base", ".gotmpl", ".erb":
		return true
	}
	return false
}

// Find returns the files of the paths, sorted by path. Each file is returned once,
// even if several paths or links lead to it.
//
// The path of a file is always taken, with any name and even if git ignores it; if
// it is a link, it is followed. A folder is walked. The walk takes files whose name
// satisfies IsManifestName or matches Include, or all files with Any, but nothing in
// .git, nothing that git ignores, and nothing that Exclude reports. It takes a link
// if the link leads to a regular file inside of the folder; as git does, it does not
// enter links to folders. Special files are left out.
//
// There is one error for each path or folder that can't be read; the files of the
// other paths are returned nevertheless.
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

// All yields the files and errors that Find returns, one at a time. The files of a
// single path are yielded during the walk; the files of several paths are sorted
// first, since one path may be inside of another.
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
			f.findPath(paths[0])
			return
		}
		for _, c := range findAll(paths, opt) {
			if !yield(c.File, c.err) {
				return
			}
		}
	}
}

// findAll returns the errors, then each file once, sorted by path.
func findAll(paths []string, opt Options) []candidate {
	var found []candidate
	f := finder{Options: opt}
	f.take = func(c candidate, err error) bool {
		c.err = err
		found = append(found, c)
		return true
	}
	for _, path := range paths {
		f.findPath(path)
	}
	if len(paths) > 1 {
		found = keepUnique(found)
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// rank orders the ways in which a file can be found. If a file is found in several
// ways, its path is that of the first rank.
type rank int

const (
	byName rank = iota
	byWalk
	byLink
)

// candidate is a file with its real path, or an error.
type candidate struct {
	File
	folder string // real path of the folder of a file that a walk found
	real   string // real path of any other file
	rank   rank
	err    error
}

// fullPath returns the real path of the file.
func (c candidate) fullPath() string {
	if c.real != "" {
		return c.real
	}
	return filepath.Join(c.folder, filepath.Base(c.Path))
}

// keepUnique keeps each real file once, with its best rank, and all errors.
func keepUnique(found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int { return int(a.rank) - int(b.rank) })
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(c candidate) bool {
		if c.err != nil {
			return false
		}
		at := c.fullPath()
		again := seen[at]
		seen[at] = true
		return again
	})
}

// finder finds the files of paths, one path after the other.
type finder struct {
	Options
	take    func(candidate, error) bool // takes the next file or error; false ends the search
	stopped bool
}

func (f *finder) yieldFile(c candidate) {
	f.stopped = f.stopped || !f.take(c, nil)
}

func (f *finder) yieldError(err error) {
	if err != nil {
		f.stopped = f.stopped || !f.take(candidate{}, err)
	}
}

// findPath finds the files of one path that the user gave.
func (f *finder) findPath(path string) {
	info, err := os.Stat(path)
	if err != nil {
		if _, broken := os.Readlink(path); broken == nil && errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s is a link to a file that does not exist: mend the link, or leave it out", path)
		}
		f.yieldError(err)
		return
	}
	real, err := realPath(path)
	switch {
	case err != nil:
		f.yieldError(err)
	case info.IsDir():
		f.walkFolder(path, real)
	case info.Mode().IsRegular():
		f.yieldFile(candidate{File: File{Path: path, Given: true}, real: real, rank: byName})
	default:
		f.yieldError(notRegularError(path, info.Mode()))
	}
}

func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func (f *finder) isWanted(name string) bool {
	return f.Any || IsManifestName(name) || slices.ContainsFunc(f.Include, func(pattern string) bool {
		match, _ := filepath.Match(pattern, name)
		return match
	})
}
