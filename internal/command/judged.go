package command

import (
	"bytes"
	"errors"
	"iter"
	"path/filepath"
	"runtime"

	"shellfree/internal/files"
	"shellfree/rewrite"
)

// ballast is never written to, so it takes no memory; but it counts as heap. The
// garbage collector, which runs when the heap has doubled, then runs half as
// often as it would over the few megabytes that most runs hold.
const ballast = 8 << 20 // bytes

// judged reads and judges the files while they are found, a few at a time, and
// yields them in order.
func judged(engine *rewrite.Engine, o *options, found iter.Seq2[files.File, error]) iter.Seq[input] {
	return func(yield func(input) bool) {
		defer runtime.KeepAlive(make([]byte, ballast))
		j := judging{engine: engine, options: o, judge: engine.File}
		if !o.noPrefilter {
			j.judge = newTwins(engine).judge
		}
		inOrder(found, func() func(files.File, error) input {
			var buffer []byte
			return func(f files.File, err error) (in input) {
				if err != nil || f.Leftover {
					return input{path: f.Path, left: f.Leftover, err: err}
				}
				in, buffer = j.file(f, buffer)
				return in
			}
		})(yield)
	}
}

// judging is how the files of a run are judged.
type judging struct {
	engine  *rewrite.Engine
	options *options
	judge   func(name string, text []byte) *rewrite.Result
}

// file reads a file into the buffer and judges it. It returns the buffer, which may
// have grown, for the next file.
func (j judging) file(f files.File, buffer []byte) (input, []byte) {
	path, name, o := f.Path, filepath.ToSlash(f.Path), j.options
	if touched, err := o.touched(path); !touched {
		return input{path: path, err: err, usage: err != nil}, buffer
	}
	text, err := files.ReadInto(buffer, path, o.maxFileSize)
	var large *files.TooLargeError
	if errors.As(err, &large) {
		return input{path: path, result: tooLarge(name, err.Error())}, buffer
	}
	if err != nil {
		return input{path: path, err: err}, buffer
	}
	if !f.Given && !o.noPrefilter && !o.everyFile && !j.engine.MayReport(text) {
		return input{path: path, size: int64(len(text)), result: rewrite.PassOver(name)}, text
	}
	buffer, text = text, bytes.Clone(text) // which the result may keep
	return input{path: path, text: text, size: int64(len(text)), result: j.judge(name, text)}, buffer
}
