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

func (c *Command) configuration() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "config [PATH]",
		Short: "Print the effective configuration, and where each value comes from",
		Long: `Print the configuration that check, diff and rewrite use for a path, as YAML:
the flags, then the next ` + config.Name + ` in its folder or above it, then the
defaults. What is printed is itself a configuration.`,
		Example: "  shellfree config cluster/\n  shellfree config --config=ci/shellfree.yaml --log-sink=runner",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.configure(args); err != nil {
				return err
			}
			if _, err := o.engine(); err != nil {
				return err
			}
			o.print(c.Stdout)
			return nil
		},
	}
	o.register(cmd)
	return cmd
}

// print writes the effective configuration.
func (o *options) print(w io.Writer) {
	if o.config.File == "" {
		fmt.Fprintf(w, "# no %s\n", config.Name)
	}
	o.scalar(w, "logSink", "log-sink", o.sink)
	o.scalar(w, "runnerPath", "runner-path", o.runnerPath)
	o.scalar(w, "kubernetesVersion", "kubernetes-version", o.kubernetesVersion)
	o.scalar(w, "placeholderStyle", "placeholder-style", o.placeholderStyle)
	o.printPlaceholders(w)
	fmt.Fprintf(w, "dialects: [%s] # %s\n", strings.Join(o.dialects, ", "), o.origin("dialects", "dialect"))
	o.scalar(w, "stderrThreshold", "", o.config.StderrThreshold)
	for _, key := range []string{"include", "exclude", "programs", "images", "exceptions", "rules"} {
		o.block(w, key)
	}
}

// origin says where the value of a key comes from; flag is "" for a key without.
func (o *options) origin(key, flag string) string {
	if flag != "" && o.given(flag) {
		return "--" + flag
	}
	return cmp.Or(o.config.Origin(key), "default")
}

func (o *options) scalar(w io.Writer, key, flag, value string) {
	if value == "" {
		fmt.Fprintf(w, "# %s is not set\n", key)
		return
	}
	fmt.Fprintf(w, "%s: %s # %s\n", key, quoted(value), o.origin(key, flag))
}

// quoted writes text as a YAML scalar: in quotes unless it is plainly a word.
func quoted(text string) string {
	word := strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/-_") == ""
	if word && !strings.HasPrefix(text, "-") {
		return text
	}
	return fmt.Sprintf("%q", text)
}

// printPlaceholders writes the rules in the order in which they are tried.
func (o *options) printPlaceholders(w io.Writer) {
	var lines, names []string
	add := func(r rewrite.PlaceholderRule, origin string) {
		if slices.Contains(names, r.Pattern) {
			return // one before it counts
		}
		names = append(names, r.Pattern)
		lines = append(lines, fmt.Sprintf("  %s: %s # %s\n", quoted(r.Pattern), policyName(r.Policy), origin))
	}
	for _, s := range o.placeholders {
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

// block writes what only the file can say, as it stands there.
func (o *options) block(w io.Writer, key string) {
	text := strings.TrimRight(o.config.Source(key), "\n")
	if text == "" {
		fmt.Fprintf(w, "# %s is not set\n", key)
		return
	}
	fmt.Fprintf(w, "%s: # %s\n  %s\n", key, o.config.Origin(key), strings.ReplaceAll(text, "\n", "\n  "))
}
