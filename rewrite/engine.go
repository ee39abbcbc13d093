package rewrite

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/judge"
	"shellfree/rewrite/prefilter"
	"shellfree/rewrite/source"
)

// Engine finds and converts the shell commands of files. It holds no state of
// a file and may be used by several goroutines.
type Engine struct {
	options   Options
	judge     judge.Judge
	prefilter *prefilter.Filter
}

// New returns an engine.
func New(o Options) *Engine {
	doubts := o.Doubts
	if doubts == nil {
		doubts = doubt.All()
	}
	return &Engine{o, judge.Judge{
		Converter: o.Converter, Policies: o, Doubts: doubt.ByStage(doubts), Upstream: o.Upstream, NoSleepAction: o.NoSleepAction,
	}, prefilter.New(migratedFlags(o.Converter))}
}

// migratedFlags returns the names of the flags that are reported without a shell.
func migratedFlags(c invocation.Converter) []string {
	var names []string
	if m, ok := c.(invocation.Migrator); ok {
		for _, f := range m.MigratedFlags() {
			names = append(names, f.Name)
		}
	}
	return names
}

// MayReport tells from the bytes of a file whether a rule may report anything about
// it. Where it tells no, File need not be asked.
func (e *Engine) MayReport(text []byte) bool { return e.prefilter.MayReport(text) }

// PassOver is the result of a file of which MayReport tells that there is nothing to
// report.
func PassOver(name string) *Result {
	return &Result{Source: source.New(name, nil), PassedOver: true}
}

// File judges one file: it is read, each command is judged, the doubts that need all
// fixes look, and the fixes are proved on the text. It is read again, and all of it,
// where a verdict needs that.
func (e *Engine) File(name string, text []byte) (result *Result) {
	src := source.New(name, text)
	defer func() {
		if cause := recover(); cause != nil {
			result = stopped(src, cause).result()
		}
	}()
	p := &pipeline{engine: e, source: src, all: e.options.ReadAll}
	err := p.execute()
	if err == nil && p.file.needsAll() {
		p.all = true
		err = p.execute()
	}
	if err != nil {
		return stopped(src, err).result()
	}
	return p.file.result()
}
