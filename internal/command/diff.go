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

// change is a file with its fixes made, for diff and rewrite.
type change struct {
	input
	fixed []byte // the text with the fixes; equal to text if there are none
	made  int    // number of fixes made
	left  int    // number of findings that remain
}

// applyFixes judges the files and calls use for each, with the fixes that the flags
// allow. It prints obstacles and reviews on stderr, since they are for the person who
// runs the command, and at the end the lines that fill the placeholders of the fixes.
func (c *Command) applyFixes(o *options, safeOnly bool, paths []string, use func(change)) error {
	keep := fixFilter(safeOnly)
	var filled []*rewrite.Finding // findings with placeholders whose fixes are made
	err := c.judgeAll(o, paths, func(in input) {
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
					c.reportError(ExitIO, err)
				}
			}
			if f.Fix != nil && !kept {
				fmt.Fprintln(c.Stderr, "  held back by --safe-only")
			}
		}
		fixed, err := edit.Apply(in.text, in.result.Edits(keep))
		if err != nil {
			c.reportError(ExitIO, fmt.Errorf("%s: %w", in.result.Source.Name, err))
			return
		}
		ch.fixed = fixed
		use(ch)
	})
	if err != nil {
		return err
	}
	c.searchProducers(o, paths, filled)
	return report.WritePlaceholders(c.Stderr, report.GatherPlaceholders(filled))
}

// diffOptions are the flags of diff, and the open files that get the patch.
type diffOptions struct {
	options
	safeOnly, exitCode bool
	patches            []*os.File // files that get the patch
	stdout             io.Writer  // gets the patch too, unless nil
	changed            bool       // the patch is not empty
}

func (p *diffOptions) formats() []report.Format {
	return []report.Format{
		{Name: "patch"}, // written file by file, not at the end
		{Name: "markdown", Write: func(w io.Writer, r *report.Report) error {
			return report.WritePullRequest(w, r, fixFilter(p.safeOnly))
		}},
	}
}

func (c *Command) diffCommand() *cobra.Command {
	var p diffOptions
	var formats []string
	cmd := &cobra.Command{
		Use:   "diff [PATH...]",
		Short: "Print the fixes as a unified diff",
		Long: `Print the fixes as a unified diff on stdout, which git apply takes in the same
folder; obstacles, what a person must check, and what fills the placeholders of
the fixes go to stderr. No PATH means the current folder; - is stdin.`,
		Example: "  shellfree diff cluster/ > shell-free.patch\n  shellfree diff --safe-only --format=patch --format=markdown=pr.md .",
		RunE: func(cmd *cobra.Command, args []string) error {
			outputs, err := c.parseOutputs(formats, p.formats())
			if err != nil {
				return err
			}
			rest, err := p.openOutputs(outputs)
			if err != nil {
				return err
			}
			var r *report.Report // stays nil without outputs, since it takes memory for each finding
			if len(rest) > 0 {
				r = c.newReport(cmd, args, rest)
			}
			if err := errors.Join(c.gatherChanges(&p, r, args), p.close()); err != nil {
				return err
			}
			c.writeOutputs(rest, r)
			if p.changed && p.exitCode {
				c.raiseStatus(ExitFindings)
			}
			return nil
		},
	}
	p.registerFlags(cmd)
	cmd.Flags().BoolVar(&p.safeOnly, "safe-only", false, "hold back fixes that a person must check")
	cmd.Flags().BoolVar(&p.exitCode, "exit-code", false, "exit with 1 when there is a diff")
	cmd.Flags().StringArrayVar(&formats, "format", nil, "`NAME[=FILE]`, repeatable: "+formatNames(p.formats())+" (default patch)")
	return cmd
}

// openOutputs opens the files that get the patch, and returns the outputs in other
// formats.
func (p *diffOptions) openOutputs(outputs []output) (rest []output, err error) {
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

func (p *diffOptions) close() error {
	var errs []error
	for _, f := range p.patches {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// writePatch writes the patch of the next file to all outputs.
func (p *diffOptions) writePatch(patch []byte) error {
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

// gatherChanges writes the patch of each file and adds the file to the report, which
// may be nil.
func (c *Command) gatherChanges(p *diffOptions, r *report.Report, paths []string) error {
	names, err := relativeNamer(paths)
	if err != nil {
		return err
	}
	return c.applyFixes(&p.options, p.safeOnly, paths, func(ch change) {
		if r != nil {
			r.Add(ch.result)
		}
		name, err := names(cmp.Or(ch.path, p.filename))
		if err != nil {
			c.reportError(ExitUsage, err)
			return
		}
		if err := p.writePatch(unidiff.Diff("a/"+name, "b/"+name, ch.text, ch.fixed)); err != nil {
			c.reportError(ExitIO, err)
		}
	})
}

// fixFilter returns a function that reports whether a fix is made.
func fixFilter(safeOnly bool) func(rewrite.Finding) bool {
	return func(f rewrite.Finding) bool { return !safeOnly || f.Fix.Grade == rewrite.Safe }
}
