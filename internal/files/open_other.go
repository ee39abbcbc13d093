//go:build !unix

package files

import "os"

// open opens a regular file and tells its size.
func open(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, notRegular(path, info.Mode())
	}
	file, err := os.Open(path)
	return file, info.Size(), err
}
