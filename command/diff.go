package command

import (
	"bytes"
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"shellfree/report"
	"shellfree/rewrite"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/unidiff"
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
		ch := change{input: in, fixed: in.text}
		if len(in.result.Findings) > 0 {
			c.line.erase()
		}
		for _, f := range in.result.Findings {
			kept := f.Fix != nil && keep(f)
			if kept {
				ch.made++
				filled = append(filled, &f)
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
	patch              bytes.Buffer
}

func (p *patching) formats() []report.Format {
	return []report.Format{
		{Name: "patch", Write: func(w io.Writer, _ *report.Report) error {
			_, err := w.Write(p.patch.Bytes())
			return err
		}},
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
			r := c.newReport(cmd, args)
			if err := c.gather(&p, r, args); err != nil {
				return err
			}
			c.writeAll(outputs, r)
			if p.patch.Len() > 0 && p.exitCode {
				c.raise(ExitFindings)
			}
			return nil
		},
	}
	p.register(cmd)
	cmd.Flags().BoolVar(&p.safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&p.exitCode, "exit-code", false, "exit with 1 when there is a diff")
	cmd.Flags().StringArrayVar(&formats, "format", nil, "`NAME[=FILE]` of the output, repeatable: "+formatNames(p.formats())+" (default patch)")
	return cmd
}

// gather adds each file to the patch and to the report.
func (c *Command) gather(p *patching, r *report.Report, paths []string) error {
	names, err := relative(paths)
	if err != nil {
		return err
	}
	return c.changes(&p.options, p.safeOnly, paths, func(ch change) {
		name, err := names(cmp.Or(ch.path, p.filename))
		if err != nil {
			c.fail(ExitUsage, err)
			return
		}
		r.Add(ch.result)
		p.patch.Write(unidiff.Diff("a/"+name, "b/"+name, ch.text, ch.fixed))
	})
}

// accepted returns which fixes are made.
func accepted(safeOnly bool) func(rewrite.Finding) bool {
	return func(f rewrite.Finding) bool { return !safeOnly || f.Fix.Grade == rewrite.Safe }
}
