package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/docs"
	"shellfree/internal/suggestion"
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/rule"
	"shellfree/transforms"
)

func (c *Command) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE|NAME|safe]",
		Short:   "Print the page of a rule, the list of rules, or what makes a fix safe",
		Example: "  shellfree explain SF102\n  shellfree explain log-file\n  shellfree explain safe",
		Args:    limitArguments(1),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				for _, r := range rule.All() {
					fmt.Fprintf(c.Stdout, "%s %-19s %s\n", r.Code, r.Name, r.Summary)
				}
				return nil
			case args[0] == "safe":
				_, err := io.WriteString(c.Stdout, SafePage())
				return err
			}
			return c.explainRule(args[0])
		},
	}
}

// explainRule prints the page of a rule by its code or name.
func (c *Command) explainRule(word string) error {
	for _, r := range rule.All() {
		if strings.EqualFold(word, r.Code) || word == r.Name {
			page, err := docs.Rules.ReadFile("rules/" + r.Code + ".md")
			if err != nil {
				return fmt.Errorf("rule %s has no page: %w", r.Code, err)
			}
			_, err = c.Stdout.Write(page)
			return err
		}
	}
	if suggestion.Misspelt(word, "safe") {
		return fmt.Errorf("rule %q is not known: did you mean safe?", word)
	}
	return fmt.Errorf("rule %q is not known: %s", word, rule.Suggest(word))
}

// SafePage returns the page on safe fixes, in Markdown: what safe means, and every
// doubt with the case in which it is raised and a way to settle it. docs/safe.md holds
// the same text.
func SafePage() string {
	var b strings.Builder
	b.WriteString(safeHead)
	for _, d := range doubt.All() {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", d.Name, sentence(d.Doc))
	}
	b.WriteString("\n## Doubts of the log sinks\n")
	for _, d := range transforms.Doubts() {
		title := d.Name
		if d.Sink != "" {
			title += " (" + d.Sink + ")"
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", title, sentence(d.Doc))
	}
	return b.String()
}

// sentence begins a text with a capital letter.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

const safeHead = `# What makes a fix safe

A fix is *safe* when the program gets the same words, the same environment and the
same place for its output, and no person needs to look at it. That is earned: every
doubt on this page looked at the fix and raised nothing, the log sink claims it, and the
proof held for every sample of what the manifest does not tell, hostile values among
them. Any other fix is *review*: it says what a person must check.

A doubt that found its subject in a command and was cleared by a fact is named with
that fact in the JSON of ` + "`check`" + ` and ` + "`report`" + ` as ` + "`evidence`" + `. ` + "`--safe-only`" + ` leaves the
fixes for review out.

## Doubts about the command
`
