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
	total int
	shown bool
}

// newProgress returns the progress of a run over so many files.
func newProgress(w io.Writer, now func() time.Time, total int) *progress {
	return &progress{w: w, now: now, next: now().Add(progressAfter), total: total}
}

// show says that so many files are done.
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
	fmt.Fprintf(p.w, "%d of %d files", done, p.total)
	p.shown = true
}

// erase takes the line away, for what is printed now.
func (p *progress) erase() {
	if p != nil && p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
