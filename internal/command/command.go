// Package command is shellfree's command line.
package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"shellfree/internal/report"
	"shellfree/internal/suggestion"
)

// Exit statuses, the same in every format. The highest that applies wins.
const (
	// ExitOK: nothing to report, or the work is done.
	ExitOK = 0
	// ExitFindings: check has findings; diff or rewrite has some with --exit-code.
	ExitFindings = 1
	// ExitUsage: wrong flags or configuration, or nothing to read.
	ExitUsage = 2
	// ExitIO: an input could not be read or an output not written; all the others
	// were processed.
	ExitIO = 3
)

// Command is the program with its streams as fields, so that tests can run it
// in-process.
type Command struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Today is the day with which the last days of exceptions are compared; the zero
	// value stands for the day on which the command runs.
	Today time.Time

	status int
	line   *progressLine // the progress of the current run; erase it before printing on stderr
	stats  *stats        // the counts of the current run, nil without --stats
}

// Main runs the command line and returns the exit status.
func (c *Command) Main(args []string) int {
	c.status, c.stats = ExitOK, nil
	root := c.rootCommand()
	root.SetArgs(args)
	root.SetIn(c.Stdin)
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	if err := root.Execute(); err != nil {
		c.reportError(ExitUsage, err)
	}
	if c.stats != nil {
		c.stats.print(c.Stderr)
	}
	return c.status
}

// raiseStatus sets the exit status to s if it is lower.
func (c *Command) raiseStatus(s int) { c.status = max(c.status, s) }

// today returns the day with which the last days of exceptions are compared.
func (c *Command) today() time.Time {
	if c.Today.IsZero() {
		return time.Now()
	}
	return c.Today
}

// reportError prints an error on stderr and raises the exit status. Joined errors get
// a line each. An error of the operating system gets a hint what to do next.
func (c *Command) reportError(s int, err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			c.reportError(s, e)
		}
		return
	}
	if p, ok := err.(*fs.PathError); ok {
		err = fmt.Errorf("%s: %w: check the path and its permissions", cmp.Or(p.Path, `""`), p.Err)
	}
	c.line.erase()
	fmt.Fprintf(c.Stderr, "shellfree: %s\n", report.ReplaceUnprintable(strings.TrimSpace(err.Error())))
	c.raiseStatus(s)
}

func (c *Command) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "shellfree",
		Short: "Migrate Kubernetes manifests off the shell",
		Long: `shellfree finds every shell command in Kubernetes manifests, templates included,
and turns those that start one program into the exec form, which runs on images
without a shell. It changes no other byte of a file.

  shellfree check .              print what it found
  shellfree diff . > my.patch    show the fixes; git apply takes the patch
  shellfree rewrite .            make them
  shellfree report .             print which images may lose their shell

Exit status: 0 nothing to report, or the work is done; 1 findings (check; diff
and rewrite with --exit-code); 2 wrong usage, or nothing to read; 3 an input
could not be read or an output not written. The highest wins.`,
		Args:          refuseUnknownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          showHelp,
	}
	root.SetUsageFunc(printUsage)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(c.checkCommand(), c.diffCommand(), c.rewriteCommand(), c.verifyCommand(), c.reportCommand(), c.explainCommand(), c.programsCommand(), c.configCommand(), c.exceptionsCommand(), c.versionCommand())
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Args, completion.RunE = refuseUnknownCommand, showHelp // by default an unknown shell exits with 0
	}
	root.InitDefaultHelpCmd()
	if topic, _, err := root.Find([]string{"help"}); err == nil {
		topic.Run, topic.RunE = nil, showHelpTopic // by default an unknown command exits with 0
	}
	return root
}

// showHelpTopic prints the help of the command that the arguments name.
func showHelpTopic(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 && found.HasSubCommands() {
		return refuseUnknownCommand(found, rest)
	}
	found.InitDefaultHelpFlag()
	return found.Help()
}

// flagError adds to an error the flags that an unknown one resembles, or where all
// flags are listed.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := suggestion.Nearest(unknown.GetSpecifiedName(), names); len(near) > 0 {
			return fmt.Errorf("%w: did you mean --%s?", err, strings.Join(near, " or --"))
		}
	}
	return fmt.Errorf("%w: see %s --help", err, cmd.CommandPath())
}

func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// refuseUnknownCommand returns an error for arguments that are not a subcommand.
func refuseUnknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return fmt.Errorf("command %q is not known: %s", args[0], suggestion.For(args[0], names))
}

// limitArguments returns a check that allows at most n arguments.
func limitArguments(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("%q is one argument too many: see %s --help", args[n], cmd.CommandPath())
		}
		return nil
	}
}
