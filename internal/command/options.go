package command

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"shellfree/internal/policy"
	"shellfree/internal/suggestion"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/transforms"
)

// options are the flags that all commands over manifests share.
type options struct {
	sink, runnerPath, kubernetesVersion string
	placeholderFlags                    []string
	placeholderStyle                    string
	dialects                            []string
	noIgnore                            bool
	noPrefilter, stats                  bool
	everyFile                           bool // some output lists files without findings
	filename                            string
	debug                               bool
	writes                              bool // the run writes files, maybe below the paths that it reads
	maxFileSize                         int64
	effectiveConfig

	noExceptions bool            // check --no-exceptions
	changes      *policy.Changes // check --changed-since; nil for all files
	policy       *policy.Policy  // set when the run begins
}

func (o *options) registerFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.sink, "log-sink", "auto", "`SINK` of logs: auto, or one of "+sinkNames())
	f.StringVar(&o.runnerPath, "runner-path", "/go-runner", "`PATH` of the log runner in images")
	f.StringArrayVar(&o.placeholderFlags, "placeholder", nil, "`NAME=RULE`, repeatable: words, word or refuse")
	f.StringVar(&o.placeholderStyle, "placeholder-style", "glued", "`STYLE` glued, \"a\"{{x}}, or upstream, \"a\", {{x}}")
	f.StringVar(&o.filename, "filename", "stdin", "`NAME` of stdin")
	f.BoolVar(&o.debug, "debug", false, "print both sides of each SF090 on stderr")
	o.registerReadingFlags(cmd)
}

// registerReadingFlags registers only the flags for reading files and for the versions
// of programs; the other options get their defaults.
func (o *options) registerReadingFlags(cmd *cobra.Command) {
	o.sink, o.runnerPath, o.placeholderStyle = cmp.Or(o.sink, "auto"), cmp.Or(o.runnerPath, "/go-runner"), cmp.Or(o.placeholderStyle, "glued")
	f := cmd.Flags()
	f.StringVar(&o.kubernetesVersion, "kubernetes-version", "", "`VERSION` of core components, wins over tags")
	f.StringSliceVar(&o.dialects, "dialect", []string{"auto"}, "template `LANGUAGES`: auto, none, or some of "+dialectNames())
	f.BoolVar(&o.noIgnore, "no-ignore", false, "read what .gitignore leaves out")
	f.BoolVar(&o.noPrefilter, "no-prefilter", false, "parse every file")
	f.BoolVar(&o.stats, "stats", false, "print counts, time and memory")
	f.Int64Var(&o.maxFileSize, "max-file-size", 64<<20, "`BYTES` of the largest file")
	o.effectiveConfig.registerFlags(cmd)
}

func dialectNames() string {
	var names []string
	for _, d := range dialect.All() {
		names = append(names, d.Name)
	}
	return strings.Join(names, ", ")
}

// newEngine returns the engine with the options of the flags.
func (o *options) newEngine() (*rewrite.Engine, error) {
	if o.maxFileSize <= 0 {
		return nil, fmt.Errorf("--max-file-size=%d lets no file in: give a number of bytes above 0", o.maxFileSize)
	}
	if o.runnerPath == "" {
		return nil, errors.New("--runner-path is empty: name the log runner in the images, such as /go-runner")
	}
	converter, err := o.newConverter()
	if err != nil {
		return nil, err
	}
	e := rewrite.Options{
		Converter: converter, NoSleepAction: transforms.NoSleepAction(o.kubernetesVersion), ReadAll: o.noPrefilter || o.everyFile,
	}
	if e.Dialects, err = dialect.Named(o.dialects); err != nil {
		return nil, err
	}
	for _, s := range o.placeholderFlags {
		r, err := rewrite.ParsePlaceholderRule(s)
		if err != nil {
			return nil, err
		}
		e.Placeholders = append(e.Placeholders, r)
	}
	e.Placeholders = append(e.Placeholders, o.config.Placeholders...)
	switch o.placeholderStyle {
	case "glued":
	case "upstream":
		e.Upstream = true
	default:
		return nil, fmt.Errorf("--placeholder-style=%s is not known: %s", o.placeholderStyle, suggestion.For(o.placeholderStyle, []string{"glued", "upstream"}))
	}
	return rewrite.New(e), nil
}

// newConverter returns the log sinks with the options of the flags.
func (o *options) newConverter() (*transforms.Converter, error) {
	catalogue, err := o.loadCatalogue()
	if err != nil {
		return nil, err
	}
	return transforms.New(catalogue, o.transformOptions())
}

// sinkNames lists the log sinks for help.
func sinkNames() string {
	var names []string
	for _, k := range transforms.Sinks() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}
