package files

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2/maybe"
)

// TooLargeError says that a file is larger than what may be read.
type TooLargeError struct {
	Path      string
	Size, Max int64 // in bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s has %d bytes, more than the limit of %d", e.Path, e.Size, e.Max)
}

// Read returns the content of a regular file of at most max bytes; a link is
// followed. A larger file gives a *TooLargeError; what isn't a regular file is
// refused before it is opened, since opening a FIFO waits for a writer.
func Read(path string, max int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular(path, info.Mode())
	}
	if info.Size() > max {
		return nil, &TooLargeError{path, info.Size(), max}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// The size may be wrong: a file can grow, and those of /proc tell 0.
	text, err := io.ReadAll(io.LimitReader(file, max+1))
	if err == nil && int64(len(text)) > max {
		err = &TooLargeError{path, int64(len(text)), max}
	}
	if err != nil {
		return nil, err
	}
	return text, nil
}

func notRegular(path string, mode fs.FileMode) error {
	kind := "a special file"
	switch {
	case mode.IsDir():
		kind = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a FIFO"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	}
	return fmt.Errorf("%s is %s, not a regular file: leave it out, or pipe its content in and give - as the path", path, kind)
}

// Write replaces a file's content at once: another process sees the old or the
// new content, never a part. (On Windows it can't be done at once.) A link
// stays and its target is replaced. The permissions are kept, and the owner
// where this process may set it; access control lists and extended attributes
// are not.
//
// Write refuses, with the file unchanged, when the content is no longer old;
// when the file is read-only or not regular; and when it has further hard
// links, which would keep the old content from then on.
func Write(path string, content, old []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Lstat(target)
	if err != nil {
		return err
	}
	if err := replaceable(path, info); err != nil {
		return err
	}
	now, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return fmt.Errorf("%s changed while it was being judged and was left alone: run the command again", path)
	}
	if err := maybe.WriteFile(target, content, info.Mode().Perm()); err != nil {
		return fmt.Errorf("%s was left unchanged: %w; check its folder, or write elsewhere with --output-dir", path, err)
	}
	keepOwner(target, info)
	return nil
}

// replaceable says why a file must not be replaced.
func replaceable(path string, info fs.FileInfo) error {
	switch n := links(info); {
	case !info.Mode().IsRegular():
		return notRegular(path, info.Mode())
	case info.Mode()&0o200 == 0:
		return fmt.Errorf("%s is read-only: make it writable, or write elsewhere with --output-dir", path)
	case n > 1:
		return fmt.Errorf("%s has %d hard links, and replacing it would part it from the others: break the link by copying it, or write elsewhere with --output-dir", path, n)
	}
	return nil
}

// Create writes a new file, or replaces one, at once. Missing folders are made.
// New files get permissions 0644 less the umask. A link at path is itself
// replaced, so nothing is written outside of the folder that was asked for.
func Create(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return notRegular(path, info.Mode())
	}
	return maybe.WriteFile(path, content, 0o644)
}
