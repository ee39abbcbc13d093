package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folderWalk is the walk of one folder that the user gave.
type folderWalk struct {
	*finder
	top    place
	linked map[string]bool // real paths that links led to
}

// place is a folder that the walk has entered.
type place struct {
	path  string // as the user gave it, or below the folder that the user gave
	real  string
	rules *ignoreRules // nil if nothing is ignored
}

// walkFolder walks a folder that the user gave, unless git ignores it.
func (f *finder) walkFolder(path, real string) {
	w := folderWalk{finder: f, top: place{path: path, real: real}, linked: map[string]bool{}}
	if !f.NoIgnore {
		rules, ignored, err := rulesAbove(real)
		f.yieldError(err)
		if ignored {
			return
		}
		w.top.rules = rules
	}
	entries, err := readFolder(real)
	f.yieldError(err)
	w.walkPlace(w.top, entries)
}

// readFolder returns the entries of a folder in the order of the paths below it: a
// folder is sorted as its name with a separator at the end.
func readFolder(real string) ([]fs.DirEntry, error) {
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

// walkPlace walks the entries of a folder.
func (w *folderWalk) walkPlace(in place, entries []fs.DirEntry) {
	prefix := strings.TrimSuffix(filepath.Join(in.path, "x"), "x") // filepath.Join for each entry would be slower
	for _, e := range entries {
		path := prefix + e.Name()
		switch {
		case w.stopped:
			return
		case !e.IsDir() && isLeftover(e.Name()):
			if w.Leftovers {
				w.yieldFile(candidate{File: File{Path: path, Leftover: true}, folder: in.real, rank: byWalk})
			}
		case w.leavesOut(in, path, e.Name(), e.IsDir()):
		case e.IsDir():
			w.enterFolder(in, path, e.Name())
		case !w.isWanted(e.Name()):
		case e.Type().IsRegular():
			w.yieldFile(candidate{File: File{Path: path}, folder: in.real, rank: byWalk})
		case e.Type()&fs.ModeSymlink != 0:
			w.followLink(path, filepath.Join(in.real, e.Name()))
		}
	}
}

// leavesOut reports whether the walk leaves a path out: because of git's rules, or
// because the user excludes it.
func (w *folderWalk) leavesOut(in place, path, name string, isDir bool) bool {
	return name == ".git" || in.rules.matches(name, isDir) || w.Exclude != nil && w.Exclude(path)
}

// enterFolder walks a folder inside of in.
func (w *folderWalk) enterFolder(in place, path, name string) {
	inner := place{path: path, real: filepath.Join(in.real, name)}
	entries, err := readFolder(inner.real)
	w.yieldError(err)
	inner.rules, err = in.rules.folderRules(name, inner.real, func(file string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == file })
	})
	w.yieldError(err)
	w.walkPlace(inner, entries)
}

// followLink takes a link to a regular file inside of the walked folder, unless the
// walk itself or another link takes that file. Other links are left out.
func (w *folderWalk) followLink(path, at string) {
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
		w.yieldFile(candidate{File: File{Path: path}, real: real, rank: byLink})
	}
}

// reaches reports whether the walk takes a regular file without a link, now or
// later; names are the parts of its path below the top.
func (w *folderWalk) reaches(names []string) bool {
	in := w.top
	last := len(names) - 1
	for _, name := range names[:last] {
		path, real := filepath.Join(in.path, name), filepath.Join(in.real, name)
		if w.leavesOut(in, path, name, true) || !canList(real) {
			return false
		}
		rules, _ := in.rules.folderRules(name, real, fileChecker(real)) // the walk itself reports the error
		in = place{path, real, rules}
	}
	name := names[last]
	return w.isWanted(name) && !isLeftover(name) && !w.leavesOut(in, filepath.Join(in.path, name), name, false)
}

// canList reports whether the entries of a folder can be read.
func canList(real string) bool {
	folder, err := os.Open(real)
	if err != nil {
		return false
	}
	folder.Close()
	return true
}
