package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/docs"
	"shellfree/rewrite/rule"
)

func (c *Command) explain() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE]",
		Short:   "Print the page of a rule, or the list of rules",
		Example: "  shellfree explain SF102\n  shellfree explain log-file",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, r := range rule.All() {
					fmt.Fprintf(c.Stdout, "%s %-19s %s\n", r.Code, r.Name, r.Summary)
				}
				return nil
			}
			for _, r := range rule.All() {
				if strings.EqualFold(args[0], r.Code) || args[0] == r.Name {
					page, err := docs.Rules.ReadFile("rules/" + r.Code + ".md")
					if err != nil {
						return fmt.Errorf("rule %s has no page: %w", r.Code, err)
					}
					_, err = c.Stdout.Write(page)
					return err
				}
			}
			return fmt.Errorf("rule %q is not known: %s", args[0], rule.Suggest(args[0]))
		},
	}
}
