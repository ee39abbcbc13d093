package command

import (
	"errors"

	"github.com/spf13/cobra"

	"shellfree/internal/config"
	"shellfree/transforms"
)

// effective is the configuration behind the flags, which win over it.
type effective struct {
	configFile string // --config
	config     *config.Config
	given      func(flag string) bool // whether the command line has it
}

func (e *effective) register(cmd *cobra.Command) {
	e.given = cmd.Flags().Changed
	cmd.Flags().StringVar(&e.configFile, "config", "", "`FILE` instead of the next "+config.Name)
}

// load reads the configuration that --config names, or the one for the first
// path.
func (e *effective) load(paths []string) error {
	e.config = &config.Config{}
	file := e.configFile
	if file == "" && e.given("config") {
		return errors.New("--config names no file: write --config=FILE, or leave it out")
	}
	if file == "" {
		first := "."
		if len(paths) > 0 && paths[0] != "-" {
			first = paths[0]
		}
		found, err := config.Find(first)
		if err != nil || found == "" {
			return err
		}
		file = found
	}
	c, err := config.Read(file)
	if err != nil {
		return err
	}
	e.config = c
	return nil
}

// catalogue returns what is known about programs, the configuration's included.
func (e *effective) catalogue() (*transforms.Catalogue, error) {
	catalogue, err := transforms.Load()
	if err != nil {
		return nil, err
	}
	return catalogue.Extend(e.config.Programs)
}

// configure reads the configuration and takes from it what no flag says.
func (o *options) configure(paths []string) error {
	if err := o.load(paths); err != nil {
		return err
	}
	for _, s := range []struct {
		flag   string
		value  *string
		config string
	}{
		{"log-sink", &o.sink, o.config.LogSink},
		{"runner-path", &o.runnerPath, o.config.RunnerPath},
		{"kubernetes-version", &o.kubernetesVersion, o.config.KubernetesVersion.String()},
		{"placeholder-style", &o.placeholderStyle, o.config.PlaceholderStyle},
	} {
		if !o.given(s.flag) && s.config != "" {
			*s.value = s.config
		}
	}
	if !o.given("dialect") && len(o.config.Dialects) > 0 {
		o.dialects = o.config.Dialects
	}
	return nil
}

// transforms returns what is asked of the log sinks. A version or a runner that
// the configuration names gives way to what is known about an image, one from
// the command line does not.
func (o *options) transforms() transforms.Options {
	t := transforms.Options{Sink: o.sink, Configured: o.config.ImageSettings()}
	if o.given("runner-path") {
		t.RunnerPath = o.runnerPath
	}
	if o.given("kubernetes-version") {
		t.KubernetesVersion = o.kubernetesVersion
	}
	return t
}
