package command

import (
	"github.com/spf13/cobra"

	"shellfree/internal/report"
)

func (c *Command) reportCommand() *cobra.Command {
	var o options
	var formats []string
	cmd := &cobra.Command{
		Use:   "report [PATH...]",
		Short: "Print which images may lose their shell, and what keeps it in the others",
		Long: `Print the inventory of a migration: for each image the containers that run it,
whether some command still starts a shell in it, and where its log goes; for
each component its progress. No PATH means the current folder; - is stdin.`,
		Example: "  shellfree report cluster/\n  shellfree report --format=html=report.html --format=csv=images.csv .",
		RunE: func(cmd *cobra.Command, args []string) error {
			outputs, err := c.parseOutputs(formats, report.InventoryFormats())
			if err != nil {
				return err
			}
			r := c.newReport(cmd, args, outputs)
			o.everyFile = r.EveryFile()
			if err := c.judgeAll(&o, args, func(in input) {
				r.Add(in.result)
				r.AddExcepted(in.excepted)
			}); err != nil {
				return err
			}
			c.writeOutputs(outputs, r)
			return nil
		},
	}
	o.registerFlags(cmd)
	cmd.Flags().StringArrayVar(&formats, "format", nil, "`NAME[=FILE]`, repeatable: "+formatNames(report.InventoryFormats())+" (default markdown)")
	return cmd
}
