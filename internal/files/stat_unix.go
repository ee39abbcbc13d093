//go:build unix

package files

import (
	"io/fs"
	"os"
	"syscall"
)

// countLinks returns the number of hard links of a file.
func countLinks(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink)
	}
	return 1
}

// keepOwner gives the new file the owner of the old one. Only root may do that; for
// other users the file becomes their own, as with any editor.
func keepOwner(f *os.File, before fs.FileInfo) {
	if stat, ok := before.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(stat.Uid), int(stat.Gid))
	}
}
