package command

import (
	"iter"
	"runtime"

	"shellfree/internal/files"
)

// batch is a run of files that one worker takes; done is closed when it has.
type batch[T any] struct {
	files   []files.File
	errors  []error // of the files, why they could not be found
	results []T
	done    chan struct{}
}

// batchSize is how many files a worker takes at a time: most are passed over in
// less time than a channel takes.
const batchSize = 32

// inOrder takes files while they are found, several at a time, and yields what
// comes of each in their order. A worker is made for each processor; it takes one
// file after the other.
func inOrder[T any](found iter.Seq2[files.File, error], worker func() func(files.File, error) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan *batch[T], 4*workers) // in order; bounds what waits for its turn
		work := make(chan *batch[T])
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(queue)
			defer close(work)
			for b := range batches[T](found) {
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

// batches gathers what is found.
func batches[T any](found iter.Seq2[files.File, error]) iter.Seq[*batch[T]] {
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
