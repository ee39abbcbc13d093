package command

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"shellfree/transforms"
)

func (c *Command) programsCommand() *cobra.Command {
	var e effectiveConfig
	cmd := &cobra.Command{
		Use:   "programs [NAME]",
		Short: "Print what is known about programs and their log flags",
		Long: `Print a table of the programs that shellfree knows, or all facts about one, with
sources. Programs of the configuration are marked.`,
		Example: "  shellfree programs\n  shellfree programs kube-proxy",
		Args:    limitArguments(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := e.loadConfig(nil); err != nil {
				return err
			}
			catalogue, err := e.loadCatalogue()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return writeProgramTable(c.Stdout, catalogue)
			}
			p := catalogue.Lookup(args[0])
			if p == nil {
				return fmt.Errorf("program %q is not known: %s", args[0], catalogue.Suggest(args[0]))
			}
			printProgram(c.Stdout, args[0], p)
			return nil
		},
	}
	e.registerFlags(cmd)
	return cmd
}

// writeProgramTable writes a line for each program name, with the facts of the first
// entry that has it.
func writeProgramTable(w io.Writer, c *transforms.Catalogue) error {
	rows := map[string]transforms.Program{}
	var names []string
	for _, p := range c.Programs {
		for _, name := range p.Names {
			if _, ok := rows[name]; !ok {
				rows[name] = p
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tLOGS WITH\tKLOG FLAGS\tSPELLING\tRUNNER FROM\tNATIVE FROM\tCONFIGURED")
	for _, name := range names {
		p := rows[name]
		flags, spelling, runner, native := "-", "-", "-", "-"
		if p.Klog != nil {
			flags, spelling = versionRange(p.Klog.From, p.Klog.Until), spellingColumn(p.Klog)
		}
		if p.Runner != nil {
			runner = p.Runner.From.String()
		}
		if p.Native != nil {
			native = p.Native.From.String()
		}
		origin := p.Origin
		if origin == "" {
			origin = "-"
		}
		fmt.Fprintln(t, strings.Join([]string{name, p.Logs, flags, spelling, runner, native, origin}, "\t"))
	}
	return t.Flush()
}

// versionRange returns in words the versions from one on and before another.
func versionRange(from, until transforms.Version) string {
	switch {
	case !from.Known() && !until.Known():
		return "all"
	case !until.Known():
		return "from " + from.String()
	case !from.Known():
		return "before " + until.String()
	}
	return "from " + from.String() + " before " + until.String()
}

// spellingColumn returns how klog's flags are spelled, with a * if versions differ.
func spellingColumn(k *transforms.KlogFlags) string {
	if len(k.Spellings) > 0 {
		return k.Spelling + "*"
	}
	return k.Spelling
}

// printProgram writes all facts about a program, each with its source.
func printProgram(w io.Writer, name string, p *transforms.Program) {
	b := &programBlock{w: w}
	fmt.Fprintln(w, name)
	b.writeList("names", p.Names)
	b.writeList("images", p.Images)
	if p.ImageNeeded {
		b.writeLine("", "the name alone does not identify it: the image must match too")
	}
	if p.Core {
		b.writeLine("version", "that of Kubernetes: --kubernetes-version, else the image tag, else the configuration")
	}
	b.writeLine("logs with", p.Logs)
	if p.Why != "" {
		b.writeLine("klog flags", "none: "+name+" "+p.Why)
	}
	for _, word := range sortedKeys(p.Subcommands) {
		b.writeLine("starts", p.Subcommands[word]+" with the first word "+word)
	}
	b.writeRemarks(p.Remarks)
	b.writeKlog(p.Klog)
	b.writeRunner(p.Runner)
	b.writeNative(p.Native)
	if p.BaseImage != nil {
		b.writeLine("base image", p.BaseImage.Name+": "+name+" "+p.BaseImage.Why)
		b.writeSource(p.BaseImage.Source)
	}
	b.writeLine("source", p.Source)
	b.writeLine("configured", p.Origin)
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
