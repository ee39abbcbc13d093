package command

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (c *Command) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  atMost(0),
		Run: func(*cobra.Command, []string) {
			version, revision, goVersion := "(devel)", "", ""
			if info, ok := debug.ReadBuildInfo(); ok {
				version, goVersion = info.Main.Version, info.GoVersion
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = " " + s.Value
					}
				}
			}
			fmt.Fprintf(c.Stdout, "shellfree %s%s %s\n", version, revision, goVersion)
		},
	}
}
