package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// walk is the search of one folder that was given.
type walk struct {
	*finder
	top    place
	linked map[string]bool // real paths that were reached through links
}

// place is a folder that is walked.
type place struct {
	path  string // as it was given, or below the folder as it was given
	real  string
	rules *ignores // nil where nothing is ignored
}

// folder walks a folder that was given, unless git ignores it.
func (f *finder) folder(path, real string) {
	w := walk{finder: f, top: place{path: path, real: real}, linked: map[string]bool{}}
	if !f.NoIgnore {
		rules, ignored, err := above(real)
		f.fail(err)
		if ignored {
			return
		}
		w.top.rules = rules
	}
	entries, err := list(real)
	f.fail(err)
	w.walk(w.top, entries)
}

// list returns what stands in a folder, in the order in which the paths below
// it are sorted: behind the name of a folder comes a separator.
func list(real string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(real)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(sortName(a), sortName(b)) })
	return entries, err
}

func sortName(e fs.DirEntry) string {
	if e.IsDir() {
		return e.Name() + string(filepath.Separator)
	}
	return e.Name()
}

// walk takes what stands in a place.
func (w *walk) walk(in place, entries []fs.DirEntry) {
	prefix := strings.TrimSuffix(filepath.Join(in.path, "x"), "x") // what Join puts before each name
	for _, e := range entries {
		path := prefix + e.Name()
		switch {
		case w.stopped:
			return
		case !e.IsDir() && isLeftover(e.Name()):
			if w.Leftovers {
				w.found(candidate{File: File{Path: path, Leftover: true}, folder: in.real, rank: walked})
			}
		case w.leftOut(in, path, e.Name(), e.IsDir()):
		case e.IsDir():
			w.enter(in, path, e.Name())
		case !w.wanted(e.Name()):
		case e.Type().IsRegular():
			w.found(candidate{File: File{Path: path}, folder: in.real, rank: walked})
		case e.Type()&fs.ModeSymlink != 0:
			w.link(path, filepath.Join(in.real, e.Name()))
		}
	}
}

// leftOut reports whether git or the user leaves out what stands at a path.
func (w *walk) leftOut(in place, path, name string, isDir bool) bool {
	return name == ".git" || in.rules.match(name, isDir) || w.Exclude != nil && w.Exclude(path)
}

// enter walks the folder of a name.
func (w *walk) enter(in place, path, name string) {
	inner := place{path: path, real: filepath.Join(in.real, name)}
	entries, err := list(inner.real)
	w.fail(err)
	inner.rules, err = in.rules.enter(name, inner.real, func(file string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == file })
	})
	w.fail(err)
	w.walk(inner, entries)
}

// link takes a link to a regular file inside of the folder that is walked,
// unless the walk or another link takes that file. What leads elsewhere or
// nowhere is not that folder's file.
func (w *walk) link(path, at string) {
	real, err := filepath.EvalSymlinks(at)
	if err != nil {
		return
	}
	inside, err := filepath.Rel(w.top.real, real)
	if err != nil || !filepath.IsLocal(inside) {
		return
	}
	names := strings.Split(inside, string(filepath.Separator))
	if info, err := os.Lstat(real); err != nil || !info.Mode().IsRegular() || slices.Contains(names, ".git") {
		return
	}
	if !w.linked[real] && !w.reaches(names) {
		w.linked[real] = true
		w.found(candidate{File: File{Path: path}, real: real, rank: linked})
	}
}

// reaches reports whether the walk takes a regular file by itself, sooner or
// later; names lead to it from the top.
func (w *walk) reaches(names []string) bool {
	in := w.top
	last := len(names) - 1
	for _, name := range names[:last] {
		path, real := filepath.Join(in.path, name), filepath.Join(in.real, name)
		if w.leftOut(in, path, name, true) || !listable(real) {
			return false
		}
		rules, _ := in.rules.enter(name, real, exists(real)) // the walk tells the error
		in = place{path, real, rules}
	}
	name := names[last]
	return w.wanted(name) && !isLeftover(name) && !w.leftOut(in, filepath.Join(in.path, name), name, false)
}

// listable reports whether it can be told what stands in a folder.
func listable(real string) bool {
	folder, err := os.Open(real)
	if err != nil {
		return false
	}
	folder.Close()
	return true
}
