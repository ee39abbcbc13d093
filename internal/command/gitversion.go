package command

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"shellfree/internal/files"
)

// pairWithRevision returns the manifests below the paths that changed since a
// revision, each with its old version. New and deleted files are among them.
func pairWithRevision(o *options, revision string, paths []string) ([]filePair, error) {
	top, base, err := findBase("since", revision, paths)
	if err != nil {
		return nil, err
	}
	specs, err := realPaths(paths)
	if err != nil {
		return nil, err
	}
	// The diff is over the whole repository. A diff of the paths alone would take a file
	// that was moved there for a new one.
	changed, err := top.runGit("diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--ignore-submodules", base, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := top.runGit(append([]string{"ls-files", "--others", "--exclude-standard", "-z", "--"}, specs...)...)
	if err != nil {
		return nil, err
	}
	var all []filePair
	for _, n := range append(parseStatuses(changed), addedFiles(untracked)...) {
		if o.isManifest(top, n.old, specs) || o.isManifest(top, n.new, specs) {
			all = append(all, filePair{top.versionAt(base, revision, n.old), top.currentVersion(n.new)})
		}
	}
	return all, nil
}

// realPaths returns the paths with links resolved; without paths, that of the working
// folder.
func realPaths(paths []string) ([]string, error) {
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

// nameChange is the name of a file before and after a change; "" if there was no such
// file.
type nameChange struct{ old, new string }

// parseStatuses reads the output of git diff --name-status -z.
func parseStatuses(out []byte) []nameChange {
	var all []nameChange
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		switch name := fields[i+1]; fields[i][:min(1, len(fields[i]))] {
		case "A":
			all = append(all, nameChange{"", name})
		case "D":
			all = append(all, nameChange{name, ""})
		case "R", "C":
			if i += 1; i+1 < len(fields) {
				all = append(all, nameChange{name, fields[i+1]})
			}
		default:
			all = append(all, nameChange{name, name})
		}
	}
	return all
}

// addedFiles reads the names of new files, each followed by NUL.
func addedFiles(out []byte) []nameChange {
	var all []nameChange
	for _, name := range strings.Split(string(out), "\x00") {
		if name != "" {
			all = append(all, nameChange{"", name})
		}
	}
	return all
}

// isManifest reports whether a file is one of the paths, or would be found by walking
// them.
func (o *options) isManifest(top repository, name string, paths []string) bool {
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

// versionAt returns the version of a file in a commit. known is the name that the user
// gave to the commit.
func (r repository) versionAt(commit, known, name string) fileVersion {
	return fileVersion{known + ":" + name, func(max int64) ([]byte, error) {
		if name == "" {
			return nil, fs.ErrNotExist
		}
		text, err := r.runGit("cat-file", "blob", commit+":"+name)
		if err == nil && int64(len(text)) > max {
			err = &files.TooLargeError{Path: name, Size: int64(len(text)), Max: max}
		}
		return text, err
	}}
}

// currentVersion returns the version of a file in the work tree. Its name is relative
// to the working folder.
func (r repository) currentVersion(name string) fileVersion {
	if name == "" {
		return fileVersion{"", func(int64) ([]byte, error) { return nil, fs.ErrNotExist }}
	}
	path := filepath.Join(string(r), filepath.FromSlash(name))
	if wd, err := filepath.Abs("."); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil {
			path = rel
		}
	}
	return diskVersion(path)
}
