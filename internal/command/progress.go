package command

import (
	"fmt"
	"io"
	"time"
)

const (
	progressAfter = time.Second            // shorter runs show nothing
	progressEvery = 100 * time.Millisecond // how often the line changes at most
)

// progress is a line on a terminal that says how far a run is. A nil one shows
// nothing.
type progress struct {
	w     io.Writer
	now   func() time.Time
	next  time.Time // when the line may change
	shown bool
}

// newProgress returns the progress of a run that begins.
func newProgress(w io.Writer, now func() time.Time) *progress {
	return &progress{w: w, now: now, next: now().Add(progressAfter)}
}

// show says that so many files are done. How many there are is not known before
// the last one: they are read while the folders are walked.
func (p *progress) show(done int) {
	if p == nil {
		return
	}
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(progressEvery)
	p.erase()
	fmt.Fprintf(p.w, "%d files", done)
	p.shown = true
}

// erase takes the line away, for what is printed now.
func (p *progress) erase() {
	if p != nil && p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
