package command

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/report"
)

// newReport returns an empty report of a run with these paths.
func (c *Command) newReport(cmd *cobra.Command, paths []string) *report.Report {
	version, _, _ := build()
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // names stay as they are then
	}
	return &report.Report{Version: version, Folder: folder, Again: c.again(cmd, paths)}
}

// again returns the flags that diff takes too, and the paths, quoted for a shell.
func (c *Command) again(cmd *cobra.Command, paths []string) string {
	var words []string
	shared := c.diff().Flags()
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if shared.Lookup(f.Name) == nil || f.Name == "format" {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			words = append(words, "--"+f.Name+"="+v)
		}
	})
	for _, p := range paths {
		if strings.HasPrefix(p, "-") && p != "-" {
			p = "./" + p
		}
		words = append(words, p)
	}
	for i, w := range words {
		if q, err := syntax.Quote(w, syntax.LangBash); err == nil {
			words[i] = q
		}
	}
	return strings.Join(words, " ")
}
