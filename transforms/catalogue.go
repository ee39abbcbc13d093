// Package transforms writes the exec form of an invocation: it knows programs
// and their versions from a catalogue, and the log sinks that keep a program's
// output in the file that a shell's redirection named.
package transforms

import (
	"bytes"
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/internal/suggestion"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// Catalogue holds the facts about programs.
type Catalogue struct {
	Programs []Program `yaml:"programs"`

	builtIn []Program // those that no configuration adds
	byName  index
}

// Program holds the facts about one program, or about several that are alike.
type Program struct {
	// Names are base names of the executable, as patterns of path.Match (*.sh).
	Names []string `yaml:"names"`
	// Images are base names of the images that its makers publish, as patterns.
	Images []string `yaml:"images"`
	// ImageNeeded is set where the name alone says too little (monitor): the
	// entry counts in containers whose image matches too.
	ImageNeeded bool `yaml:"imageNeeded"`
	// Core is set for Kubernetes' own components: their version is Kubernetes'.
	Core bool `yaml:"core"`
	// Logs is the way in which the program logs: klog, component-base (without
	// klog's output flags), glog, own (a way of its own), stdout or script.
	Logs string `yaml:"logs"`
	// Why says why klog's flags are wrong for the program; it completes "NAME …".
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
	// BaseImage is set where the published images can't go on the distroless base.
	BaseImage *BaseImage `yaml:"baseImage"`
	// Remarks hold for every log sink.
	Remarks []Remark `yaml:"remarks"`
	// Origin is the place of a configuration's entry (FILE:LINE), "" for one
	// that is built in.
	Origin string `yaml:"-"`
	// ownRunner is set where the configuration says the runner's path.
	ownRunner bool
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
	Spelling string `yaml:"spelling"`
	// Spellings are the versions that spell them otherwise.
	Spellings []Spelling `yaml:"spellings"`
	// Overrides are flags that the program sets itself after it parsed them.
	Overrides []Override `yaml:"overrides"`
	Remarks   []Remark   `yaml:"remarks"`
	Source    string     `yaml:"source"`
}

// Spelling is the spelling of klog's flags in the versions from From to before
// Until.
type Spelling struct {
	From     Version `yaml:"from"`
	Until    Version `yaml:"until"`
	Spelling string  `yaml:"spelling"`
	Source   string  `yaml:"source"`
}

// Override is a flag that the versions from From to before Until set in code
// after the command line is parsed, so that klog writes no file.
type Override struct {
	From   Version `yaml:"from"`
	Until  Version `yaml:"until"`
	Flag   string  `yaml:"flag"` // as if written: --logtostderr=true
	Source string  `yaml:"source"`
}

// LogRunner says which images carry kube-log-runner, and where.
type LogRunner struct {
	From Version `yaml:"from"`
	Path string  `yaml:"path"`
	// RotationFrom is the first version whose runner takes -log-file-size,
	// -log-file-age and -flush-interval; absent: none known.
	RotationFrom Version `yaml:"rotationFrom"`
	Source       string  `yaml:"source"`
}

// BaseImage is a base image with more in it than distroless/static, and why
// the program's published images stay on it. The exec form alone does not bring
// them off it.
type BaseImage struct {
	Name   string `yaml:"name"`
	Why    string `yaml:"why"` // completes "NAME …"
	Source string `yaml:"source"`
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
	Source    string   `yaml:"source"`
}

// Remark is a sentence about the versions from From to before Until.
type Remark struct {
	From   Version `yaml:"from"`
	Until  Version `yaml:"until"`
	Review string  `yaml:"review"` // something to check
	Note   string  `yaml:"note"`   // something to know
	Source string  `yaml:"source"`
}

// Load reads the catalogue that is built into the program.
func Load() (*Catalogue, error) { return parseCatalogue(catalogueYAML) }

// parseCatalogue reads a catalogue. Keys it doesn't know, and entries that
// contradict themselves, are errors.
func parseCatalogue(text []byte) (*Catalogue, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var c Catalogue
	if err := decoder.Decode(&c); err != nil {
		return nil, fmt.Errorf("the catalogue can't be read: %w", err)
	}
	for _, p := range c.Programs {
		err := p.checkFacts()
		if err == nil {
			err = p.checkSources()
		}
		if err != nil {
			return nil, fmt.Errorf("the catalogue's entry %v %w", p.Names, err)
		}
	}
	return newCatalogue(c.Programs, c.Programs), nil
}

func newCatalogue(programs, builtIn []Program) *Catalogue {
	return &Catalogue{programs, builtIn, newIndex(programs)}
}

// Lookup returns the first entry with the base name of a program, nil if none.
func (c *Catalogue) Lookup(name string) *Program {
	if i := c.byName.firstNamed(name); i >= 0 {
		return &c.Programs[i]
	}
	return nil
}

// Suggest returns the end of a message about a name that is not known: the
// programs that were probably meant.
func (c *Catalogue) Suggest(name string) string {
	var known []string
	for _, p := range c.Programs {
		known = append(known, p.Names...)
	}
	slices.Sort(known)
	if near := suggestion.Nearest(name, slices.Compact(known)); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "shellfree programs lists those that are"
}

// ByImage returns the first entry whose published images have a base name, nil
// if none.
func (c *Catalogue) ByImage(name string) *Program {
	for i, p := range c.Programs {
		if matchesAny(p.Images, name) {
			return &c.Programs[i]
		}
	}
	return nil
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}
