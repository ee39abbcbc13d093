package command

import (
	"errors"

	"github.com/spf13/cobra"

	"shellfree/internal/config"
	"shellfree/transforms"
)

// effectiveConfig is the configuration file, and the flags that win over it.
type effectiveConfig struct {
	configFile string // --config
	config     *config.Config
	isGiven    func(flag string) bool // reports whether the command line sets a flag
}

func (e *effectiveConfig) registerFlags(cmd *cobra.Command) {
	e.isGiven = cmd.Flags().Changed
	cmd.Flags().StringVar(&e.configFile, "config", "", "`FILE` instead of the nearest "+config.Name)
}

// loadConfig reads the configuration that --config names, or else the one for the
// first path.
func (e *effectiveConfig) loadConfig(paths []string) error {
	e.config = &config.Config{}
	file := e.configFile
	if file == "" && e.isGiven("config") {
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

// loadCatalogue returns the catalogue of programs, with those of the configuration.
func (e *effectiveConfig) loadCatalogue() (*transforms.Catalogue, error) {
	catalogue, err := transforms.Load()
	if err != nil {
		return nil, err
	}
	return catalogue.Extend(e.config.Programs)
}

// applyConfig reads the configuration and takes its values for flags that are not
// given.
func (o *options) applyConfig(paths []string) error {
	if err := o.loadConfig(paths); err != nil {
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
		if !o.isGiven(s.flag) && s.config != "" {
			*s.value = s.config
		}
	}
	if !o.isGiven("dialect") && len(o.config.Dialects) > 0 {
		o.dialects = o.config.Dialects
	}
	return nil
}

// transformOptions returns the options of the log sinks. A version or a runner of the
// configuration is used only where nothing is known about an image; one of the command
// line is always used.
func (o *options) transformOptions() transforms.Options {
	t := transforms.Options{Sink: o.sink, Configured: o.config.ImageSettings()}
	if o.isGiven("runner-path") {
		t.RunnerPath = o.runnerPath
	}
	if o.isGiven("kubernetes-version") {
		t.KubernetesVersion = o.kubernetesVersion
	}
	return t
}
