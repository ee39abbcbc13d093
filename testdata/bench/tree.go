package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// tree is a folder with the number and size of its files.
type tree struct {
	dir   string
	files int
	size  int64 // bytes
}

func newTree(dir string) (tree, error) {
	t := tree{dir: dir}
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			t.files, t.size = t.files+1, t.size+info.Size()
		}
		return err
	})
	return t, err
}

// parts returns the parts of a sparse tree: its first folder of a thousand files, the folder
// of ten thousand around it, and so on up to the whole tree.
func (t tree) parts() ([]tree, error) {
	var parts []tree
	for dir := filepath.Join(t.dir, "zone-0", "region-0", "cluster-0"); ; dir = filepath.Dir(dir) {
		part, err := newTree(dir)
		if err != nil {
			return nil, fmt.Errorf("%w: make the sparse tree anew with testdata/trees", err)
		}
		if last := len(parts) - 1; last < 0 || part.files > parts[last].files {
			parts = append(parts, part)
		}
		if dir == filepath.Clean(t.dir) {
			return parts, nil
		}
	}
}

func (t tree) String() string { return fmt.Sprintf("%d files, %s", t.files, megabytes(t.size)) }

// filesWithEnding returns the files whose names end in one of the endings.
func (t tree) filesWithEnding(endings ...string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(t.dir, func(path string, d fs.DirEntry, err error) error {
		for _, e := range endings {
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, e) {
				all = append(all, path)
			}
		}
		return err
	})
	return all, err
}
