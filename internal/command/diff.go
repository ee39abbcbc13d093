package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"shellfree/internal/report"
	"shellfree/internal/unidiff"
	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// change is what diff and rewrite do with one file.
type change struct {
	input
	fixed []byte // text with the fixes made; equal to text where there are none
	made  int    // fixes made
	left  int    // findings that stay
}

// changes runs the engine and applies the fixes that the flags accept.
// Obstacles, reviews and at last what fills the placeholders of the fixes go to
// stderr: they are for the person who runs it.
func (c *Command) changes(o *options, safeOnly bool, paths []string, use func(change)) error {
	keep := accepted(safeOnly)
	var filled []*rewrite.Finding // whose fixes are made
	err := c.run(o, paths, func(in input) {
		if in.result.PassedOver && in.path != "" {
			return
		}
		ch := change{input: in, fixed: in.text}
		if len(in.result.Findings) > 0 {
			c.line.erase()
		}
		for i, f := range in.result.Findings {
			kept := f.Fix != nil && keep(f)
			if kept {
				ch.made++
				if len(f.Placeholders) > 0 {
					filled = append(filled, &in.result.Findings[i])
				}
			} else {
				ch.left++
			}
			if !kept || len(f.Review) > 0 {
				if err := report.WriteFinding(c.Stderr, in.result.Source, f); err != nil {
					c.fail(ExitIO, err)
				}
			}
			if f.Fix != nil && !kept {
				fmt.Fprintln(c.Stderr, "  held back by --safe-only")
			}
		}
		fixed, err := edit.Apply(in.text, in.result.Edits(keep))
		if err != nil {
			c.fail(ExitIO, fmt.Errorf("%s: %w", in.result.Source.Name, err))
			return
		}
		ch.fixed = fixed
		use(ch)
	})
	if err != nil {
		return err
	}
	c.searchProducers(o, paths, filled)
	return report.WritePlaceholders(c.Stderr, report.Gather(filled))
}

// patching is what diff makes of a run.
type patching struct {
	options
	safeOnly, exitCode bool
	patches            []*os.File // what the patch goes to beside stdout
	stdout             io.Writer  // where it goes too, nil for nowhere
	changed            bool
}

func (p *patching) formats() []report.Format {
	return []report.Format{
		{Name: "patch"}, // written file by file, not at the end
		{Name: "markdown", Write: func(w io.Writer, r *report.Report) error {
			return report.WritePullRequest(w, r, accepted(p.safeOnly))
		}},
	}
}

func (c *Command) diff() *cobra.Command {
	var p patching
	var formats []string
	cmd := &cobra.Command{
		Use:   "diff [PATH...]",
		Short: "Print the fixes as a unified diff",
		Long: `Print the fixes as a unified diff on stdout, which git apply takes in the same
folder; obstacles, what a person must check, and what fills the placeholders of
the fixes go to stderr. No PATH means the current folder; - is stdin.`,
		Example: "  shellfree diff cluster/ > shell-free.patch\n  shellfree diff --safe-only --format=patch --format=markdown=pr.md .",
		RunE: func(cmd *cobra.Command, args []string) error {
			outputs, err := c.outputs(formats, p.formats())
			if err != nil {
				return err
			}
			rest, err := p.open(outputs)
			if err != nil {
				return err
			}
			var r *report.Report // which keeps what it is given
			if len(rest) > 0 {
				r = c.newReport(cmd, args, rest)
			}
			if err := errors.Join(c.gather(&p, r, args), p.close()); err != nil {
				return err
			}
			c.writeAll(rest, r)
			if p.changed && p.exitCode {
				c.raise(ExitFindings)
			}
			return nil
		},
	}
	p.register(cmd)
	cmd.Flags().BoolVar(&p.safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&p.exitCode, "exit-code", false, "exit with 1 when there is a diff")
	cmd.Flags().StringArrayVar(&formats, "format", nil, "`NAME[=FILE]`, repeatable: "+formatNames(p.formats())+" (default patch)")
	return cmd
}

// open opens what the patch goes to and returns the other outputs.
func (p *patching) open(outputs []output) (rest []output, err error) {
	for _, o := range outputs {
		switch {
		case o.format.Name != "patch":
			rest = append(rest, o)
		case o.file == "":
			p.stdout = o.stdout
		default:
			f, err := os.Create(o.file)
			if err != nil {
				return nil, errors.Join(err, p.close())
			}
			p.patches = append(p.patches, f)
		}
	}
	return rest, nil
}

func (p *patching) close() error {
	var errs []error
	for _, f := range p.patches {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// write adds to the patch.
func (p *patching) write(patch []byte) error {
	p.changed = p.changed || len(patch) > 0
	var errs []error
	for _, f := range p.patches {
		_, err := f.Write(patch)
		errs = append(errs, err)
	}
	if p.stdout != nil {
		_, err := p.stdout.Write(patch)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// gather adds each file to the patch and to the report, which may be nil.
func (c *Command) gather(p *patching, r *report.Report, paths []string) error {
	names, err := relative(paths)
	if err != nil {
		return err
	}
	return c.changes(&p.options, p.safeOnly, paths, func(ch change) {
		if r != nil {
			r.Add(ch.result)
		}
		name, err := names(cmp.Or(ch.path, p.filename))
		if err != nil {
			c.fail(ExitUsage, err)
			return
		}
		if err := p.write(unidiff.Diff("a/"+name, "b/"+name, ch.text, ch.fixed)); err != nil {
			c.fail(ExitIO, err)
		}
	})
}

// accepted returns which fixes are made.
func accepted(safeOnly bool) func(rewrite.Finding) bool {
	return func(f rewrite.Finding) bool { return !safeOnly || f.Fix.Grade == rewrite.Safe }
}
