package command

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/internal/report"
)

// newReport returns an empty report for a run over the paths and for the outputs.
func (c *Command) newReport(cmd *cobra.Command, paths []string, outputs []output) *report.Report {
	version, _, _ := buildInfo()
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // then the report keeps file names as they are
	}
	r := &report.Report{Version: version, Folder: folder, RerunArguments: rerunArguments(cmd, paths)}
	for _, o := range outputs {
		if o.text != nil {
			r.Texts = append(r.Texts, o.text)
		} else {
			r.Formats = append(r.Formats, o.format)
		}
	}
	return r
}

// rerunArguments returns the arguments with which another command runs on the same
// manifests: the paths, and those flags that all such commands have, quoted for a
// shell.
func rerunArguments(cmd *cobra.Command, paths []string) string {
	var words []string
	var known options
	shared := &cobra.Command{}
	known.registerFlags(shared)
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if shared.Flags().Lookup(f.Name) == nil || f.Name == "stats" || f.Name == "no-prefilter" {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			words = append(words, "--"+f.Name+"="+quoteForShell(v))
		}
	})
	for _, p := range paths {
		if strings.HasPrefix(p, "-") && p != "-" {
			p = "./" + p
		}
		words = append(words, quoteForShell(p))
	}
	return strings.Join(words, " ")
}

// quoteForShell quotes a word for bash. A word that can't be quoted stays as it is.
func quoteForShell(word string) string {
	q, err := syntax.Quote(word, syntax.LangBash)
	if err != nil {
		return word
	}
	return q
}
