package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageColumns is the width at which the descriptions of flags are wrapped.
const usageColumns = 79

// printUsage prints the same usage as cobra does by default, for the parts that this
// program's commands have. Cobra itself would use a template; docs/design.md says why
// this program has none.
func printUsage(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("Usage:\n")
	if cmd.Runnable() {
		fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s [command]\n", cmd.CommandPath())
	}
	writeSection(&b, "Examples", cmd.Example)
	writeSection(&b, "Available Commands", subcommandLines(cmd))
	writeSection(&b, "Flags", cmd.LocalFlags().FlagUsagesWrapped(usageColumns))
	writeSection(&b, "Global Flags", cmd.InheritedFlags().FlagUsagesWrapped(usageColumns))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\nUse \"%s [command] --help\" for more information about a command.\n", cmd.CommandPath())
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

// writeSection writes a section of the usage, unless it is empty.
func writeSection(b *strings.Builder, title, text string) {
	if text = strings.TrimRight(text, " \n"); text != "" {
		fmt.Fprintf(b, "\n%s:\n%s\n", title, text)
	}
}

// subcommandLines returns a line for each command below this one.
func subcommandLines(cmd *cobra.Command) string {
	var b strings.Builder
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	return b.String()
}
