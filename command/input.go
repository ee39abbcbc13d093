package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"shellfree/files"
	"shellfree/policy"
	"shellfree/report"
	"shellfree/rewrite"
	"shellfree/rewrite/prefilter"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// input is one file that was read and judged.
type input struct {
	path   string          // "" for stdin
	text   []byte          // nil where the prefilter passed the file over
	size   int64           // in bytes
	result *rewrite.Result // what the policy leaves of it
	err    error

	excepted   []report.Excepted   // what exceptions took out
	exceptions []*policy.Exception // the file's own
}

// errNothing is wrong usage: there is nothing to read.
var errNothing = errors.New("nothing to read")

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
	found, err := c.find(o, paths)
	if err != nil {
		return err
	}
	c.line = c.progress(len(found))
	defer c.line.erase()
	done := 0
	for in := range judged(engine, o, found) {
		if in.err != nil {
			c.fail(ExitIO, in.err)
		}
		if in.result != nil {
			apply(in)
		}
		done++
		c.line.show(done)
	}
	return nil
}

// apply makes of a file's result what the policy leaves of it.
func (o *options) apply(in input) input {
	outcome := o.policy.Apply(in.result)
	in.result, in.exceptions = outcome.Result, outcome.Exceptions
	for _, e := range outcome.Excepted {
		in.excepted = append(in.excepted, report.Excepted(e))
	}
	if o.changes != nil {
		o.changes.Keep(in.result)
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
func (c *Command) progress(files int) *progress {
	if !isTerminal(c.Stderr) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return newProgress(c.Stderr, time.Now, files)
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

// find returns the files that the paths name.
func (c *Command) find(o *options, paths []string) ([]files.File, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		if p == "-" {
			return nil, errors.New("- is stdin and stands alone: leave the other paths out")
		}
	}
	found, errs := files.Find(paths, files.Options{NoIgnore: o.noIgnore, Include: o.config.Include, Exclude: o.config.Excluded, Leftover: c.leftover})
	for _, err := range errs {
		c.fail(ExitIO, err)
	}
	if len(found) == 0 && len(errs) == 0 {
		return nil, fmt.Errorf("no manifest below %s: %w; name a file, or a folder with .yaml, .json or .manifest files", paths[0], errNothing)
	}
	var left []files.File
	for _, f := range found {
		touched, err := o.touched(f.Path)
		if err != nil {
			return nil, err
		}
		if touched {
			left = append(left, f)
		}
	}
	return left, nil
}

// touched reports whether a file is to be read: all are, but where --changed-since
// asks for those of a change.
func (o *options) touched(path string) (bool, error) {
	if o.changes == nil {
		return true, nil
	}
	return o.changes.Touched(path)
}

// leftover names a temporary file. It is not removed: another run may be
// writing it right now.
func (c *Command) leftover(path string) {
	fmt.Fprintf(c.Stderr, "shellfree: %s is the temporary file of a run that was stopped: remove it unless one is still going on\n", report.Printable(path))
}

// batch is a run of files that one worker judges; done is closed when it has.
type batch struct {
	files []files.File
	in    []input
	done  chan struct{}
}

// batchSize is how many files a worker takes at a time: most are passed over in
// less time than a channel takes.
const batchSize = 32

// judged reads and judges the files, a few at a time, and yields them in order.
func judged(engine *rewrite.Engine, o *options, found []files.File) func(func(input) bool) {
	return func(yield func(input) bool) {
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan *batch, 4*workers) // in order; bounds what waits for its turn
		work := make(chan *batch)
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(queue)
			defer close(work)
			for part := range slices.Chunk(found, batchSize) {
				b := &batch{files: part, done: make(chan struct{})}
				for _, to := range []chan *batch{queue, work} {
					select {
					case to <- b:
					case <-stop:
						return
					}
				}
			}
		}()
		for range workers {
			go judge(engine, o, work)
		}
		for b := range queue {
			<-b.done
			for _, in := range b.in {
				if !yield(in) {
					return
				}
			}
		}
	}
}

// judge judges batches until there are no more.
func judge(engine *rewrite.Engine, o *options, work <-chan *batch) {
	var buffer []byte
	for b := range work {
		for _, f := range b.files {
			var in input
			in, buffer = judgeFile(engine, o, f, buffer)
			b.in = append(b.in, in)
		}
		close(b.done)
	}
}

// judgeFile reads a file into the buffer and judges it. It returns the buffer,
// which may have grown, for the next file.
func judgeFile(engine *rewrite.Engine, o *options, f files.File, buffer []byte) (input, []byte) {
	path, name := f.Path, filepath.ToSlash(f.Path)
	text, err := files.ReadInto(buffer, path, o.maxFileSize)
	var large *files.TooLargeError
	if errors.As(err, &large) {
		return input{path: path, result: tooLarge(name, err.Error())}, buffer
	}
	if err != nil {
		return input{path: path, err: err}, buffer
	}
	if !f.Given && !o.noPrefilter && !o.everyFile && !prefilter.MayReport(text) {
		return input{path: path, size: int64(len(text)), result: rewrite.PassOver(name)}, text
	}
	buffer, text = text, bytes.Clone(text) // which somebody may keep
	return input{path: path, text: text, size: int64(len(text)), result: engine.File(name, text)}, buffer
}

// tooLarge is the SF004 finding of a file that was not read.
func tooLarge(name, message string) *rewrite.Result {
	at := source.Position{Line: 1, Column: 1}
	return &rewrite.Result{Source: source.New(name, nil), Findings: []rewrite.Finding{{
		Rule: rule.TooLarge, File: name, Start: at, End: at, Message: message + ": raise --max-file-size if it is a manifest",
	}}}
}
