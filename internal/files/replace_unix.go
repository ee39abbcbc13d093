//go:build !windows

package files

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/google/renameio/v2"
)

// write replaces the file. The new file is complete and on the disk before it is
// renamed, so that neither a kill nor a power failure leaves a part of it. write calls
// check right before the rename; an error keeps the old file.
func (r replacement) write(check func() error) error {
	f, err := renameio.NewPendingFile(r.name, renameio.WithRoot(r.folder), renameio.WithPermissions(r.mode))
	if err != nil {
		return err
	}
	if err = r.writeContent(f.File); err == nil {
		err = check()
	}
	if err == nil {
		err = f.CloseAtomicallyReplace()
	}
	if err != nil {
		if left := f.Cleanup(); left != nil && !errors.Is(left, fs.ErrNotExist) {
			return fmt.Errorf("%w; remove %s as well", err, f.Name())
		}
		return err
	}
	syncFolder(r.folder)
	return nil
}
