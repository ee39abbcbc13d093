package command

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/report"
	"shellfree/rewrite/suggestion"
)

// failOns are the words that --fail-on takes.
var failOns = []string{"any", "fixable", "none"}

func (c *Command) check() *cobra.Command {
	var o options
	var formats []string
	var failOn string
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Print the shell commands of manifests and what stands in the way of the exec form",
		Long: `Print a finding for every shell command: a fix, or an obstacle that says why
there is none and what to do. The lines of any file below the paths that fill a
placeholder of a fix are named with it. No PATH means the current folder; - is
stdin.`,
		Example: "  shellfree check cluster/\n  shellfree check --format=json --format=text=findings.txt .\n  helm template . | shellfree check -",
		RunE: func(_ *cobra.Command, args []string) error {
			outputs, err := c.outputs(formats)
			if err != nil {
				return err
			}
			if !slices.Contains(failOns, failOn) {
				return fmt.Errorf("--fail-on=%s is not known: %s", failOn, suggestion.For(failOn, failOns))
			}
			var r report.Report
			if err := c.run(&o, args, func(in input) { r.Add(in.result) }); err != nil {
				return err
			}
			c.searchProducers(&o, args, r.Findings())
			for _, out := range outputs {
				if err := out.write(&r); err != nil {
					c.fail(ExitIO, err)
				}
			}
			if failOn == "any" && r.Summary.Findings > 0 || failOn == "fixable" && r.Summary.Fixable > 0 {
				c.raise(ExitFindings)
			}
			return nil
		},
	}
	o.register(cmd)
	cmd.Flags().StringArrayVar(&formats, "format", nil, "`NAME[=FILE]` of the output, repeatable: "+formatNames()+" (default text)")
	cmd.Flags().StringVar(&failOn, "fail-on", "any", "findings that make the exit status 1: any, fixable or none")
	return cmd
}

func formatNames() string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name+" ("+f.Doc+")")
	}
	return strings.Join(names, ", ")
}

// output is one --format: where the report goes and how.
type output struct {
	format report.Format
	file   string // "" is stdout
	stdout io.Writer
}

// outputs reads the --format flags; one of them may go to stdout.
func (c *Command) outputs(flags []string) ([]output, error) {
	if len(flags) == 0 {
		flags = []string{"text"}
	}
	var outputs []output
	onStdout := ""
	for _, flag := range flags {
		name, file, named := strings.Cut(flag, "=")
		format, err := report.Named(name)
		if err != nil {
			return nil, err
		}
		if named && file == "" {
			return nil, fmt.Errorf("--format=%s names no file: write --format=%s=FILE", flag, name)
		}
		if file != "" && slices.ContainsFunc(outputs, func(o output) bool { return o.file == file }) {
			return nil, fmt.Errorf("--format=%s goes to a file that another format goes to: give it one of its own", flag)
		}
		if file == "" {
			if onStdout != "" {
				return nil, fmt.Errorf("--format=%s and --format=%s both go to stdout: give one a file, --format=%s=FILE", onStdout, name, name)
			}
			onStdout = name
		}
		outputs = append(outputs, output{format, file, c.Stdout})
	}
	return outputs, nil
}

func (o output) write(r *report.Report) error {
	if o.file == "" {
		return o.format.Write(o.stdout, r)
	}
	f, err := os.Create(o.file)
	if err != nil {
		return err
	}
	if err := o.format.Write(f, r); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
