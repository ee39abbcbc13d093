package rewrite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/validate"
)

// proveRun runs the old script in-process, with a sample value for each
// variable and placeholder, and compares what it starts with the invocation;
// then it compares the invocation with the new array after the kubelet's
// expansion.
func proveRun(s invocation.Script, inv invocation.Invocation, conv invocation.Conversion, hook bool) error {
	v := sample{s, s.Env.At(s.Place)}
	run, err := validate.Execute(context.Background(), validate.Script{Shell: s.Shell.Name, Text: v.expand(s.Text), Env: v.environment()})
	if err != nil {
		return err
	}
	array := validate.Run{Argv: v.fillAll(inv.Words), Env: v.assignments(inv.Env), Dir: v.fill(inv.Dir), Stdout: v.stream(inv.Stdout), Stderr: v.stream(inv.Stderr)}
	if err := validate.Equal(run, array); err != nil {
		return err
	}
	if err := keepsWords(slices.Concat(inv.Wrapper, inv.Words), conv.Argv, conv.Sink); err != nil {
		return err
	}
	for _, a := range inv.Env {
		if err := v.survivesKubelet([]invocation.Word{a.Value}, false); err != nil {
			return err
		}
	}
	return v.survivesKubelet(conv.Argv, hook)
}

// sample gives each variable and placeholder of a script a value.
type sample struct {
	invocation.Script
	lookup func(name string) expansion.Binding
}

// value returns the variable's literal value, or a sample where it is not known.
func (v sample) value(name string) (string, bool) {
	b := v.lookup(name)
	switch {
	case b.State != expansion.Declared:
		return "", false
	case b.Known:
		return b.Value, true
	}
	return "value-of-" + name, true
}

func (v sample) expand(text string) string {
	if v.Place == expansion.Hook {
		return text
	}
	return expansion.Expand(text, v.value)
}

// environment returns the declared variables as the shell finds them.
func (v sample) environment() []string {
	var env []string
	for _, variable := range v.Env.Variables {
		if value, ok := v.value(variable.Name); ok {
			env = append(env, variable.Name+"="+value)
		}
	}
	return env
}

// fill returns the argument that a word stands for under the samples.
func (v sample) fill(w invocation.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		switch p.Kind {
		case invocation.Literal:
			b.WriteString(p.Text)
		case invocation.Variable:
			value, _ := v.value(p.Text)
			b.WriteString(value)
		case invocation.Placeholder:
			b.WriteString(p.Mark)
		}
	}
	return b.String()
}

// assignments returns NAME=value of each, sorted.
func (v sample) assignments(list []invocation.Assignment) []string {
	var env []string
	for _, a := range list {
		env = append(env, a.Name+"="+v.fill(a.Value))
	}
	slices.Sort(env)
	return env
}

func (v sample) fillAll(words []invocation.Word) []string {
	filled := make([]string, len(words))
	for i, w := range words {
		filled[i] = v.fill(w)
	}
	return filled
}

func (v sample) stream(d invocation.Destination) validate.Stream {
	return validate.Stream{Kind: d.Kind, Path: v.fill(d.Path), Append: d.Append, Tee: d.Tee}
}

// survivesKubelet checks that each item, once expanded by the kubelet, is the
// word that was meant.
func (v sample) survivesKubelet(argv []invocation.Word, hook bool) error {
	for _, w := range argv {
		if w.Several {
			continue
		}
		marked := invocation.Word{Parts: make([]invocation.Part, len(w.Parts))}
		for i, p := range w.Parts {
			if p.Kind == invocation.Placeholder {
				p.Text = p.Mark
			}
			marked.Parts[i] = p
		}
		written := edit.Value(marked, hook)
		if got := v.expand(written); got != v.fill(w) {
			return fmt.Errorf("the kubelet would pass %q instead of %q", got, v.fill(w))
		}
	}
	return nil
}

// sinkFlags are the flags that log sinks add, change or remove, and the
// program's own flags that they stand for.
var sinkFlags = []string{
	"logtostderr", "alsologtostderr", "log-file", "log-file-max-size", "log-dir", "stderrthreshold",
	"one-output", "skip-headers", "skip-log-headers", "add-dir-header", "log-backtrace-at",
	"also-stdout", "redirect-stderr", "logger", "log-outputs",
}

func isSinkFlag(w invocation.Word) bool {
	name, _, _ := strings.Cut(w.String(), "=")
	if !strings.HasPrefix(name, "-") {
		return false
	}
	return slices.Contains(sinkFlags, strings.ReplaceAll(strings.TrimLeft(name, "-"), "_", "-"))
}

// keepsWords checks that the new array holds every word of the program in
// order, and besides them only the log sink's: flags, which for the native sink
// are the program's own, and one log runner.
func keepsWords(words, argv []invocation.Word, sink string) error {
	i, runner := 0, sink == "runner"
	skip := func(until string) {
		for i < len(words) && words[i].String() != until && droppable(words, i) {
			i++
		}
	}
	for _, w := range argv {
		if !isSinkFlag(w) { // a sink's own flag says nothing about where the words are
			skip(w.String())
		}
		switch {
		case i < len(words) && words[i].String() == w.String() && words[i].Several == w.Several:
			i++
		case isSinkFlag(w), sink == "native" && strings.HasPrefix(w.String(), "-"):
		case runner:
			runner = false
		default:
			return fmt.Errorf("the array has %q where the script has other words", w.String())
		}
	}
	skip("")
	if i < len(words) {
		return fmt.Errorf("the array lacks %q", words[i].String())
	}
	return nil
}

// droppable reports a log flag that a sink may replace, or the value that
// follows one as a word of its own.
func droppable(words []invocation.Word, i int) bool {
	return isSinkFlag(words[i]) || i > 0 && isSinkFlag(words[i-1]) && !strings.Contains(words[i-1].String(), "=") && !isSwitch(words[i-1])
}

// isSwitch reports a log flag that takes no word after it as its value.
func isSwitch(w invocation.Word) bool {
	name := strings.ReplaceAll(strings.TrimLeft(w.String(), "-"), "_", "-")
	return slices.Contains([]string{"logtostderr", "alsologtostderr", "one-output", "skip-headers", "skip-log-headers", "add-dir-header"}, name)
}
