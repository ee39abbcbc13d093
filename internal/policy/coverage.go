package policy

import "path/filepath"

// Coverage is the list of files and folders that a run read. About other files the
// run knows nothing.
type Coverage []string

// Holds reports whether a path is in the list, or below a folder in the list.
func (c Coverage) Holds(path string) bool {
	abs, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	for _, p := range c {
		base, err := filepath.Abs(p)
		if err != nil {
			continue
		}
		if rel, err := filepath.Rel(base, abs); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}
