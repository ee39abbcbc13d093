package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// TooLargeError is the error for a file that is larger than the limit.
type TooLargeError struct {
	Path      string
	Size, Max int64 // in bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s has %d bytes, more than the limit of %d", e.Path, e.Size, e.Max)
}

// Read returns the content of a regular file of at most max bytes. It follows a
// link. A larger file is a *TooLargeError. A file that is not regular is an error
// too; Read never waits for one, such as a FIFO.
func Read(path string, max int64) ([]byte, error) { return ReadInto(nil, path, max) }

// ReadInto does the same, and uses the memory of buffer, which may be nil, if it is
// large enough.
func ReadInto(buffer []byte, path string, max int64) ([]byte, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if size > max {
		return nil, &TooLargeError{path, size, max}
	}
	text := slices.Grow(buffer[:0], int(size)+1)
	for {
		space := text[len(text):min(int64(cap(text)), max+1)]
		n, err := file.Read(space)
		text = text[:len(text)+n]
		switch {
		case int64(len(text)) > max: // the size may be wrong: a file can grow, and in /proc it is 0
			return nil, &TooLargeError{path, int64(len(text)), max}
		case err == io.EOF, n > 0 && n < len(space) && int64(len(text)) == size: // the end; saves the call that returns EOF
			return text, nil
		case err != nil:
			return nil, &fs.PathError{Op: "read", Path: path, Err: err}
		}
		text = slices.Grow(text, 1)
	}
}

func notRegularError(path string, mode fs.FileMode) error {
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

// Write replaces a file's content in one step: another process sees the old or the
// new content, never a part. A link stays, and the file that it leads to is
// replaced. The file keeps its permissions, and its owner if this process may set
// it, but not access control lists and extended attributes.
//
// Write returns an error and leaves the file unchanged if its content is no longer
// old, which is checked right before the file is replaced; if it is read-only or not
// a regular file; and if it has several hard links, since the others would keep the
// old content.
func Write(path string, content, old []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	folder, err := os.OpenRoot(filepath.Dir(target))
	if err != nil {
		return err
	}
	defer folder.Close()
	name := filepath.Base(target)
	info, err := folder.Lstat(name)
	if err != nil {
		return err
	}
	if err := checkReplaceable(path, info); err != nil {
		return err
	}
	r := replacement{folder: folder, name: name, content: content, mode: info.Mode().Perm(), exact: true, owner: info}
	var changed *changedError
	err = r.write(func() error { return checkUnchanged(folder, name, path, info, old) })
	if err != nil && !errors.As(err, &changed) {
		return fmt.Errorf("%s was left unchanged: %w; check its folder, or write elsewhere with --output-dir", path, err)
	}
	return err
}

// changedError is the error for a file that changed after it was judged.
type changedError struct{ path string }

func (e *changedError) Error() string {
	return e.path + " changed while it was being judged and was left alone: run the command again"
}

// checkUnchanged checks that the name still leads to the same file, with the content
// that was judged.
func checkUnchanged(folder *os.Root, name, path string, info fs.FileInfo, old []byte) error {
	now, err := folder.Lstat(name)
	if err != nil {
		return err
	}
	if !os.SameFile(info, now) || now.Size() != int64(len(old)) || now.Mode() != info.Mode() || countLinks(now) != countLinks(info) {
		return &changedError{path}
	}
	text, err := folder.ReadFile(name)
	if err == nil && !bytes.Equal(text, old) {
		err = &changedError{path}
	}
	return err
}

// checkReplaceable returns an error if a file must not be replaced.
func checkReplaceable(path string, info fs.FileInfo) error {
	switch n := countLinks(info); {
	case !info.Mode().IsRegular():
		return notRegularError(path, info.Mode())
	case info.Mode()&0o200 == 0:
		return fmt.Errorf("%s is read-only: make it writable, or write elsewhere with --output-dir", path)
	case n > 1:
		return fmt.Errorf("%s has %d hard links, and replacing it would part it from the others: break the link by copying it, or write elsewhere with --output-dir", path, n)
	}
	return nil
}

// Create writes the file name, a local path below the folder dir, in one step, and
// replaces an old file. It makes missing folders. New files get permissions 0644
// less the umask. If name is a link, the link itself is replaced; links to folders
// are followed only if they stay below dir, so nothing is written outside of it.
func Create(dir, name string, content []byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	top, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer top.Close()
	parent := filepath.Dir(name)
	if err := top.MkdirAll(parent, 0o777); err != nil {
		return withWholePath(dir, name, err)
	}
	folder, err := top.OpenRoot(parent)
	if err != nil {
		return withWholePath(dir, name, err)
	}
	defer folder.Close()
	base := filepath.Base(name)
	if info, err := folder.Lstat(base); err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return notRegularError(filepath.Join(dir, name), info.Mode())
	}
	r := replacement{folder: folder, name: base, content: content, mode: 0o644}
	if err := r.write(func() error { return nil }); err != nil {
		return withWholePath(dir, name, err)
	}
	return nil
}

// withWholePath adds the whole path to an error of an os.Root, which knows only the
// path below its folder.
func withWholePath(dir, name string, err error) error {
	var p *fs.PathError
	for errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s was not written: %w; check the folders on its way, or give another --output-dir", filepath.Join(dir, name), err)
}
