package command

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/internal/files"
	"shellfree/internal/report"
	"shellfree/internal/suggestion"
	"shellfree/internal/verify"
	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

func (c *Command) verifyCommand() *cobra.Command {
	var o options
	var format, since string
	cmd := &cobra.Command{
		Use:   "verify BEFORE AFTER | verify --since=REV [PATH...]",
		Short: "Say whether every container still starts the same program with the same words",
		Long: `Compare two manifests, two folders file by file, or the files of a git repository
before and after a change: whether each command still starts the same program with
the same words, and where its output goes now. It does not matter who made the
change. Exit status 1 says that some command differs, or can't be reduced to a
single program.`,
		Example: "  shellfree verify old/kube-proxy.manifest new/kube-proxy.manifest\n  shellfree verify --since=origin/main cluster/",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 && !cmd.Flags().Changed("since") {
				return fmt.Errorf("verify takes two paths, before and after, and got %d: see %s --help", len(args), cmd.CommandPath())
			}
			if slices.Contains(args, "-") {
				return errors.New("verify is about files, not stdin: name a path instead of -")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(verifyFormats, format) {
				return fmt.Errorf("format %q is not known: %s", format, suggestion.For(format, verifyFormats))
			}
			last := args[max(0, len(args)-1):]
			if err := o.applyConfig(last); err != nil {
				return err
			}
			find := func() ([]filePair, error) { return c.pairFiles(&o, args) }
			if cmd.Flags().Changed("since") {
				find = func() ([]filePair, error) { return pairWithRevision(&o, since, args) }
			}
			return c.compareFiles(&o, find, format)
		},
	}
	o.registerReadingFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`NAME` of the output: text or json")
	cmd.Flags().StringVar(&since, "since", "", "compare with the files before the change since the git `REV`")
	return cmd
}

var verifyFormats = []string{"text", "json"}

// filePair is a file before and after a change.
type filePair struct{ before, after fileVersion }

// fileVersion is a file before or after a change. If it does not exist there, read
// returns fs.ErrNotExist.
type fileVersion struct {
	name string // for messages
	read func(max int64) ([]byte, error)
}

// diskVersion returns the version of a file on disk, which need not exist.
func diskVersion(path string) fileVersion {
	return fileVersion{filepath.ToSlash(path), func(max int64) ([]byte, error) { return files.Read(path, max) }}
}

// compareFiles compares pairs of files and prints the comparison of their commands.
func (c *Command) compareFiles(o *options, find func() ([]filePair, error), format string) error {
	engine, err := o.newEngine()
	if err != nil {
		return err
	}
	converter, err := o.newConverter()
	if err != nil {
		return err
	}
	pairs, err := find()
	if err != nil {
		return err
	}
	r, counts := &verify.Report{}, c.startStats(o)
	for _, p := range pairs {
		old, oldErr := c.readStarts(o, engine, counts, p.before)
		current, currentErr := c.readStarts(o, engine, counts, p.after)
		if oldErr == nil && currentErr == nil {
			r.Add(p.before.name, p.after.name, verify.Compare(converter, old, current))
		}
	}
	r.Unread = counts.findings
	if format == "json" {
		err = verify.WriteJSON(c.Stdout, r)
	} else {
		err = verify.WriteText(c.Stdout, r, report.ReplaceUnprintable)
	}
	if err != nil {
		c.reportError(ExitIO, err)
	}
	if !r.IsSame() {
		c.raiseStatus(ExitFindings)
	}
	return nil
}

// pairFiles pairs two files, or the files of two folders with the same path below the
// folder.
func (c *Command) pairFiles(o *options, paths []string) ([]filePair, error) {
	before, err := c.fileNames(o, paths[0])
	if err != nil {
		return nil, err
	}
	after, err := c.fileNames(o, paths[1])
	if err != nil || c.status == ExitIO { // a file that can't be read must not count as deleted
		return nil, err
	}
	if isSingleFile(before) != isSingleFile(after) {
		return nil, fmt.Errorf("one of %s and %s is a folder, the other a file: name two folders or two files", paths[0], paths[1])
	}
	var all []filePair
	for _, name := range mergeNames(before, after) {
		all = append(all, filePair{diskVersion(filepath.Join(paths[0], name)), diskVersion(filepath.Join(paths[1], name))})
	}
	return all, nil
}

// isSingleFile reports whether the names are those of a path that is a file.
func isSingleFile(names []string) bool { return len(names) == 1 && names[0] == "." }

// fileNames returns the names of the files below a path; "." if the path is a file.
func (c *Command) fileNames(o *options, path string) ([]string, error) {
	found, errs := files.Find([]string{path}, files.Options{NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excludes})
	for _, err := range errs {
		c.reportError(ExitIO, err)
	}
	var names []string
	for _, f := range found {
		name, err := filepath.Rel(path, f.Path)
		if err != nil {
			return nil, err
		}
		names = append(names, strings.TrimPrefix(name, "."+string(filepath.Separator)))
	}
	if len(found) == 0 && len(errs) == 0 {
		return nil, noManifestError(path)
	}
	return names, nil
}

func mergeNames(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// readStarts reads a file and returns the programs that its commands start. It prints
// an error if the file can't be read or parsed. A file that does not exist starts
// nothing.
func (c *Command) readStarts(o *options, engine *rewrite.Engine, counts *stats, v fileVersion) ([]rewrite.Start, error) {
	text, err := v.read(o.maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		c.reportError(ExitIO, err)
		return nil, err
	}
	starts, unread := engine.Starts(v.name, text)
	counts.files++
	counts.bytes += int64(len(text))
	counts.findings += len(unread)
	for _, f := range unread {
		if err := report.WriteFinding(c.Stderr, source.New(f.File, text), f); err != nil {
			c.reportError(ExitIO, err)
		}
	}
	if len(unread) > 0 {
		counts.skipped++
		return nil, errors.New("unread")
	}
	counts.parsed++
	return starts, nil
}
