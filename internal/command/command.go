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
	// ExitFindings: check found something; diff and rewrite with --exit-code.
	ExitFindings = 1
	// ExitUsage: wrong flags or configuration, or nothing to read.
	ExitUsage = 2
	// ExitIO: an input could not be read or an output not written; all others
	// were still done.
	ExitIO = 3
)

// Command is the program with its streams, so that a test can run it in-process.
type Command struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Today is the day that exceptions are held against; the zero value is the
	// day on which the command runs.
	Today time.Time

	status int
	line   *progress // of the run that is under way; what prints on stderr erases it
	stats  *stats    // of the run, where --stats asks for it
}

// Main runs the command line and returns the exit status.
func (c *Command) Main(args []string) int {
	c.status, c.stats = ExitOK, nil
	root := c.root()
	root.SetArgs(args)
	root.SetIn(c.Stdin)
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	if err := root.Execute(); err != nil {
		c.fail(ExitUsage, err)
	}
	if c.stats != nil {
		c.stats.print(c.Stderr)
	}
	return c.status
}

// raise makes the exit status at least s.
func (c *Command) raise(s int) { c.status = max(c.status, s) }

// today returns the day that exceptions are held against.
func (c *Command) today() time.Time {
	if c.Today.IsZero() {
		return time.Now()
	}
	return c.Today
}

// fail prints an error on stderr and raises the exit status. Each error of a
// joined one gets a line of its own, and one that comes straight from the
// operating system gets what to do next.
func (c *Command) fail(s int, err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			c.fail(s, e)
		}
		return
	}
	if p, ok := err.(*fs.PathError); ok {
		err = fmt.Errorf("%s: %w: check the path and its permissions", cmp.Or(p.Path, `""`), p.Err)
	}
	c.line.erase()
	fmt.Fprintf(c.Stderr, "shellfree: %s\n", report.Printable(strings.TrimSpace(err.Error())))
	c.raise(s)
}

func (c *Command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "shellfree",
		Short: "Migrate Kubernetes manifests off the shell",
		Long: `shellfree finds every shell command in Kubernetes manifests, templates included,
and turns those that start one program into the exec form, which runs on images
without a shell. It changes not one byte besides.

  shellfree check .              say what it found
  shellfree diff . > my.patch    show the fixes; git apply takes the patch
  shellfree rewrite .            make them
  shellfree report .             say which images may lose their shell

Exit status: 0 nothing to report, or the work is done; 1 findings (check; diff
and rewrite with --exit-code); 2 wrong usage, or nothing to read; 3 an input
could not be read or an output not written. The highest wins.`,
		Args:          noCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          help,
	}
	root.SetUsageFunc(usage)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(c.check(), c.diff(), c.rewrite(), c.verify(), c.report(), c.explain(), c.programs(), c.configuration(), c.exceptions(), c.version())
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Args, completion.RunE = noCommand, help // else an unknown shell is exit 0
	}
	root.InitDefaultHelpCmd()
	if topic, _, err := root.Find([]string{"help"}); err == nil {
		topic.Run, topic.RunE = nil, helpTopic // else an unknown command is exit 0
	}
	return root
}

// helpTopic prints the help of the command that the arguments name.
func helpTopic(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 && found.HasSubCommands() {
		return noCommand(found, rest)
	}
	found.InitDefaultHelpFlag()
	return found.Help()
}

// flagError says which flag was probably meant, or where the flags are listed.
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

func help(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// noCommand refuses what cobra could not take for a command below this one.
func noCommand(cmd *cobra.Command, args []string) error {
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

// atMost refuses more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("%q is one argument too many: see %s --help", args[n], cmd.CommandPath())
		}
		return nil
	}
}
