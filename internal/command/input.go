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
	path     string          // "" for stdin
	text     []byte          // nil if the prefilter passed the file over
	size     int64           // in bytes
	result   *rewrite.Result // nil without a result; applyPolicy removes findings from it
	err      error           // why there is no result
	usage    bool            // err is wrong usage, and ends the run
	leftover bool            // the temporary file of a run that was stopped

	excepted   []report.ExceptedFinding // the findings that exceptions cover
	exceptions []*policy.Exception      // the exceptions in the file itself
}

// errNothing is the error for a run without any file to read, which is wrong usage.
var errNothing = errors.New("nothing to read")

func noManifestError(path string) error {
	return fmt.Errorf("no manifest below %s: %w; name a file, or a folder with .yaml, .json or .manifest files", path, errNothing)
}

// judgeAll judges the files below the paths and calls use for each, in the order of
// their paths. For a file that can't be read it prints an error instead.
func (c *Command) judgeAll(o *options, paths []string, use func(input)) error {
	if err := o.applyConfig(paths); err != nil {
		return err
	}
	engine, err := o.newEngine()
	if err != nil {
		return err
	}
	o.policy = policy.New(o.config, c.today())
	if o.noExceptions {
		o.policy = policy.WithoutExceptions(o.config)
	}
	counts := c.startStats(o)
	apply := func(in input) {
		in = o.applyPolicy(in)
		counts.addFile(in)
		c.showSides(o, in)
		use(in)
	}
	if len(paths) == 1 && paths[0] == "-" {
		in, err := c.judgeStdin(o, engine)
		if err == nil {
			apply(in)
		}
		return err
	}
	found, err := o.findFiles(paths)
	if err != nil {
		return err
	}
	c.line = c.startProgress()
	defer c.line.erase()
	seen := 0
	for in := range judgeInOrder(engine, o, found) {
		if in.leftover {
			c.reportLeftover(in.path)
			continue
		}
		seen++
		switch {
		case in.usage:
			return in.err
		case in.err != nil:
			c.reportError(ExitIO, in.err)
		case in.result != nil:
			apply(in)
		}
		c.line.showCount(seen)
	}
	if seen == 0 {
		return noManifestError(defaultPaths(paths)[0])
	}
	return nil
}

// applyPolicy removes the findings that are not to be reported from a file's result.
func (o *options) applyPolicy(in input) input {
	if in.result.PassedOver {
		return in
	}
	outcome := o.policy.Apply(in.result)
	in.result, in.exceptions = outcome.Result, outcome.Exceptions
	for _, e := range outcome.Excepted {
		in.excepted = append(in.excepted, report.ExceptedFinding(e))
	}
	if o.changes != nil {
		o.changes.KeepTouched(in.result)
	}
	return in
}

// showSides prints both sides of each failed proof, with --debug.
func (c *Command) showSides(o *options, in input) {
	if !o.debug {
		return
	}
	c.line.erase()
	for _, f := range in.result.Findings {
		if err := report.WriteSides(c.Stderr, f); err != nil {
			c.reportError(ExitIO, err)
		}
	}
}

// startProgress returns the progress line of a run, nil if stderr is not a terminal.
func (c *Command) startProgress() *progressLine {
	if !isTerminal(c.Stderr) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return newProgress(c.Stderr, time.Now)
}

// judgeStdin reads and judges standard input.
func (c *Command) judgeStdin(o *options, engine *rewrite.Engine) (input, error) {
	text, err := io.ReadAll(io.LimitReader(c.Stdin, o.maxFileSize+1))
	switch {
	case err != nil:
		return input{}, fmt.Errorf("stdin: %w", err)
	case len(text) == 0:
		return input{}, fmt.Errorf("stdin is empty: %w; pipe a manifest in, or name a path instead of -", errNothing)
	case int64(len(text)) > o.maxFileSize:
		return input{result: tooLargeResult(o.filename, fmt.Sprintf("stdin is larger than %d bytes", o.maxFileSize))}, nil
	}
	return input{text: text, size: int64(len(text)), result: engine.File(o.filename, text)}, nil
}

// defaultPaths returns the paths, or the current folder if there are none.
func defaultPaths(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}

// findFiles returns the files of the paths, and the errors of the search.
func (o *options) findFiles(paths []string) (iter.Seq2[files.File, error], error) {
	if slices.Contains(paths, "-") {
		return nil, errors.New("- is stdin and can't be combined with other paths: leave them out")
	}
	return files.All(defaultPaths(paths), files.Options{
		NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excludes, Leftovers: true, Whole: o.writes,
	}), nil
}

// isTouched reports whether a file is to be read. With --changed-since only the files
// of the change are.
func (o *options) isTouched(path string) (bool, error) {
	if o.changes == nil {
		return true, nil
	}
	return o.changes.Touches(path)
}

// reportLeftover prints the name of a temporary file. The file is not removed, since
// another run may be writing it right now.
func (c *Command) reportLeftover(path string) {
	c.line.erase()
	fmt.Fprintf(c.Stderr, "shellfree: %s is the temporary file of a run that was stopped: remove it, unless another run is writing it now\n", report.ReplaceUnprintable(path))
}

// tooLargeResult returns the result of a file that is too large to read: SF004.
func tooLargeResult(name, message string) *rewrite.Result {
	at := source.Position{Line: 1, Column: 1}
	return &rewrite.Result{Source: source.New(name, nil), Findings: []rewrite.Finding{{
		Rule: rule.TooLarge, Place: rewrite.Place{File: name, Start: at, End: at},
		Message: message + ": raise --max-file-size if it is a manifest",
	}}}
}
