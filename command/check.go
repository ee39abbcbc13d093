package command

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/report"
)

// failOns are the words that --fail-on takes.
var failOns = []string{"any", "fixable", "none"}

// checking are the flags of check alone.
type checking struct {
	options
	formats       []string
	failOn        string
	baselineFile  string
	writeBaseline bool
	changedSince  string
}

func (c *Command) check() *cobra.Command {
	var k checking
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Print the shell commands of manifests and what stands in the way of the exec form",
		Long: `Print a finding for every shell command: a fix, or an obstacle that says why
there is none and what to do; and one for each probe or hook that runs a tool
which images without a shell lack. The lines of any file below the paths that
fill a placeholder of a fix are named with it. No PATH means the current folder;
- is stdin.

A finding that a comment, an annotation or the configuration excepts is left
out, and so is one that the baseline has; docs/configuration.md says how.`,
		Example: `  shellfree check cluster/
  shellfree check --format=json --format=text=findings.txt .
  shellfree check --baseline=.shellfree-baseline.json --write-baseline .
  shellfree check --changed-since=origin/main .
  helm template . | shellfree check -`,
		RunE: func(_ *cobra.Command, args []string) error { return c.checked(&k, args) },
	}
	k.register(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&k.formats, "format", nil, "`NAME[=FILE]` of the output, repeatable: "+formatNames()+" (default text)")
	f.StringVar(&k.failOn, "fail-on", "any", "findings that make the exit status 1: any, fixable or none")
	f.BoolVar(&k.noExceptions, "no-exceptions", false, "report what exceptions cover too")
	f.StringVar(&k.baselineFile, "baseline", "", "`FILE` of findings that are not reported")
	f.BoolVar(&k.writeBaseline, "write-baseline", false, "write the findings into the file of --baseline")
	f.StringVar(&k.changedSince, "changed-since", "", "report what changed since the git `REV` only")
	return cmd
}

// checked runs check.
func (c *Command) checked(k *checking, args []string) error {
	outputs, err := c.outputs(k.formats)
	if err != nil {
		return err
	}
	baseline, err := k.prepare(args)
	if err != nil {
		return err
	}
	var r report.Report
	if err := c.run(&k.options, args, func(in input) {
		r.Summary.Excepted += len(in.excepted)
		if baseline != nil {
			r.Summary.Baselined += baseline.Take(in.result)
		}
		r.Add(in.result)
	}); err != nil {
		return err
	}
	seen := c.seen(k, args)
	configured := k.policy.Configured(seen)
	if k.changes != nil {
		k.changes.Keep(configured)
	}
	if len(configured.Findings) > 0 {
		r.Add(configured)
		r.Summary.Files-- // the configuration is no manifest
		r.Summary.Parsed--
	}
	if baseline != nil {
		c.settle(k, baseline, seen)
	}
	c.searchProducers(&k.options, args, r.Findings())
	for _, out := range outputs {
		if err := out.write(&r); err != nil {
			c.fail(ExitIO, err)
		}
	}
	if k.failOn == "any" && r.Summary.Findings > 0 || k.failOn == "fixable" && r.Summary.Fixable > 0 {
		c.raise(ExitFindings)
	}
	return nil
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
