package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/internal/files"
	"shellfree/internal/report"
)

// relative returns a function that names files relative to the working folder,
// with slashes. A path outside of it is an error, at once where it was given.
// Links are followed, since a patch of a link would change where it leads.
func relative(paths []string) (func(string) (string, error), error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	realWd, err := filepath.EvalSymlinks(wd)
	if err != nil {
		return nil, err
	}
	name := func(path string) (string, error) {
		abs, err := filepath.Abs(path)
		if err != nil {
			return "", err
		}
		base := wd
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			base, abs = realWd, real
		}
		rel, err := filepath.Rel(base, abs)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return "", fmt.Errorf("%s is outside of the working folder: run shellfree in a folder above it", path)
		}
		return filepath.ToSlash(rel), nil
	}
	for _, p := range paths {
		if _, err := name(p); p != "-" && err != nil {
			return nil, err
		}
	}
	return name, nil
}

// totals counts what a rewrite did.
type totals struct{ files, fixes, left int }

func (c *Command) rewrite() *cobra.Command {
	var o options
	var safeOnly, exitCode bool
	var outputDir string
	cmd := &cobra.Command{
		Use:   "rewrite PATH...",
		Short: "Write the fixes into the files",
		Long: `Write the fixes into the files, each at once or not at all, and name each file
on stderr. Modes, owners and symbolic links stay; a file with several hard links
is refused. With - the rewritten text of stdin goes to stdout.`,
		Example: "  shellfree rewrite cluster/\n  shellfree rewrite --output-dir=out cluster/",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("rewrite needs a PATH: name the files or folders to rewrite")
			}
			names := func(path string) (string, error) { return path, nil }
			if o.given("output-dir") {
				if outputDir == "" {
					return errors.New("--output-dir names no folder: write --output-dir=DIR, or leave it out")
				}
				var err error
				if names, err = relative(args); err != nil {
					return err
				}
			}
			o.writes = true
			var t totals
			if err := c.changes(&o, safeOnly, args, func(ch change) {
				t.left += ch.left
				if err := c.write(ch, outputDir, names, &t); err != nil {
					t.left += ch.made
					c.fail(ExitIO, err)
				}
			}); err != nil {
				return err
			}
			fmt.Fprintf(c.Stderr, "total: %d fixed, %d left; changed files: %d\n", t.fixes, t.left, t.files)
			if exitCode && t.left > 0 {
				c.raise(ExitFindings)
			}
			return nil
		},
	}
	o.register(cmd)
	cmd.Flags().BoolVar(&safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 1 when findings remain that were not fixed")
	cmd.Flags().StringVar(&outputDir, "output-dir", "", "write changed files below `DIR`, at their path relative to the working folder")
	return cmd
}

// write writes one changed file, or stdin's text to stdout, changed or not.
func (c *Command) write(ch change, outputDir string, names func(string) (string, error), t *totals) error {
	changed := !bytes.Equal(ch.text, ch.fixed)
	if ch.path == "" {
		return c.writeStdout(ch, changed, t)
	}
	if !changed {
		return nil
	}
	name, err := names(ch.path)
	if err != nil {
		return err
	}
	if outputDir == "" {
		err = files.Write(ch.path, ch.fixed, ch.text)
	} else {
		err = files.Create(outputDir, filepath.FromSlash(name), ch.fixed)
		name = filepath.Join(outputDir, filepath.FromSlash(name))
	}
	if err != nil {
		return err
	}
	t.files++
	t.fixes += ch.made
	fmt.Fprintf(c.Stderr, "%s: %d fixed, %d left\n", report.Printable(name), ch.made, ch.left)
	return nil
}

// writeStdout writes the text of stdin, changed or not. One that was too large
// to read would come out empty, and empty a file that it is redirected into.
func (c *Command) writeStdout(ch change, changed bool, t *totals) error {
	if ch.text == nil {
		return errors.New("stdin is too large and was not copied to stdout: raise --max-file-size")
	}
	if changed {
		t.files++
	}
	t.fixes += ch.made
	_, err := c.Stdout.Write(ch.fixed)
	return err
}
