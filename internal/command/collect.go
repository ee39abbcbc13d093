package command

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/internal/report"
)

// newReport returns an empty report of a run with these paths, for the outputs.
func (c *Command) newReport(cmd *cobra.Command, paths []string, outputs []output) *report.Report {
	version, _, _ := build()
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // names stay as they are then
	}
	r := &report.Report{Version: version, Folder: folder, Again: again(cmd, paths)}
	for _, o := range outputs {
		if o.text != nil {
			r.Texts = append(r.Texts, o.text)
		} else {
			r.Formats = append(r.Formats, o.format)
		}
	}
	return r
}

// again returns the flags that all commands over manifests take, and the paths,
// quoted for a shell.
func again(cmd *cobra.Command, paths []string) string {
	var words []string
	var known options
	shared := &cobra.Command{}
	known.register(shared)
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if shared.Flags().Lookup(f.Name) == nil || f.Name == "stats" || f.Name == "no-prefilter" {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			words = append(words, "--"+f.Name+"="+shellWord(v))
		}
	})
	for _, p := range paths {
		if strings.HasPrefix(p, "-") && p != "-" {
			p = "./" + p
		}
		words = append(words, shellWord(p))
	}
	return strings.Join(words, " ")
}

// shellWord returns a word as bash reads it. One that no quotes can hold stays.
func shellWord(word string) string {
	q, err := syntax.Quote(word, syntax.LangBash)
	if err != nil {
		return word
	}
	return q
}
