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

func (c *Command) verify() *cobra.Command {
	var o options
	var format, since string
	cmd := &cobra.Command{
		Use:   "verify BEFORE AFTER | verify --since=REV [PATH...]",
		Short: "Say whether every container still starts the same program with the same words",
		Long: `Compare two manifests, two folders file by file, or the files of a git repository
with what they were before a change, whoever made it: whether each command still
starts the same program with the same words, and where its output goes now. Exit
status 1 says that some command differs, or that one of them can't be reduced to a
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
			if err := o.configure(last); err != nil {
				return err
			}
			find := func() ([]pair, error) { return c.pairs(&o, args) }
			if cmd.Flags().Changed("since") {
				find = func() ([]pair, error) { return pairsSince(&o, since, args) }
			}
			return c.compare(&o, find, format)
		},
	}
	o.registerReading(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`NAME` of the output: text or json")
	cmd.Flags().StringVar(&since, "since", "", "compare with what was before the change since the git `REV`")
	return cmd
}

var verifyFormats = []string{"text", "json"}

// pair is a file before and after.
type pair struct{ before, after version }

// version is a file as it was or is. One that isn't there has no text: then
// reading it is fs.ErrNotExist.
type version struct {
	name string // for messages
	read func(max int64) ([]byte, error)
}

// onDisk is the version of a file that is there, or not.
func onDisk(path string) version {
	return version{filepath.ToSlash(path), func(max int64) ([]byte, error) { return files.Read(path, max) }}
}

// compare compares pairs of files and prints what became of their commands.
func (c *Command) compare(o *options, find func() ([]pair, error), format string) error {
	engine, err := o.engine()
	if err != nil {
		return err
	}
	converter, err := o.converter()
	if err != nil {
		return err
	}
	pairs, err := find()
	if err != nil {
		return err
	}
	r, counts := &verify.Report{}, c.count(o)
	for _, p := range pairs {
		old, oldErr := c.starts(o, engine, counts, p.before)
		current, currentErr := c.starts(o, engine, counts, p.after)
		if oldErr == nil && currentErr == nil {
			r.Add(p.before.name, p.after.name, verify.Compare(converter, old, current))
		}
	}
	r.Unread = counts.findings
	if format == "json" {
		err = verify.WriteJSON(c.Stdout, r)
	} else {
		err = verify.WriteText(c.Stdout, r, report.Printable)
	}
	if err != nil {
		c.fail(ExitIO, err)
	}
	if !r.IsSame() {
		c.raise(ExitFindings)
	}
	return nil
}

// pairs pairs the files of two paths: two files, or those of two folders by
// their path below them.
func (c *Command) pairs(o *options, paths []string) ([]pair, error) {
	before, err := c.below(o, paths[0])
	if err != nil {
		return nil, err
	}
	after, err := c.below(o, paths[1])
	if err != nil || c.status == ExitIO { // what is missing is no change
		return nil, err
	}
	if isFile(before) != isFile(after) {
		return nil, fmt.Errorf("one of %s and %s is a folder, the other a file: name two folders or two files", paths[0], paths[1])
	}
	var all []pair
	for _, name := range union(before, after) {
		all = append(all, pair{onDisk(filepath.Join(paths[0], name)), onDisk(filepath.Join(paths[1], name))})
	}
	return all, nil
}

// isFile reports the names below a path that is a file.
func isFile(names []string) bool { return len(names) == 1 && names[0] == "." }

// below returns the names of the files below a path; a file's own is ".".
func (c *Command) below(o *options, path string) ([]string, error) {
	found, errs := files.Find([]string{path}, files.Options{NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excludes})
	for _, err := range errs {
		c.fail(ExitIO, err)
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
		return nil, noManifest(path)
	}
	return names, nil
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// starts reads a file and returns what its commands start. What can't be read
// or parsed is told; of a file that isn't there nothing is.
func (c *Command) starts(o *options, engine *rewrite.Engine, counts *stats, v version) ([]rewrite.Start, error) {
	text, err := v.read(o.maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		c.fail(ExitIO, err)
		return nil, err
	}
	starts, unread := engine.Starts(v.name, text)
	counts.files++
	counts.bytes += int64(len(text))
	counts.findings += len(unread)
	for _, f := range unread {
		if err := report.WriteFinding(c.Stderr, source.New(f.File, text), f); err != nil {
			c.fail(ExitIO, err)
		}
	}
	if len(unread) > 0 {
		counts.skipped++
		return nil, errors.New("unread")
	}
	counts.parsed++
	return starts, nil
}
