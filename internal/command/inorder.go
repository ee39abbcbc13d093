package command

import (
	"iter"
	"runtime"

	"shellfree/internal/files"
)

// batch is a group of files that one worker processes; the worker then closes done.
type batch[T any] struct {
	files   []files.File
	errors  []error // for each file, the error of the search or nil
	results []T
	done    chan struct{}
}

// batchSize is the number of files in a batch. Most files take less time than sending
// them through a channel would.
const batchSize = 32

// processInOrder processes files while they are still being found, several at a time,
// and yields the results in the order of the files. It calls worker once for each
// processor; the returned function processes one file after the other.
func processInOrder[T any](found iter.Seq2[files.File, error], worker func() func(files.File, error) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan *batch[T], 4*workers) // in order; its size limits the batches in memory
		work := make(chan *batch[T])
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(queue)
			defer close(work)
			for b := range batchFiles[T](found) {
				for _, to := range []chan *batch[T]{queue, work} {
					select {
					case to <- b:
					case <-stop:
						return
					}
				}
			}
		}()
		for range workers {
			go func() {
				take := worker()
				for b := range work {
					for i, f := range b.files {
						b.results = append(b.results, take(f, b.errors[i]))
					}
					close(b.done)
				}
			}()
		}
		for b := range queue {
			<-b.done
			for _, result := range b.results {
				if !yield(result) {
					return
				}
			}
		}
	}
}

// batchFiles groups files, and errors of the search, into batches.
func batchFiles[T any](found iter.Seq2[files.File, error]) iter.Seq[*batch[T]] {
	return func(yield func(*batch[T]) bool) {
		b := newBatch[T]()
		for file, err := range found {
			b.files, b.errors = append(b.files, file), append(b.errors, err)
			if len(b.files) == batchSize {
				if !yield(b) {
					return
				}
				b = newBatch[T]()
			}
		}
		if len(b.files) > 0 {
			yield(b)
		}
	}
}

func newBatch[T any]() *batch[T] {
	return &batch[T]{make([]files.File, 0, batchSize), make([]error, 0, batchSize), make([]T, 0, batchSize), make(chan struct{})}
}
