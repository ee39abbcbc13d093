package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageColumns is the width of what is printed about flags; without it a line is
// as long as its flag's description.
const usageColumns = 79

// usage prints what cobra would, for what this program's commands have. Cobra's
// own way to change that is a template, which would be linked; see docs/design.md.
func usage(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("Usage:\n")
	if cmd.Runnable() {
		fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s [command]\n", cmd.CommandPath())
	}
	section(&b, "Examples", cmd.Example)
	section(&b, "Available Commands", subcommands(cmd))
	section(&b, "Flags", cmd.LocalFlags().FlagUsagesWrapped(usageColumns))
	section(&b, "Global Flags", cmd.InheritedFlags().FlagUsagesWrapped(usageColumns))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\nUse \"%s [command] --help\" for more information about a command.\n", cmd.CommandPath())
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

// section prints a part of the usage, if there is anything in it.
func section(b *strings.Builder, title, text string) {
	if text = strings.TrimRight(text, " \n"); text != "" {
		fmt.Fprintf(b, "\n%s:\n%s\n", title, text)
	}
}

// subcommands returns a line for each command below this one.
func subcommands(cmd *cobra.Command) string {
	var b strings.Builder
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	return b.String()
}
