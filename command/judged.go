package command

import (
	"bytes"
	"errors"
	"iter"
	"path/filepath"
	"runtime"

	"shellfree/files"
	"shellfree/rewrite"
	"shellfree/rewrite/prefilter"
)

// batch is a run of files that one worker judges; done is closed when it has.
type batch struct {
	files []files.File
	in    []input // of the files; what could not be read is there before
	done  chan struct{}
}

// batchSize is how many files a worker takes at a time: most are passed over in
// less time than a channel takes.
const batchSize = 32

// ballast is never written to, so it takes no memory; but it counts as heap. The
// garbage collector, which runs when the heap has doubled, then runs half as
// often as it would over the few megabytes that most runs hold.
const ballast = 8 << 20 // bytes

// judged reads and judges the files while they are found, a few at a time, and
// yields them in order.
func judged(engine *rewrite.Engine, o *options, found iter.Seq2[files.File, error]) iter.Seq[input] {
	return func(yield func(input) bool) {
		defer runtime.KeepAlive(make([]byte, ballast))
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan *batch, 4*workers) // in order; bounds what waits for its turn
		work := make(chan *batch)
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(queue)
			defer close(work)
			for b := range batches(found) {
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

// batches gathers what is found.
func batches(found iter.Seq2[files.File, error]) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		b := newBatch()
		for file, err := range found {
			b.files, b.in = append(b.files, file), append(b.in, input{path: file.Path, left: file.Leftover, err: err})
			if len(b.files) == batchSize {
				if !yield(b) {
					return
				}
				b = newBatch()
			}
		}
		if len(b.files) > 0 {
			yield(b)
		}
	}
}

func newBatch() *batch {
	return &batch{make([]files.File, 0, batchSize), make([]input, 0, batchSize), make(chan struct{})}
}

// judge judges batches until there are no more.
func judge(engine *rewrite.Engine, o *options, work <-chan *batch) {
	var buffer []byte
	for b := range work {
		for i, f := range b.files {
			if b.in[i].err == nil && !f.Leftover {
				b.in[i], buffer = judgeFile(engine, o, f, buffer)
			}
		}
		close(b.done)
	}
}

// judgeFile reads a file into the buffer and judges it. It returns the buffer,
// which may have grown, for the next file.
func judgeFile(engine *rewrite.Engine, o *options, f files.File, buffer []byte) (input, []byte) {
	path, name := f.Path, filepath.ToSlash(f.Path)
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
	if !f.Given && !o.noPrefilter && !o.everyFile && !prefilter.MayReport(text) {
		return input{path: path, size: int64(len(text)), result: rewrite.PassOver(name)}, text
	}
	buffer, text = text, bytes.Clone(text) // which somebody may keep
	return input{path: path, text: text, size: int64(len(text)), result: engine.File(name, text)}, buffer
}
