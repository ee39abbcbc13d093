package rewrite

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio"

	"shellfree/internal/suggestion"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// Options configure an Engine.
type Options struct {
	Dialects []dialect.Dialect
	// Placeholders says how placeholders by name are filled; the first that
	// matches wins, before the dialect's own default.
	Placeholders []PlaceholderRule
	// Upstream writes a placeholder of several words as Kubernetes' own
	// manifests do, as an item of its own.
	Upstream bool
	// Converter chooses the log sink.
	Converter invocation.Converter
	// NoSleepAction is set where the cluster's version is known and has no sleep
	// action for lifecycle hooks, which is on by default from Kubernetes 1.30.
	NoSleepAction bool
	// Whole reads what can't hold a finding too: Result.Containers has those of
	// all of a file only then.
	Whole bool
}

// PlaceholderRule says how the placeholders of a name are filled.
type PlaceholderRule struct {
	Pattern string // a name, or a pattern of path.Match; also matched against the whole {{text}}
	Policy  invocation.Policy
}

// ParsePlaceholderRule reads NAME=words|word|refuse.
func ParsePlaceholderRule(s string) (PlaceholderRule, error) {
	i := strings.LastIndexByte(s, '=')
	if i <= 0 {
		return PlaceholderRule{}, fmt.Errorf("placeholder %q has no value: write NAME=words, NAME=word or NAME=refuse", s)
	}
	r := PlaceholderRule{Pattern: s[:i]}
	switch s[i+1:] {
	case "words":
		r.Policy = invocation.Words
	case "word":
		r.Policy = invocation.OneWord
	case "refuse":
		r.Policy = invocation.Refuse
	default:
		return r, fmt.Errorf("placeholder %q: %q is not known: %s", s, s[i+1:], suggestion.For(s[i+1:], []string{"words", "word", "refuse"}))
	}
	if _, err := path.Match(r.Pattern, ""); err != nil {
		return r, fmt.Errorf("placeholder %q: the pattern is malformed: mend its brackets", s)
	}
	return r, nil
}

// Engine finds and converts the shell commands of files. It holds no state of
// a file and may be used by several goroutines.
type Engine struct{ options Options }

// New returns an engine.
func New(o Options) *Engine { return &Engine{o} }

// File judges one file. The pipeline is kyaml's, with a reader and a writer of
// our own: kyaml's would change bytes that are none of our business.
func (e *Engine) File(name string, text []byte) *Result { return e.file(name, text, 0) }

// PassOver is the result of a file of which prefilter.MayReport tells that there
// is nothing to report.
func PassOver(name string) *Result {
	return &Result{Source: source.New(name, nil), PassedOver: true}
}

// file judges a file, or the text of a string that stands in depth others. What
// can't have a finding is not read, unless somebody asks for each container or a
// decision turns out to need all of one.
func (e *Engine) file(name string, text []byte, depth int) *Result {
	directed := mayDirect(text)
	judged := func(whole bool) *file {
		f := &file{engine: e, depth: depth, result: &Result{Source: source.New(name, text)}, whole: whole, directed: directed}
		f.run()
		return f
	}
	f := judged(e.options.Whole || directed)
	if f.partial {
		f = judged(true)
	}
	return f.result
}

// run takes the file through the pipeline.
func (f *file) run() {
	defer func() {
		if cause := recover(); cause != nil {
			f.result = stopped(f.result.Source, cause)
		}
	}()
	pipeline := kio.Pipeline{
		Inputs:                []kio.Reader{f},
		Filters:               f.filters(),
		Outputs:               []kio.Writer{kio.WriterFunc(f.prove)},
		ContinueOnEmptyResult: true,
	}
	if err := pipeline.Execute(); err != nil {
		f.result.Parsed = false
		f.unparsable(0, len(f.result.Source.Text), source.Position{Line: 1, Column: 1}, err.Error()+": mend it, or leave the file out")
	}
	slices.SortStableFunc(f.result.Findings, func(a, b Finding) int { return a.StartOffset - b.StartOffset })
	f.shared()
	f.result.Directives = distinctDirectives(f.result.Directives)
	slices.SortStableFunc(f.result.Containers, func(a, b Container) int { return a.StartOffset - b.StartOffset })
}

// stopped is the result of a file over which the program made a mistake of its own:
// that must not take the rest of a tree with it, and nothing that it had in mind is
// to be believed.
func stopped(s *source.Source, cause any) *Result {
	start := s.Position(0)
	return &Result{Source: s, Findings: []Finding{{
		Rule: rule.InternalCheck, File: s.Name, Start: start, End: start,
		Message: fmt.Sprintf("internal check failed (the program stopped: %v), nothing was changed in this file: convert it by hand and report this", cause),
	}}}
}

// filters are the steps between reading and proving.
func (f *file) filters() []kio.Filter {
	return []kio.Filter{kio.FilterFunc(f.find), kio.FilterFunc(f.judge), kio.FilterFunc(f.descend)}
}

// policy returns how a placeholder that is a whole word is filled. One that is filled
// late stays inside its scalar, so nobody can make list items of it.
func (o Options) policy(p dialect.Placeholder, filledLate bool) invocation.Policy {
	for _, r := range o.Placeholders {
		if r.matches(p.Name) || r.matches(p.Text) {
			return r.Policy
		}
	}
	if p.Lone == dialect.Words && !filledLate {
		return invocation.Words
	}
	return invocation.Refuse
}

// variable returns how a variable that is a whole word is filled.
func (o Options) variable(name string) invocation.Policy {
	for _, r := range o.Placeholders {
		if r.matches(name) {
			return r.Policy
		}
	}
	return invocation.Refuse
}

func (r PlaceholderRule) matches(name string) bool {
	if r.Pattern == name {
		return true
	}
	ok, err := path.Match(r.Pattern, name)
	return err == nil && ok
}
