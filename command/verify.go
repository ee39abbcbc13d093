package command

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/files"
	"shellfree/report"
	"shellfree/rewrite"
	"shellfree/rewrite/source"
	"shellfree/transforms"
	"shellfree/verify"
)

func (c *Command) verify() *cobra.Command {
	var o options
	var format string
	cmd := &cobra.Command{
		Use:   "verify BEFORE AFTER",
		Short: "Say whether every container still starts the same program with the same words",
		Long: `Compare two manifests, or two folders file by file, whoever changed them: whether
each command still starts the same program with the same words, and where its
output goes now. Exit status 1 says that some command differs, or that one of
them can't be reduced to a single program.`,
		Example: "  shellfree verify old/kube-proxy.manifest new/kube-proxy.manifest\n  shellfree verify --kubernetes-version=1.26 before/ after/",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("verify takes two paths, before and after, and got %d: see %s --help", len(args), cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("format %q is not known: use text or json", format)
			}
			if err := o.configure(args[1:]); err != nil {
				return err
			}
			r, err := c.compare(&o, args[0], args[1])
			if err != nil {
				return err
			}
			if format == "json" {
				err = verify.WriteJSON(c.Stdout, r)
			} else {
				err = verify.WriteText(c.Stdout, r, report.Printable)
			}
			if err != nil {
				c.fail(ExitIO, err)
			}
			if !r.Same() {
				c.raise(ExitFindings)
			}
			return nil
		},
	}
	o.registerReading(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`NAME` of the output: text or json")
	return cmd
}

// state is one state of the files that are compared: texts by name.
type state struct {
	names []string
	path  func(name string) string // where a name stands, for messages and reading
}

// compare compares all files of two paths.
func (c *Command) compare(o *options, before, after string) (*verify.Report, error) {
	engine, err := o.engine()
	if err != nil {
		return nil, err
	}
	converter, err := o.converter()
	if err != nil {
		return nil, err
	}
	old, err := c.state(o, before)
	if err != nil {
		return nil, err
	}
	current, err := c.state(o, after)
	if err != nil {
		return nil, err
	}
	r := &verify.Report{}
	if c.status == ExitIO { // what is missing is no change
		return r, nil
	}
	for _, name := range union(old.names, current.names) {
		c.compareFile(o, engine, converter, r, old.path(name), current.path(name))
	}
	return r, nil
}

// state finds the files of one path: a file is called "", those of a folder
// by their path below it.
func (c *Command) state(o *options, path string) (state, error) {
	found, errs := files.Find([]string{path}, files.Options{NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excluded})
	for _, err := range errs {
		c.fail(ExitIO, err)
	}
	v := state{path: func(name string) string { return filepath.Join(path, name) }}
	for _, f := range found {
		name, err := filepath.Rel(path, f.Path)
		if err != nil {
			return v, err
		}
		v.names = append(v.names, strings.TrimPrefix(name, "."+string(filepath.Separator)))
	}
	if len(found) == 0 && len(errs) == 0 {
		return v, fmt.Errorf("no manifest below %s: %w; name a file, or a folder with .yaml, .json or .manifest files", path, errNothing)
	}
	return v, nil
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// compareFile compares one file; one that is missing holds no command.
func (c *Command) compareFile(o *options, engine *rewrite.Engine, converter *transforms.Converter, r *verify.Report, before, after string) {
	old, oldErr := c.starts(o, engine, r, before)
	current, currentErr := c.starts(o, engine, r, after)
	if oldErr == nil && currentErr == nil {
		r.Add(filepath.ToSlash(before), filepath.ToSlash(after), verify.Compare(converter, old, current))
	}
}

// starts reads a file and returns what its commands start. What can't be read
// or parsed is told; of a file that isn't there nothing is.
func (c *Command) starts(o *options, engine *rewrite.Engine, r *verify.Report, path string) ([]rewrite.Start, error) {
	text, err := files.Read(path, o.maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		c.fail(ExitIO, err)
		return nil, err
	}
	starts, unread := engine.Starts(filepath.ToSlash(path), text)
	for _, f := range unread {
		if err := report.WriteFinding(c.Stderr, source.New(f.File, text), f); err != nil {
			c.fail(ExitIO, err)
		}
		r.Unread++
	}
	if len(unread) > 0 {
		return nil, errors.New("unread")
	}
	return starts, nil
}
