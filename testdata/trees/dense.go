package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeDenseTree copies the files below from, repeatedly, until there are n files. Each copy
// of a file has the text behind at its end once more than the copy before.
func writeDenseTree(dir string, n int, from, behind string) error {
	var paths []string
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("no files below %s", from)
	}
	for i := range n {
		path := paths[i%len(paths)]
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		copied := i / len(paths)
		text = append(text, bytes.Repeat([]byte(behind), copied)...)
		if err := writeFile(filepath.Join(dir, fmt.Sprintf("copy-%03d", copied), name), text); err != nil {
			return err
		}
	}
	return nil
}
