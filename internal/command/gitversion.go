package command

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"shellfree/internal/files"
)

// pairsSince pairs the manifests below the paths that changed since a revision
// with what they were, new ones and those that are gone included.
func pairsSince(o *options, revision string, paths []string) ([]pair, error) {
	top, base, err := since("since", revision, paths)
	if err != nil {
		return nil, err
	}
	specs, err := absolute(paths)
	if err != nil {
		return nil, err
	}
	// Of the whole repository, or what was moved here from elsewhere would be new.
	changed, err := top.run("diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--ignore-submodules", base, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := top.run(append([]string{"ls-files", "--others", "--exclude-standard", "-z", "--"}, specs...)...)
	if err != nil {
		return nil, err
	}
	var all []pair
	for _, n := range append(statuses(changed), added(untracked)...) {
		if o.manifest(top, n.old, specs) || o.manifest(top, n.new, specs) {
			all = append(all, pair{top.at(base, revision, n.old), top.now(n.new)})
		}
	}
	return all, nil
}

// absolute returns the real paths; none is the working folder.
func absolute(paths []string) ([]string, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var all []string
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			abs = real
		}
		all = append(all, abs)
	}
	return all, nil
}

// renamed is a file's name before and after, each "" where it isn't there.
type renamed struct{ old, new string }

// statuses reads the output of git diff --name-status -z.
func statuses(out []byte) []renamed {
	var all []renamed
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		switch name := fields[i+1]; fields[i][:min(1, len(fields[i]))] {
		case "A":
			all = append(all, renamed{"", name})
		case "D":
			all = append(all, renamed{name, ""})
		case "R", "C":
			if i += 1; i+1 < len(fields) {
				all = append(all, renamed{name, fields[i+1]})
			}
		default:
			all = append(all, renamed{name, name})
		}
	}
	return all
}

// added reads names that are ended by NUL.
func added(out []byte) []renamed {
	var all []renamed
	for _, name := range strings.Split(string(out), "\x00") {
		if name != "" {
			all = append(all, renamed{"", name})
		}
	}
	return all
}

// manifest reports a file that a walk of the paths would take, or that is one of
// them itself.
func (o *options) manifest(top repository, name string, paths []string) bool {
	if name == "" {
		return false
	}
	file := filepath.Join(string(top), filepath.FromSlash(name))
	included := func(pattern string) bool {
		ok, _ := filepath.Match(pattern, filepath.Base(name))
		return ok
	}
	if slices.Contains(paths, file) {
		return true
	}
	below := func(path string) bool {
		rel, err := filepath.Rel(path, file)
		return err == nil && filepath.IsLocal(rel)
	}
	return slices.ContainsFunc(paths, below) && (files.IsManifestName(name) || slices.ContainsFunc(o.config.Include, included))
}

// at is the version of a file in a commit, which the user knows by another name.
func (r repository) at(commit, known, name string) version {
	return version{known + ":" + name, func(max int64) ([]byte, error) {
		if name == "" {
			return nil, fs.ErrNotExist
		}
		text, err := r.run("cat-file", "blob", commit+":"+name)
		if err == nil && int64(len(text)) > max {
			err = &files.TooLargeError{Path: name, Size: int64(len(text)), Max: max}
		}
		return text, err
	}}
}

// now is the version of a file in the work tree, named as seen from the working
// folder.
func (r repository) now(name string) version {
	if name == "" {
		return version{"", func(int64) ([]byte, error) { return nil, fs.ErrNotExist }}
	}
	path := filepath.Join(string(r), filepath.FromSlash(name))
	if wd, err := filepath.Abs("."); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil {
			path = rel
		}
	}
	return onDisk(path)
}
