package files

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
)

// leftover matches the name of renameio's temporary file for a file that is
// Listed: a dot, the name, a random number. It stands beside the file that it
// will replace, since a rename must stay on one file system.
var leftover = regexp.MustCompile(`^\.(.*[^0-9])[0-9]{12,19}$`)

// isLeftover reports the name of a temporary file. It is there when a run was
// killed between making it and renaming it, or while another one writes.
func isLeftover(name string) bool {
	if !strings.HasPrefix(name, ".") {
		return false
	}
	m := leftover.FindStringSubmatch(name)
	return m != nil && Listed(m[1])
}

// replacement is the new content of one file in a folder.
type replacement struct {
	folder  *os.Root // holds the folder: it can't be exchanged meanwhile
	name    string
	content []byte
	mode    fs.FileMode
	exact   bool        // mode is meant as it is, without the umask
	owner   fs.FileInfo // whose owner it gets, nil for this process's
}

// fill writes the new file, with its owner before its mode: giving a file away
// takes mode bits off it. It is on the disk then.
func (r replacement) fill(f *os.File) error {
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

// syncFolder makes the rename last. It is best effort: where a folder can't be
// synchronised, a power failure may bring the old text back, whole.
func syncFolder(folder *os.Root) {
	if f, err := folder.Open("."); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
