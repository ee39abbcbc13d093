package command

import (
	"github.com/spf13/cobra"

	"shellfree/internal/report"
)

// failOnWords are the words that --fail-on takes.
var failOnWords = []string{"any", "fixable", "none"}

// checkOptions are the flags of check.
type checkOptions struct {
	options
	formats       []string
	failOn        string
	baselineFile  string
	writeBaseline bool
	changedSince  string
}

func (c *Command) checkCommand() *cobra.Command {
	var k checkOptions
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Print the shell commands of manifests and what stands in the way of the exec form",
		Long: `Print a finding for every shell command: a fix, or an obstacle that says why
there is none and what to do; and one for each probe or hook that runs a tool
which images without a shell lack. What an exception or the baseline covers is
left out. No PATH means the current folder; - is stdin.`,
		Example: `  shellfree check --format=github --format=html=report.html cluster/
  shellfree check --changed-since=origin/main .
  helm template . | shellfree check -`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.runCheck(cmd, &k, args) },
	}
	k.registerFlags(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&k.formats, "format", nil, "`NAME[=FILE]`, repeatable: "+formatNames(report.Formats())+" (default text)")
	f.StringVar(&k.failOn, "fail-on", "any", "`FINDINGS` that fail: any, fixable or none")
	f.BoolVar(&k.noExceptions, "no-exceptions", false, "report what exceptions cover too")
	f.StringVar(&k.baselineFile, "baseline", "", "`FILE` of findings that are not reported")
	f.BoolVar(&k.writeBaseline, "write-baseline", false, "write the file of --baseline")
	f.StringVar(&k.changedSince, "changed-since", "", "only what changed since the git `REV`")
	return cmd
}

// runCheck runs check with its flags parsed.
func (c *Command) runCheck(cmd *cobra.Command, k *checkOptions, args []string) error {
	outputs, err := c.parseOutputs(k.formats, report.Formats())
	if err != nil {
		return err
	}
	baseline, err := k.prepareCheck(args)
	if err != nil {
		return err
	}
	r := c.newReport(cmd, args, outputs)
	k.everyFile = r.EveryFile()
	if err := c.judgeAll(&k.options, args, func(in input) {
		if baseline != nil {
			r.Summary.Baselined += baseline.RemoveKnown(in.result)
		}
		r.Add(in.result)
		r.AddExcepted(in.excepted)
		c.flushText(outputs)
	}); err != nil {
		return err
	}
	seen := c.coverage(k, args)
	configured := k.policy.ConfigFindings(seen)
	if k.changes != nil {
		k.changes.KeepTouched(configured)
	}
	if len(configured.Findings) > 0 {
		r.Add(configured)
		r.Summary.Files-- // the configuration is no manifest
		r.Summary.Parsed--
	}
	if baseline != nil {
		c.finishBaseline(k, baseline, seen)
	}
	c.searchProducers(&k.options, args, r.FindingsWithPlaceholders())
	c.writeOutputs(outputs, r)
	if k.failOn == "any" && r.Summary.Findings > 0 || k.failOn == "fixable" && r.Summary.Fixable > 0 {
		c.raiseStatus(ExitFindings)
	}
	return nil
}
