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

// relativeNamer returns a function that makes file names relative to the working folder,
// with slashes. A file outside of the folder is an error, and if one of the given paths
// is outside, relativeNamer itself returns it. Links are followed, since a patch of the
// link would change its target.
func relativeNamer(paths []string) (func(string) (string, error), error) {
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

// totals counts the changed files, the fixes made and the findings left by a rewrite.
type totals struct{ files, fixes, left int }

func (c *Command) rewriteCommand() *cobra.Command {
	var o options
	var safeOnly, exitCode bool
	var outputDir string
	cmd := &cobra.Command{
		Use:   "rewrite PATH...",
		Short: "Write the fixes into the files",
		Long: `Write the fixes into the files, and print the name of each changed file on
stderr. A file is replaced in one step or not at all. Modes, owners and symbolic
links stay; a file with several hard links is refused. With - the rewritten text
of stdin goes to stdout.`,
		Example: "  shellfree rewrite cluster/\n  shellfree rewrite --output-dir=out cluster/",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("rewrite needs a PATH: name the files or folders to rewrite")
			}
			names := func(path string) (string, error) { return path, nil }
			if o.isGiven("output-dir") {
				if outputDir == "" {
					return errors.New("--output-dir names no folder: write --output-dir=DIR, or leave it out")
				}
				var err error
				if names, err = relativeNamer(args); err != nil {
					return err
				}
			}
			o.writes = true
			var t totals
			if err := c.applyFixes(&o, safeOnly, args, func(ch change) {
				t.left += ch.left
				if err := c.writeChange(ch, outputDir, names, &t); err != nil {
					t.left += ch.made
					c.reportError(ExitIO, err)
				}
			}); err != nil {
				return err
			}
			fmt.Fprintf(c.Stderr, "total: %d fixed, %d left; changed files: %d\n", t.fixes, t.left, t.files)
			if exitCode && t.left > 0 {
				c.raiseStatus(ExitFindings)
			}
			return nil
		},
	}
	o.registerFlags(cmd)
	cmd.Flags().BoolVar(&safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 1 when findings remain that were not fixed")
	cmd.Flags().StringVar(&outputDir, "output-dir", "", "write changed files below `DIR`, at their path relative to the working folder")
	return cmd
}

// writeChange writes a file if it changed. The text of stdin is always written, to
// stdout.
func (c *Command) writeChange(ch change, outputDir string, names func(string) (string, error), t *totals) error {
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
	fmt.Fprintf(c.Stderr, "%s: %d fixed, %d left\n", report.ReplaceUnprintable(name), ch.made, ch.left)
	return nil
}

// writeStdout writes the text of stdin to stdout. If stdin was too large to read, it is
// an error: an empty output could overwrite the user's file.
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
