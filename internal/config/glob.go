package config

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// checkGlob returns an error for a malformed glob of paths.
func checkGlob(glob string) error {
	if glob == "" || !doublestar.ValidatePattern(glob) {
		return fmt.Errorf("%q is not a glob of paths: write one such as cluster/** or **/*.tmpl", glob)
	}
	return nil
}

// RelativePath returns a file's path below the configuration's folder, with
// slashes. It returns false for a file outside of the folder, which no glob
// matches. Without a configuration the folder is the working folder.
func (c *Config) RelativePath(file string) (string, bool) {
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

// Matches reports whether one of the globs matches a file or one of the folders
// above it, up to the configuration's folder.
func (c *Config) Matches(globs []string, file string) bool {
	if len(globs) == 0 {
		return false
	}
	rel, ok := c.RelativePath(file)
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

// Excludes reports whether the key exclude leaves a file or folder out.
func (c *Config) Excludes(path string) bool { return c.Matches(c.Exclude, path) }

// Root returns the folder that holds all files of a glob, or the one file that the
// glob names, relative to the working folder.
func (c *Config) Root(glob string) string {
	base := "."
	if glob != "" {
		if base = path.Clean(glob); strings.ContainsAny(base, `*?[{\\`) {
			base, _ = doublestar.SplitPattern(base)
		}
	}
	return filepath.Join(filepath.Dir(c.File), filepath.FromSlash(base))
}
