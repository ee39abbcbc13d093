package command

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"time"

	"shellfree/internal/files"
	"shellfree/internal/policy"
	"shellfree/internal/report"
	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// input is one file that was read and judged.
type input struct {
	path   string          // "" for stdin
	text   []byte          // nil where the prefilter passed the file over
	size   int64           // in bytes
	result *rewrite.Result // what the policy leaves of it; nil for none
	err    error           // why there is none
	usage  bool            // err is wrong usage, and ends the run
	left   bool            // the temporary file of a run that was stopped

	excepted   []report.Excepted   // what exceptions took out
	exceptions []*policy.Exception // the file's own
}

// errNothing is wrong usage: there is nothing to read.
var errNothing = errors.New("nothing to read")

func noManifest(path string) error {
	return fmt.Errorf("no manifest below %s: %w; name a file, or a folder with .yaml, .json or .manifest files", path, errNothing)
}

// run judges the files below the paths and hands each to use, in the order of
// the paths and names. A file that can't be read is told and passed over.
func (c *Command) run(o *options, paths []string, use func(input)) error {
	if err := o.configure(paths); err != nil {
		return err
	}
	engine, err := o.engine()
	if err != nil {
		return err
	}
	o.policy = policy.New(o.config, c.today())
	if o.noExceptions {
		o.policy = policy.WithoutExceptions(o.config)
	}
	counts := c.count(o)
	apply := func(in input) {
		in = o.apply(in)
		counts.add(in)
		c.showSides(o, in)
		use(in)
	}
	if len(paths) == 1 && paths[0] == "-" {
		in, err := c.stdin(o, engine)
		if err == nil {
			apply(in)
		}
		return err
	}
	found, err := o.found(paths)
	if err != nil {
		return err
	}
	c.line = c.progress()
	defer c.line.erase()
	seen := 0
	for in := range judged(engine, o, found) {
		if in.left {
			c.leftover(in.path)
			continue
		}
		seen++
		switch {
		case in.usage:
			return in.err
		case in.err != nil:
			c.fail(ExitIO, in.err)
		case in.result != nil:
			apply(in)
		}
		c.line.show(seen)
	}
	if seen == 0 {
		return noManifest(places(paths)[0])
	}
	return nil
}

// apply makes of a file's result what the policy leaves of it.
func (o *options) apply(in input) input {
	if in.result.PassedOver {
		return in
	}
	outcome := o.policy.Apply(in.result)
	in.result, in.exceptions = outcome.Result, outcome.Exceptions
	for _, e := range outcome.Excepted {
		in.excepted = append(in.excepted, report.Excepted(e))
	}
	if o.changes != nil {
		o.changes.KeepTouched(in.result)
	}
	return in
}

// showSides prints both sides of each proof that failed, where --debug asks for it.
func (c *Command) showSides(o *options, in input) {
	if !o.debug {
		return
	}
	c.line.erase()
	for _, f := range in.result.Findings {
		if err := report.WriteSides(c.Stderr, f); err != nil {
			c.fail(ExitIO, err)
		}
	}
}

// progress returns the line that says how far a run is, nil on no terminal.
func (c *Command) progress() *progress {
	if !isTerminal(c.Stderr) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return newProgress(c.Stderr, time.Now)
}

// stdin reads and judges standard input.
func (c *Command) stdin(o *options, engine *rewrite.Engine) (input, error) {
	text, err := io.ReadAll(io.LimitReader(c.Stdin, o.maxFileSize+1))
	switch {
	case err != nil:
		return input{}, fmt.Errorf("stdin: %w", err)
	case len(text) == 0:
		return input{}, fmt.Errorf("stdin is empty: %w; pipe a manifest in, or name a path instead of -", errNothing)
	case int64(len(text)) > o.maxFileSize:
		return input{result: tooLarge(o.filename, fmt.Sprintf("stdin is larger than %d bytes", o.maxFileSize))}, nil
	}
	return input{text: text, size: int64(len(text)), result: engine.File(o.filename, text)}, nil
}

// places returns the paths to walk: the current folder where none are given.
func places(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}

// found returns the files that the paths name, and what could not be read.
func (o *options) found(paths []string) (iter.Seq2[files.File, error], error) {
	if slices.Contains(paths, "-") {
		return nil, errors.New("- is stdin and stands alone: leave the other paths out")
	}
	return files.All(places(paths), files.Options{
		NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excludes, Leftovers: true, Whole: o.writes,
	}), nil
}

// touched reports whether a file is to be read: all are, but where --changed-since
// asks for those of a change.
func (o *options) touched(path string) (bool, error) {
	if o.changes == nil {
		return true, nil
	}
	return o.changes.Touches(path)
}

// leftover names a temporary file. It is not removed: another run may be
// writing it right now.
func (c *Command) leftover(path string) {
	c.line.erase()
	fmt.Fprintf(c.Stderr, "shellfree: %s is the temporary file of a run that was stopped: remove it unless one is still going on\n", report.Printable(path))
}

// tooLarge is the SF004 finding of a file that was not read.
func tooLarge(name, message string) *rewrite.Result {
	at := source.Position{Line: 1, Column: 1}
	return &rewrite.Result{Source: source.New(name, nil), Findings: []rewrite.Finding{{
		Rule: rule.TooLarge, Place: rewrite.Place{File: name, Start: at, End: at},
		Message: message + ": raise --max-file-size if it is a manifest",
	}}}
}
