//go:build !windows

package files

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/google/renameio/v2"
)

// write puts the content in the file's place. The new file is complete and on
// the disk before it is renamed, so that neither a kill nor a power failure
// leaves a part of it. allowed is asked right before the rename and may refuse.
func (r replacement) write(allowed func() error) error {
	f, err := renameio.NewPendingFile(r.name, renameio.WithRoot(r.folder), renameio.WithPermissions(r.mode))
	if err != nil {
		return err
	}
	if err = r.fill(f.File); err == nil {
		err = allowed()
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
