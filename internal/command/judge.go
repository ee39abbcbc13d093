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

// ballast is the size of an allocation that counts as heap but is never written to, so
// that it takes no memory. The garbage collector runs when the heap has doubled; most
// runs hold a few megabytes, so with the ballast it runs half as often.
const ballast = 8 << 20 // bytes

// judgeInOrder reads and judges files while they are still being found, a few at a
// time, and yields them in order.
func judgeInOrder(engine *rewrite.Engine, o *options, found iter.Seq2[files.File, error]) iter.Seq[input] {
	return func(yield func(input) bool) {
		defer runtime.KeepAlive(make([]byte, ballast))
		j := judging{engine: engine, options: o, judge: engine.File}
		if !o.noPrefilter {
			j.judge = newResultCache(engine).judge
		}
		processInOrder(found, func() func(files.File, error) input {
			var buffer []byte
			return func(f files.File, err error) (in input) {
				if err != nil || f.Leftover {
					return input{path: f.Path, leftover: f.Leftover, err: err}
				}
				in, buffer = j.judgeFile(f, buffer)
				return in
			}
		})(yield)
	}
}

// judging holds what the judging of a run's files needs.
type judging struct {
	engine  *rewrite.Engine
	options *options
	judge   func(name string, text []byte) *rewrite.Result
}

// judgeFile reads a file into the buffer and judges it. It also returns the buffer,
// which may have grown, for the next file.
func (j judging) judgeFile(f files.File, buffer []byte) (input, []byte) {
	path, name, o := f.Path, filepath.ToSlash(f.Path), j.options
	if touched, err := o.isTouched(path); !touched {
		return input{path: path, err: err, usage: err != nil}, buffer
	}
	text, err := files.ReadInto(buffer, path, o.maxFileSize)
	var large *files.TooLargeError
	if errors.As(err, &large) {
		return input{path: path, result: tooLargeResult(name, err.Error())}, buffer
	}
	if err != nil {
		return input{path: path, err: err}, buffer
	}
	if !f.Given && !o.noPrefilter && !o.everyFile && !j.engine.MayReport(text) {
		return input{path: path, size: int64(len(text)), result: rewrite.PassOver(name)}, text
	}
	buffer, text = text, bytes.Clone(text) // the next file overwrites the buffer, but the result may keep the text
	return input{path: path, text: text, size: int64(len(text)), result: j.judge(name, text)}, buffer
}
