package proof

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/validate"
)

// Start is a conversion that has to start what its script started.
type Start struct {
	Script     invocation.Script
	Invocation invocation.Invocation
	Conversion invocation.Conversion
	Target     invocation.Target
	Converter  invocation.Converter
	Reviewed   bool // a person will check the fix

	bindings map[string]expansion.Binding
}

// disagreement is a proof that failed, with what the two sides start.
type disagreement struct {
	error
	script, array validate.Run // no words where that side was not reached
}

// sides returns both sides, for a person who looks for the reason.
func (d *disagreement) sides() string {
	return "script: " + d.script.String() + "\narray:  " + d.array.String()
}

// Prove runs the old script in-process with samples for its variables and
// placeholders, and compares the program that it starts with the one that the
// container runtime would start of the new array: with plain values where a person
// will check the fix, and with every kind of value where it is to be safe.
func (p *Start) Prove() error {
	p.bindings = p.lookUp()
	if err := Words(slices.Concat(p.Invocation.Wrapper, p.Invocation.Words), p.Conversion.Argv, p.Conversion.Sink, p.Converter.LogFlags()); err != nil {
		return err
	}
	for _, v := range samples(p.unknowns(), !p.Reviewed) {
		if d := p.try(v); d != nil {
			return d
		}
	}
	return nil
}

// lookUp returns what is known of the declared variables.
func (p *Start) lookUp() map[string]expansion.Binding {
	known := make(map[string]expansion.Binding, len(p.Script.Env.Variables))
	lookup := p.Script.Env.At(p.Script.Place)
	for _, v := range p.Script.Env.Variables {
		known[v.Name] = lookup(v.Name)
	}
	return known
}

// try compares both sides under one sample; nil where they agree.
func (p *Start) try(v sample) *disagreement {
	d := &disagreement{}
	d.script, d.error = validate.Execute(context.Background(), validate.Script{Shell: p.Script.Shell.Name, Text: p.filled(v), Env: p.environment(v)})
	if d.error != nil {
		return d
	}
	if d.error = validate.Equal(d.script, p.meant(v)); d.error != nil {
		return d
	}
	d.script, d.array, d.error = p.started(v, d.script)
	if d.error == nil {
		d.error = p.agree(d.script, d.array)
	}
	if d.error == nil {
		return nil
	}
	return d
}

// meant returns what the analysis understood that the script starts.
func (p *Start) meant(v sample) validate.Run {
	value := func(w invocation.Word) string { return p.fill(v, w) }
	return validate.Run{
		Argv: p.fillAll(v, p.Invocation.Words), Env: assignments(p.Invocation.Env, value), Dir: p.directory(v),
		Stdout: p.stream(v, p.Invocation.Stdout), Stderr: p.stream(v, p.Invocation.Stderr),
	}
}

func (p *Start) directory(v sample) string {
	if len(p.Invocation.Dir.Parts) == 0 {
		return ""
	}
	return path.Clean(p.fill(v, p.Invocation.Dir))
}

// started returns what both sides start once the log sink is taken off: the
// array as the kubelet expands it, and the words of the script likewise, since
// they may have had log flags before.
func (p *Start) started(v sample, script validate.Run) (old, array validate.Run, err error) {
	argv, wrapper := p.written(v, p.Conversion.Argv), p.fillAll(v, p.Invocation.Wrapper)
	if len(argv) < len(wrapper) || !slices.Equal(argv[:len(wrapper)], wrapper) {
		return script, array, fmt.Errorf("the array begins with %q, not with %q", argv, wrapper)
	}
	old, argv = script, argv[len(wrapper):]
	if p.Conversion.Sink.Name == "" && slices.Equal(argv, script.Argv) { // nothing was added, so nothing is taken off
		array = contained(argv)
	} else {
		array, old = p.inverted(contained(argv)), p.inverted(script)
	}
	array.Env = assignments(p.Invocation.Env, func(w invocation.Word) string { return p.written(v, []invocation.Word{w})[0] })
	array.Dir = p.directory(v)
	return old, array, nil
}

// contained is an array as the container runtime starts it.
func contained(argv []string) validate.Run {
	return validate.Run{Argv: argv, Stdout: validate.Stream{Kind: invocation.ToStdout}, Stderr: validate.Stream{Kind: invocation.ToStderr}}
}

// inverted returns what is started once the log sink is taken off.
func (p *Start) inverted(r validate.Run) validate.Run {
	destination := func(s validate.Stream) invocation.Destination {
		return invocation.Destination{Kind: s.Kind, Path: invocation.Text(s.Path), Append: s.Append, Tee: s.Tee}
	}
	inv := p.Converter.Invert(p.Target, invocation.Invocation{
		Words: invocation.Texts(r.Argv...), Stdout: destination(r.Stdout), Stderr: destination(r.Stderr),
	})
	r.Argv = p.fillAll(nil, inv.Words)
	r.Stdout, r.Stderr = p.stream(nil, inv.Stdout), p.stream(nil, inv.Stderr)
	return r
}

// agree compares the sides in all but what the conversion says that it changes.
func (p *Start) agree(script, array validate.Run) error {
	same := array
	same.Stdout, same.Stderr = script.Stdout, script.Stderr
	if err := validate.Equal(script, same); err != nil {
		return err
	}
	if err := validate.Equal(script, array); err != nil && !p.streamsAgree(script, array) {
		return err
	}
	return nil
}

// streamsAgree reports whether the output goes where the conversion says. What a
// program prints beside its log may join the log in its file, or leave it, which
// a note of the sink says. Only where a person will check it, a stream may be
// left to the container, or go where the other one went, or to the same file
// appended instead of truncated. A file stays, unless the user chose to have none.
func (p *Start) streamsAgree(script, array validate.Run) bool {
	if script.Stderr == array.Stderr && staysIn(array.Stdout, array.Stderr) && staysIn(script.Stdout, script.Stderr) {
		return true
	}
	none := array.Stdout.Kind != invocation.ToFile && array.Stderr.Kind != invocation.ToFile
	if _, kept := p.Invocation.File(); !p.Reviewed || kept && none && !p.Conversion.Sink.NoFile {
		return false
	}
	for _, s := range []*validate.Stream{&script.Stdout, &script.Stderr, &array.Stdout, &array.Stderr} {
		s.Append = true
	}
	return staysIn(array.Stdout, script.Stdout, script.Stderr) && staysIn(array.Stderr, script.Stdout, script.Stderr)
}

// staysIn reports whether a stream is the container's own, or goes where one of
// others does.
func staysIn(s validate.Stream, others ...validate.Stream) bool {
	return s.Kind == invocation.ToStdout || s.Kind == invocation.ToStderr || slices.Contains(others, s)
}

// Sides returns on two lines both sides of a proof that failed, "" where it never
// ran.
func Sides(err error) string {
	var d *disagreement
	if !errors.As(err, &d) {
		return ""
	}
	return d.sides()
}
