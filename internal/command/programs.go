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

func (c *Command) programs() *cobra.Command {
	var e effective
	cmd := &cobra.Command{
		Use:   "programs [NAME]",
		Short: "Print what is known about programs and their log flags",
		Long: `Print a table of the programs that shellfree knows, or all that is known about
one, with sources. Programs of the configuration are marked.`,
		Example: "  shellfree programs\n  shellfree programs kube-proxy",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := e.load(nil); err != nil {
				return err
			}
			catalogue, err := e.catalogue()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return programTable(c.Stdout, catalogue)
			}
			p := catalogue.Lookup(args[0])
			if p == nil {
				return fmt.Errorf("program %q is not known: %s", args[0], catalogue.Suggest(args[0]))
			}
			printProgram(c.Stdout, args[0], p)
			return nil
		},
	}
	e.register(cmd)
	return cmd
}

// programTable writes a line for each name, the first entry with it.
func programTable(w io.Writer, c *transforms.Catalogue) error {
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
			flags, spelling = versions(p.Klog.From, p.Klog.Until), spellings(p.Klog)
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

// versions writes the versions from one on and before another.
func versions(from, until transforms.Version) string {
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

// spellings writes how klog's flags are spelled, marked where versions differ.
func spellings(k *transforms.KlogFlags) string {
	if len(k.Spellings) > 0 {
		return k.Spelling + "*"
	}
	return k.Spelling
}

// printProgram writes all that is known about a program, each part with its source.
func printProgram(w io.Writer, name string, p *transforms.Program) {
	b := &block{w: w}
	fmt.Fprintln(w, name)
	b.list("names", p.Names)
	b.list("images", p.Images)
	if p.ImageNeeded {
		b.line("", "the name alone says too little: the image must match too")
	}
	if p.Core {
		b.line("version", "that of Kubernetes: --kubernetes-version, else the image tag, else the configuration")
	}
	b.line("logs with", p.Logs)
	if p.Why != "" {
		b.line("klog flags", "none: "+name+" "+p.Why)
	}
	for _, word := range sortedKeys(p.Subcommands) {
		b.line("starts", p.Subcommands[word]+" with the first word "+word)
	}
	b.remarks(p.Remarks)
	b.klog(p.Klog)
	b.runner(p.Runner)
	b.native(p.Native)
	if p.BaseImage != nil {
		b.line("base image", p.BaseImage.Name+": "+name+" "+p.BaseImage.Why)
		b.source(p.BaseImage.Source)
	}
	b.line("source", p.Source)
	b.line("configured", p.Origin)
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
