package files

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
)

// leftoverName matches the names of renameio's temporary files: a dot, the name of
// the file that it will replace, a random number. The temporary file is in the same
// folder as that file, since a rename must stay on one file system.
var leftoverName = regexp.MustCompile(`^\.(.*[^0-9])[0-9]{12,19}$`)

// isLeftover reports whether a name is that of a temporary file for a manifest. Such
// a file exists while a run is writing, and remains if the run is killed before the
// rename.
func isLeftover(name string) bool {
	if !strings.HasPrefix(name, ".") {
		return false
	}
	m := leftoverName.FindStringSubmatch(name)
	return m != nil && IsManifestName(m[1])
}

// replacement is the new content of one file in a folder.
type replacement struct {
	folder  *os.Root // an open folder, so that no other can take its place
	name    string
	content []byte
	mode    fs.FileMode
	exact   bool        // the file gets exactly this mode, without the umask
	owner   fs.FileInfo // the file whose owner it gets; nil for the owner of this process
}

// writeContent writes the new file and syncs it to the disk. It sets the owner before
// the mode, since changing the owner clears bits of the mode.
func (r replacement) writeContent(f *os.File) error {
	if _, err := f.Write(r.content); err != nil {
		return err
	}
	if r.owner != nil {
		keepOwner(f, r.owner)
	}
	if r.exact {
		if err := f.Chmod(r.mode); err != nil {
			return err
		}
	}
	return f.Sync()
}

// syncFolder syncs a folder after a rename, if the system can do that. If it can't,
// a power failure may bring back the old file, complete.
func syncFolder(folder *os.Root) {
	if f, err := folder.Open("."); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
