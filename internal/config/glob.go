package config

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// checkGlob reports a malformed glob of paths.
func checkGlob(glob string) error {
	if glob == "" || !doublestar.ValidatePattern(glob) {
		return fmt.Errorf("%q is no glob of paths: write one such as cluster/** or **/*.tmpl", glob)
	}
	return nil
}

// Relative returns a file's path below the configuration's folder, with slashes;
// false for a file outside of it, which no glob matches. Without a
// configuration the folder is the working folder.
func (c *Config) Relative(file string) (string, bool) {
	base, err := filepath.Abs(filepath.Dir(c.File))
	if err != nil {
		return "", false
	}
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(base, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Matches reports whether one of the globs matches a file, or a folder above
// it, below the configuration's folder.
func (c *Config) Matches(globs []string, file string) bool {
	if len(globs) == 0 {
		return false
	}
	rel, ok := c.Relative(file)
	if !ok {
		return false
	}
	for at := rel; ; at = path.Dir(at) {
		for _, glob := range globs {
			if doublestar.MatchUnvalidated(path.Clean(glob), at) {
				return true
			}
		}
		if at == "." {
			return false
		}
	}
}

// Excluded reports whether exclude leaves a file or folder out.
func (c *Config) Excluded(path string) bool { return c.Matches(c.Exclude, path) }

// Root returns the folder, or the one file, below which a glob's files stand,
// as seen from the working folder.
func (c *Config) Root(glob string) string {
	base := "."
	if glob != "" {
		if base = path.Clean(glob); strings.ContainsAny(base, `*?[{\\`) {
			base, _ = doublestar.SplitPattern(base)
		}
	}
	return filepath.Join(filepath.Dir(c.File), filepath.FromSlash(base))
}
