//go:build unix

package files

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// descriptor is an open file. The os package's would register each file with
// the poller, which is a system call more, and regular files never wait.
type descriptor int

// open opens a regular file and tells its size. It doesn't wait for the writer
// of a FIFO, and refuses whatever isn't regular.
func open(path string) (descriptor, int64, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.ENXIO || err == syscall.EACCES: // a socket, or a special file that may not be opened
			return -1, 0, explained(path, err)
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
			return -1, 0, explained(path, syscall.EINVAL)
		}
		return descriptor(fd), stat.Size, nil
	}
}

// explained says what stands at a path if it isn't a regular file.
func explained(path string, err error) error {
	if info, statErr := os.Stat(path); statErr == nil && !info.Mode().IsRegular() {
		return notRegular(path, info.Mode())
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
