//go:build unix

package files

import (
	"io/fs"
	"os"
	"syscall"
)

// links counts the names of a file.
func links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink)
	}
	return 1
}

// keepOwner gives a replaced file the owner it had. Only root may give a file
// away, so for others the file is theirs from now on, as with any editor.
func keepOwner(f *os.File, before fs.FileInfo) {
	if stat, ok := before.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(stat.Uid), int(stat.Gid))
	}
}
