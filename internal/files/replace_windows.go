package files

import "os"

// write puts the content in the file's place, which can't be done at once on
// Windows (renameio has the discussion). allowed is asked before and may refuse.
func (r replacement) write(allowed func() error) error {
	if err := allowed(); err != nil {
		return err
	}
	f, err := r.folder.OpenFile(r.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, r.mode)
	if err != nil {
		return err
	}
	err = r.fill(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
