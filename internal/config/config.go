// Package config reads the configuration file, .shellfree.yaml, in which a
// repository describes its images, programs and placeholders once, instead of in
// the flags of each call.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"shellfree/internal/files"
	"shellfree/rewrite"
	"shellfree/transforms"
)

// Name is the file name of a configuration.
const Name = ".shellfree.yaml"

// maxSize is the largest configuration to read, in bytes.
const maxSize = 1 << 20

// Config is the content of a configuration file. The zero value is an empty
// configuration. The keys are described in docs/configuration.md and
// config.schema.json.
type Config struct {
	LogSink           string             `yaml:"logSink" enum:"auto klog runner native stdout"`
	RunnerPath        string             `yaml:"runnerPath"`
	KubernetesVersion transforms.Version `yaml:"kubernetesVersion"`
	PlaceholderStyle  string             `yaml:"placeholderStyle" enum:"glued upstream"`
	Placeholders      PlaceholderRules   `yaml:"placeholders"`
	Dialects          []string           `yaml:"dialects"`
	// Include are patterns of further file names to read in folders.
	Include []string `yaml:"include"`
	// Exclude are globs of files and folders that a walk leaves out.
	Exclude []string `yaml:"exclude"`
	// StderrThreshold is FATAL or "".
	StderrThreshold string               `yaml:"stderrThreshold" enum:"FATAL"`
	Programs        []transforms.Program `yaml:"programs"`
	Images          []transforms.Image   `yaml:"images"`
	Exceptions      []Exception          `yaml:"exceptions"`
	// Rules limits rules to some files, by their codes.
	Rules map[string]Limit `yaml:"rules"`

	File string `yaml:"-"` // as it was given or found, "" without a file
	text keyEntries
}

// PlaceholderRules are the rules for filling placeholders, in the order of the file.
type PlaceholderRules []rewrite.PlaceholderRule

// Find returns the configuration file for a path: the one in its folder, or in the
// nearest folder above that has one; "" if there is none. The search ends at a
// folder with a .git, the top of a repository.
func Find(path string) (string, error) {
	dir, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	for {
		file := filepath.Join(dir, Name)
		switch _, err := os.Stat(file); {
		case err == nil && leavesFolder(file):
			return "", fmt.Errorf("%s is a link out of its folder and is not followed: put the file there, or name it with --config", relativeToWorkingFolder(file))
		case err == nil:
			return relativeToWorkingFolder(file), nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("%w: mend it, or name another file with --config", err)
		}
		_, err := os.Lstat(filepath.Join(dir, ".git"))
		parent := filepath.Dir(dir)
		if err == nil || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// leavesFolder reports a link to a file that is not below the link's folder: the
// author of the folder may not be allowed to read that file, and errors quote its text.
func leavesFolder(file string) bool {
	target, err := filepath.EvalSymlinks(file)
	folder, errFolder := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil || errFolder != nil {
		return true
	}
	rel, err := filepath.Rel(folder, target)
	return err != nil || !filepath.IsLocal(rel)
}

// relativeToWorkingFolder returns a path relative to the working folder.
func relativeToWorkingFolder(file string) string {
	wd, err := os.Getwd()
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(wd, file)
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}

// Read reads a configuration file; see [Parse].
func Read(file string) (*Config, error) {
	content, err := files.Read(file, maxSize)
	if err != nil {
		return nil, fmt.Errorf("the configuration can't be read: %w: mend it, or name another file with --config", err)
	}
	return Parse(file, content)
}

// ImageSettings returns the configuration's values for images and versions.
func (c *Config) ImageSettings() transforms.Configured {
	return transforms.Configured{
		RunnerPath:        c.RunnerPath,
		KubernetesVersion: c.KubernetesVersion,
		FatalOnly:         c.StderrThreshold == "FATAL",
		Images:            c.Images,
	}
}
