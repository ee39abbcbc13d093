package command

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (c *Command) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  limitArguments(0),
		Run: func(*cobra.Command, []string) {
			version, revision, goVersion := buildInfo()
			fmt.Fprintf(c.Stdout, "shellfree %s%s %s\n", version, revision, goVersion)
		},
	}
}

// buildInfo returns the version, the revision and the Go version of the binary.
func buildInfo() (version, revision, goVersion string) {
	version = "(devel)"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, "", ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = " " + s.Value
		}
	}
	return info.Main.Version, revision, info.GoVersion
}
