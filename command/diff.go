package command

import (
	"cmp"
	"fmt"

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
	keep := func(f rewrite.Finding) bool { return !safeOnly || f.Fix.Grade == rewrite.Safe }
	var filled []*rewrite.Finding // whose fixes are made
	err := c.run(o, paths, func(in input) {
		ch := change{input: in, fixed: in.text}
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

func (c *Command) diff() *cobra.Command {
	var o options
	var safeOnly, exitCode bool
	cmd := &cobra.Command{
		Use:   "diff [PATH...]",
		Short: "Print the fixes as a unified diff",
		Long: `Print the fixes as a unified diff on stdout, which git apply takes in the same
folder; obstacles, what a person must check, and what fills the placeholders of
the fixes go to stderr. No PATH means the current folder; - is stdin.`,
		Example: "  shellfree diff cluster/ > shell-free.patch\n  shellfree diff --safe-only --kubernetes-version=1.24 .",
		RunE: func(_ *cobra.Command, args []string) error {
			names, err := relative(args)
			if err != nil {
				return err
			}
			return c.changes(&o, safeOnly, args, func(ch change) {
				name, err := names(cmp.Or(ch.path, o.filename))
				if err != nil {
					c.fail(ExitUsage, err)
					return
				}
				patch := unidiff.Diff("a/"+name, "b/"+name, ch.text, ch.fixed)
				if _, err := c.Stdout.Write(patch); err != nil {
					c.fail(ExitIO, err)
				}
				if len(patch) > 0 && exitCode {
					c.raise(ExitFindings)
				}
			})
		},
	}
	o.register(cmd)
	cmd.Flags().BoolVar(&safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 1 when there is a diff")
	return cmd
}
