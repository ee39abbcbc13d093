//go:build !unix

package files

import "os"

// openRegular opens a regular file and returns its size.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, notRegularError(path, info.Mode())
	}
	file, err := os.Open(path)
	return file, info.Size(), err
}
