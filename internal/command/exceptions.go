package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/policy"
	"shellfree/internal/suggestion"
)

// exceptionFormats are the values of exceptions --format.
var exceptionFormats = []string{"yaml", "json", "sig-release"}

func (c *Command) exceptionsCommand() *cobra.Command {
	var o options
	var format string
	cmd := &cobra.Command{
		Use:   "exceptions [PATH...]",
		Short: "Print the exceptions in force, and what they cover",
		Long: `Print the exceptions of comments, annotations and the configuration that are in
force, each with the findings that it covers. The format sig-release is the
table of images that Kubernetes keeps for its release images. No PATH means the
current folder; - is stdin.`,
		Example: "  shellfree exceptions cluster/\n  shellfree exceptions --format=sig-release . > exceptions.md",
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(exceptionFormats, format) {
				return fmt.Errorf("format %q is not known: %s", format, suggestion.For(format, exceptionFormats))
			}
			var all []*policy.Exception
			if err := c.judgeAll(&o, args, func(in input) { all = append(all, in.exceptions...) }); err != nil {
				return err
			}
			if err := o.writeExceptions(c.Stdout, format, o.policy.ActiveExceptions(all)); err != nil {
				c.reportError(ExitIO, err)
			}
			return nil
		},
	}
	o.registerFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "yaml", "`NAME` of the output: yaml, json or sig-release")
	return cmd
}

// exceptionList is the output of exceptions. Later versions only add keys.
type exceptionList struct {
	Version    int             `json:"version" yaml:"version"`
	Exceptions []exceptionItem `json:"exceptions" yaml:"exceptions"`
}

type exceptionItem struct {
	Rule   string        `json:"rule" yaml:"rule"`
	Name   string        `json:"name" yaml:"name"`
	Reason string        `json:"reason" yaml:"reason"`
	Owner  string        `json:"owner" yaml:"owner,omitempty"`
	Until  string        `json:"until" yaml:"until,omitempty"`
	Origin string        `json:"origin" yaml:"origin"` // comment, annotation or configuration
	File   string        `json:"file" yaml:"file"`
	Line   int           `json:"line" yaml:"line"`
	Covers []coveredItem `json:"covers" yaml:"covers"`
}

type coveredItem struct {
	File      string `json:"file" yaml:"file"`
	Line      int    `json:"line" yaml:"line"`
	Kind      string `json:"kind" yaml:"kind,omitempty"`
	Object    string `json:"object" yaml:"object,omitempty"`
	Container string `json:"container" yaml:"container,omitempty"`
	Site      string `json:"site" yaml:"site,omitempty"`
	Image     string `json:"image" yaml:"image,omitempty"`
	Message   string `json:"message" yaml:"message"`
}

func newExceptionItem(e *policy.Exception) exceptionItem {
	item := exceptionItem{
		Rule: e.Rule.Code, Name: e.Rule.Name, Reason: e.Reason, Owner: e.Owner, Origin: e.Origin,
		File: e.File, Line: e.At.Line, Covers: []coveredItem{},
	}
	if !e.Until.IsZero() {
		item.Until = e.Until.Format(time.DateOnly)
	}
	for _, f := range e.Covered {
		item.Covers = append(item.Covers, coveredItem{f.File, f.Start.Line, f.Kind, f.Object, f.Container, f.Site, f.Image, f.Message})
	}
	return item
}

// writeExceptions writes exceptions in one of exceptionFormats.
func (o *options) writeExceptions(w io.Writer, format string, all []*policy.Exception) error {
	if format == "sig-release" {
		catalogue, err := o.loadCatalogue()
		if err != nil {
			return err
		}
		return policy.WriteImageList(w, all, catalogue)
	}
	list := exceptionList{Version: 1, Exceptions: []exceptionItem{}}
	for _, e := range all {
		list.Exceptions = append(list.Exceptions, newExceptionItem(e))
	}
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(list)
	}
	e := yaml.NewEncoder(w)
	return errors.Join(e.Encode(list), e.Close())
}
