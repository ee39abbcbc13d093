package files

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// A temporary file stands beside the one that it will replace, since a rename
// must stay on one file system. Its name tells whose it is and ends in nothing
// that is Listed.
const tempPrefix, tempSuffix = ".shellfree-", ".tmp"

// isLeftover reports the name of a temporary file. It is there when a run was
// killed between making it and renaming it, or while another one writes.
func isLeftover(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
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

// write puts the content in the file's place. The new file is complete and on
// the disk before it is renamed, so that neither a kill nor a power failure
// leaves a part of it. allowed is asked right before the rename and may refuse.
func (r replacement) write(allowed func() error) error {
	temp := tempPrefix + rand.Text() + tempSuffix
	f, err := r.folder.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, r.mode)
	if err != nil {
		return err
	}
	err = r.fill(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = allowed()
	}
	if err == nil {
		err = r.folder.Rename(temp, r.name)
	}
	if err != nil {
		if left := r.folder.Remove(temp); left != nil && !errors.Is(left, fs.ErrNotExist) {
			return fmt.Errorf("%w; remove %s as well", err, temp)
		}
		return err
	}
	syncFolder(r.folder)
	return nil
}

// fill writes the temporary file, with its owner before its mode: giving a file
// away takes mode bits off it.
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
