//go:build unix

package files

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// descriptor is an open file. An os.File would register each file with the poller,
// which costs one more system call, and reading a regular file never waits.
type descriptor int

// openRegular opens a regular file and returns its size. Any other file is an error;
// it doesn't wait for the writer of a FIFO.
func openRegular(path string) (descriptor, int64, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.ENXIO || err == syscall.EACCES: // a socket, or a special file that may not be opened
			return -1, 0, explainOpenError(path, err)
		case err != nil:
			return -1, 0, &fs.PathError{Op: "open", Path: path, Err: err}
		}
		var stat syscall.Stat_t
		if err := syscall.Fstat(fd, &stat); err != nil {
			syscall.Close(fd)
			return -1, 0, &fs.PathError{Op: "stat", Path: path, Err: err}
		}
		if stat.Mode&syscall.S_IFMT != syscall.S_IFREG {
			syscall.Close(fd)
			return -1, 0, explainOpenError(path, syscall.EINVAL)
		}
		return descriptor(fd), stat.Size, nil
	}
}

// explainOpenError returns an error that names the kind of file at a path, if it is
// not a regular file.
func explainOpenError(path string, err error) error {
	if info, statErr := os.Stat(path); statErr == nil && !info.Mode().IsRegular() {
		return notRegularError(path, info.Mode())
	}
	return &fs.PathError{Op: "open", Path: path, Err: err}
}

func (d descriptor) Read(p []byte) (int, error) {
	for {
		n, err := syscall.Read(int(d), p)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return 0, err
		case n == 0 && len(p) > 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

func (d descriptor) Close() error { return syscall.Close(int(d)) }
