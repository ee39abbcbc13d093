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
// refused without waiting for it, as a FIFO would ask.
func Read(path string, max int64) ([]byte, error) { return ReadInto(nil, path, max) }

// ReadInto does the same into the space of buffer, which may be nil; where that
// is too small the content has a space of its own.
func ReadInto(buffer []byte, path string, max int64) ([]byte, error) {
	file, size, err := open(path)
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
		case int64(len(text)) > max: // the size may be wrong: a file can grow, and those of /proc tell 0
			return nil, &TooLargeError{path, int64(len(text)), max}
		case err == io.EOF, n > 0 && n < len(space) && int64(len(text)) == size: // the end, with a call less
			return text, nil
		case err != nil:
			return nil, &fs.PathError{Op: "read", Path: path, Err: err}
		}
		text = slices.Grow(text, 1)
	}
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
// new content, never a part. A link stays and its target is replaced. The
// permissions are kept, and the owner where this process may set it; access
// control lists and extended attributes are not.
//
// Write refuses, with the file unchanged, when the content is no longer old,
// which is looked at right before the file is replaced; when the file is
// read-only or not regular; and when it has further hard links, which would
// keep the old content from then on.
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
	if err := replaceable(path, info); err != nil {
		return err
	}
	r := replacement{folder: folder, name: name, content: content, mode: info.Mode().Perm(), exact: true, owner: info}
	var changed *changedError
	err = r.write(func() error { return unchanged(folder, name, path, info, old) })
	if err != nil && !errors.As(err, &changed) {
		return fmt.Errorf("%s was left unchanged: %w; check its folder, or write elsewhere with --output-dir", path, err)
	}
	return err
}

// changedError says that a file is no longer what was judged.
type changedError struct{ path string }

func (e *changedError) Error() string {
	return e.path + " changed while it was being judged and was left alone: run the command again"
}

// unchanged checks that a file still is the one that was looked at, with the
// content that was judged.
func unchanged(folder *os.Root, name, path string, info fs.FileInfo, old []byte) error {
	now, err := folder.Lstat(name)
	if err != nil {
		return err
	}
	if !os.SameFile(info, now) || now.Size() != int64(len(old)) || now.Mode() != info.Mode() || links(now) != links(info) {
		return &changedError{path}
	}
	text, err := folder.ReadFile(name)
	if err == nil && !bytes.Equal(text, old) {
		err = &changedError{path}
	}
	return err
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

// Create writes the file of a local name below the folder dir, or replaces it,
// at once. Missing folders are made. New files get permissions 0644 less the
// umask. A link at the name is itself replaced, and a link to a folder on the
// way is followed only below dir, so nothing is written outside of it.
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
		return within(dir, name, err)
	}
	folder, err := top.OpenRoot(parent)
	if err != nil {
		return within(dir, name, err)
	}
	defer folder.Close()
	base := filepath.Base(name)
	if info, err := folder.Lstat(base); err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0 {
		return notRegular(filepath.Join(dir, name), info.Mode())
	}
	r := replacement{folder: folder, name: base, content: content, mode: 0o644}
	if err := r.write(func() error { return nil }); err != nil {
		return within(dir, name, err)
	}
	return nil
}

// within names the whole path in an error of a rooted operation.
func within(dir, name string, err error) error {
	var p *fs.PathError
	for errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s was not written: %w; check the folders on its way, or give another --output-dir", filepath.Join(dir, name), err)
}
