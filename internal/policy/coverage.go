package policy

import "path/filepath"

// Coverage are the paths that a run looked at: what is not below one of them it
// says nothing about.
type Coverage []string

// Holds reports whether a path is one of them, or below one.
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
