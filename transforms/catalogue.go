// Package transforms writes the exec form of an invocation: it knows programs
// and their versions from a catalogue, and the log sinks that keep in a file
// what a shell's redirection kept there.
package transforms

import (
	"bytes"
	_ "embed"
	"fmt"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// Catalogue is what is known about programs.
type Catalogue struct {
	Programs []Program `yaml:"programs"`
}

// Program is what is known about one program, or several that are alike.
type Program struct {
	// Names are base names of the executable, as patterns of path.Match (*.sh).
	Names []string `yaml:"names"`
	// Images are base names of the images that its makers publish, as patterns.
	Images []string `yaml:"images"`
	// Core is set for Kubernetes' own components: their version is Kubernetes'.
	Core bool `yaml:"core"`
	// Logs is how the program logs: klog, glog, own (a way of its own), stdout
	// or script.
	Logs string `yaml:"logs"`
	// Why completes "NAME …": why klog's flags are wrong for it.
	Why string `yaml:"why"`
	// Source says where the facts come from.
	Source string `yaml:"source"`
	// Klog is set for programs that take klog's flags in some version.
	Klog *KlogFlags `yaml:"klog"`
	// Runner is set where the published images carry a log runner.
	Runner *LogRunner `yaml:"runner"`
	// Native is set where a flag of the program's own names the log file.
	Native *NativeFlags `yaml:"native"`
	// Subcommands maps a first word to the program that it starts (hyperkube).
	Subcommands map[string]string `yaml:"subcommands"`
}

// KlogFlags says which versions of a program take klog's flags.
type KlogFlags struct {
	From  Version `yaml:"from"`  // first version with --log-file; absent: all
	Until Version `yaml:"until"` // first version without it; absent: none
	// MaxSizeFrom is the first version known to take --log-file-max-size.
	MaxSizeFrom Version `yaml:"maxSizeFrom"`
	// TruncatesUntil is the first version that appends to the file when it
	// starts; earlier ones empty it.
	TruncatesUntil Version `yaml:"truncatesUntil"`
	// Spelling is dash (--log-file), underscore (--log_file) or both.
	Spelling string   `yaml:"spelling"`
	Remarks  []Remark `yaml:"remarks"`
}

// LogRunner says which images carry kube-log-runner, and where.
type LogRunner struct {
	From Version `yaml:"from"`
	Path string  `yaml:"path"`
}

// NativeFlags are a program's own flags for a log file.
type NativeFlags struct {
	From Version `yaml:"from"` // first version that takes them
	// AutoFrom is the first version for which they are chosen unasked.
	AutoFrom Version `yaml:"autoFrom"`
	// Flags are written in this order; the path is appended to the last.
	Flags []string `yaml:"flags"`
	// RefusedBy names flags (without dashes) that make them useless.
	RefusedBy []string `yaml:"refusedBy"`
	Remarks   []Remark `yaml:"remarks"`
}

// Remark is a sentence about the versions from From to before Until.
type Remark struct {
	From   Version `yaml:"from"`
	Until  Version `yaml:"until"`
	Review string  `yaml:"review"` // something to check
	Note   string  `yaml:"note"`   // something to know
}

// Load reads the catalogue that is built into the program.
func Load() (*Catalogue, error) { return parse(catalogueYAML) }

// parse reads a catalogue. Keys it doesn't know, and entries that contradict
// themselves, are errors.
func parse(text []byte) (*Catalogue, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var c Catalogue
	if err := decoder.Decode(&c); err != nil {
		return nil, fmt.Errorf("the catalogue can't be read: %w", err)
	}
	for _, p := range c.Programs {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("the catalogue's entry %v %w", p.Names, err)
		}
	}
	return &c, nil
}

// check reports what is missing from an entry or wrong in it.
func (p Program) check() error {
	for _, pattern := range slices.Concat(p.Names, p.Images) {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
			return fmt.Errorf("has the bad pattern %q: write a base name, with * at most", pattern)
		}
	}
	switch {
	case len(p.Names) == 0:
		return fmt.Errorf("has no names: name the executable")
	case p.Source == "":
		return fmt.Errorf("has no source: say where its facts come from")
	case !slices.Contains([]string{"klog", "glog", "own", "stdout", "script"}, p.Logs):
		return fmt.Errorf("logs to %q: use klog, glog, own, stdout or script", p.Logs)
	case (p.Logs == "klog") != (p.Klog != nil):
		return fmt.Errorf("logs to %s: klog, and only klog, needs a klog section", p.Logs)
	case p.Klog != nil && !slices.Contains([]string{"dash", "underscore", "both"}, p.Klog.Spelling):
		return fmt.Errorf("spells klog's flags %q: use dash, underscore or both", p.Klog.Spelling)
	case p.Klog == nil && p.Why == "":
		return fmt.Errorf("has no why: say why klog's flags are wrong")
	case p.Runner != nil && (!p.Runner.From.Known() || p.Runner.Path == "" || len(p.Images) == 0):
		return fmt.Errorf("has a runner without from, path or images: give all three")
	case p.Native != nil && (!p.Native.From.Known() || !p.Native.AutoFrom.Known() || len(p.Native.Flags) == 0):
		return fmt.Errorf("has native flags without from, autoFrom or flags: give all three")
	}
	return nil
}

// Lookup returns the first entry with the base name of a program, nil if none.
func (c *Catalogue) Lookup(name string) *Program {
	for i, p := range c.Programs {
		if matches(p.Names, name) {
			return &c.Programs[i]
		}
	}
	return nil
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}
