package transforms

import (
	"fmt"

	"shellfree/internal/suggestion"
	"shellfree/rewrite/invocation"
)

// Options chooses among the log sinks.
type Options struct {
	// Sink is auto or the name of one of [Sinks]; "" is auto.
	Sink string
	// RunnerPath is where images carry the log runner; "" is /go-runner.
	RunnerPath string
	// KubernetesVersion is the version of core components (1.25) and wins over
	// image tags; "" leaves it to them.
	KubernetesVersion string
	// Configured holds the configuration's facts.
	Configured Configured
}

// Configured holds the facts of a configuration about images and versions. The
// command line's options win over it.
type Configured struct {
	// RunnerPath is where images carry the log runner, "" where not said.
	RunnerPath string
	// KubernetesVersion is the version of core components whose tag says none.
	KubernetesVersion Version
	// FatalOnly adds klog's --stderrthreshold=FATAL, which keeps errors from
	// the container's stderr.
	FatalOnly bool
	Images    []Image // the first that matches counts
}

// Converter turns invocations into exec form. It implements
// [invocation.Converter].
type Converter struct {
	catalogue  *Catalogue
	sink       *Sink // nil for auto
	options    Options
	kubernetes Version // of the options
	logFlags   []invocation.Flag
	flagTable  flagTable
}

// New returns a converter. A sink that doesn't exist, and a version that can't
// be read, are errors.
func New(c *Catalogue, o Options) (*Converter, error) {
	v := &Converter{catalogue: c, options: o, logFlags: allFlags(c, Sinks()), flagTable: newFlagTable(c)}
	for _, i := range o.Configured.Images {
		if err := i.checkAgainst(c); err != nil {
			return nil, err
		}
	}
	if o.KubernetesVersion != "" {
		version, err := ParseVersion(o.KubernetesVersion)
		if err != nil {
			return nil, fmt.Errorf("--kubernetes-version: %w", err)
		}
		v.kubernetes = version
	}
	if o.Sink == "" || o.Sink == "auto" {
		return v, nil
	}
	names := []string{"auto"}
	for _, k := range Sinks() {
		if k.Name == o.Sink {
			v.sink = &k
			return v, nil
		}
		names = append(names, k.Name)
	}
	return nil, fmt.Errorf("unknown log sink %q: %s", o.Sink, suggestion.For(o.Sink, names))
}
