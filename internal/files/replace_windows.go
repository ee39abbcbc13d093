package files

import "os"

// write replaces the file. On Windows that is not possible in one step (see
// renameio). write calls check first; an error keeps the old file.
func (r replacement) write(check func() error) error {
	if err := check(); err != nil {
		return err
	}
	f, err := r.folder.OpenFile(r.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, r.mode)
	if err != nil {
		return err
	}
	err = r.writeContent(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
