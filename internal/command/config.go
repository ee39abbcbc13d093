package command

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/internal/config"
	"shellfree/rewrite"
	"shellfree/rewrite/invocation"
)

func (c *Command) configCommand() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "config [PATH]",
		Short: "Print the effective configuration, and where each value comes from",
		Long: `Print the configuration that check, diff and rewrite use for a path, as YAML:
the flags, then the nearest ` + config.Name + ` in its folder or above it, then the
defaults. The output is itself a valid configuration.`,
		Example: "  shellfree config cluster/\n  shellfree config --config=ci/shellfree.yaml --log-sink=runner",
		Args:    limitArguments(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.applyConfig(args); err != nil {
				return err
			}
			if _, err := o.newEngine(); err != nil {
				return err
			}
			o.printConfig(c.Stdout)
			return nil
		},
	}
	o.registerFlags(cmd)
	return cmd
}

// printConfig writes the effective configuration as YAML.
func (o *options) printConfig(w io.Writer) {
	if o.config.File == "" {
		fmt.Fprintf(w, "# no %s\n", config.Name)
	}
	o.printScalar(w, "logSink", "log-sink", o.sink)
	o.printScalar(w, "runnerPath", "runner-path", o.runnerPath)
	o.printScalar(w, "kubernetesVersion", "kubernetes-version", o.kubernetesVersion)
	o.printScalar(w, "placeholderStyle", "placeholder-style", o.placeholderStyle)
	o.printPlaceholders(w)
	fmt.Fprintf(w, "dialects: [%s] # %s\n", strings.Join(o.dialects, ", "), o.valueOrigin("dialects", "dialect"))
	o.printScalar(w, "stderrThreshold", "", o.config.StderrThreshold)
	for _, key := range []string{"include", "exclude", "programs", "images", "exceptions", "rules"} {
		o.printBlock(w, key)
	}
}

// valueOrigin returns where the value of a key comes from; flag is "" for a key
// without a flag.
func (o *options) valueOrigin(key, flag string) string {
	if flag != "" && o.isGiven(flag) {
		return "--" + flag
	}
	return cmp.Or(o.config.Origin(key), "default")
}

func (o *options) printScalar(w io.Writer, key, flag, value string) {
	if value == "" {
		fmt.Fprintf(w, "# %s is not set\n", key)
		return
	}
	fmt.Fprintf(w, "%s: %s # %s\n", key, quoteScalar(value), o.valueOrigin(key, flag))
}

// quoteScalar returns text as a YAML scalar, with quotes unless it is a simple word.
func quoteScalar(text string) string {
	word := strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/-_") == ""
	if word && !strings.HasPrefix(text, "-") {
		return text
	}
	return fmt.Sprintf("%q", text)
}

// printPlaceholders writes the placeholder rules in the order in which they are tried.
func (o *options) printPlaceholders(w io.Writer) {
	var lines, names []string
	add := func(r rewrite.PlaceholderRule, origin string) {
		if slices.Contains(names, r.Pattern) {
			return // the first rule for a name counts
		}
		names = append(names, r.Pattern)
		lines = append(lines, fmt.Sprintf("  %s: %s # %s\n", quoteScalar(r.Pattern), policyName(r.Policy), origin))
	}
	for _, s := range o.placeholderFlags {
		if r, err := rewrite.ParsePlaceholderRule(s); err == nil {
			add(r, "--placeholder")
		}
	}
	for i, r := range o.config.Placeholders {
		add(r, o.config.PlaceholderOrigin(i))
	}
	if len(lines) == 0 {
		fmt.Fprintln(w, "# placeholders is not set")
		return
	}
	fmt.Fprintf(w, "placeholders:\n%s", strings.Join(lines, ""))
}

func policyName(p invocation.Policy) string {
	switch p {
	case invocation.Words:
		return "words"
	case invocation.OneWord:
		return "word"
	}
	return "refuse"
}

// printBlock writes a key that has no flag, as the file writes it.
func (o *options) printBlock(w io.Writer, key string) {
	text := strings.TrimRight(o.config.Source(key), "\n")
	if text == "" {
		fmt.Fprintf(w, "# %s is not set\n", key)
		return
	}
	fmt.Fprintf(w, "%s: # %s\n  %s\n", key, o.config.Origin(key), strings.ReplaceAll(text, "\n", "\n  "))
}
