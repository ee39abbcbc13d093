package command

import (
	"fmt"
	"io"
	"time"
)

const (
	progressAfter = time.Second            // shorter runs show no progress
	progressEvery = 100 * time.Millisecond // the line changes at most this often
)

// progressLine is a line on a terminal with the progress of a run. A nil progressLine
// shows nothing.
type progressLine struct {
	w     io.Writer
	now   func() time.Time
	next  time.Time // when the line may change
	shown bool
}

// newProgress returns the progress line of a run that begins now.
func newProgress(w io.Writer, now func() time.Time) *progressLine {
	return &progressLine{w: w, now: now, next: now().Add(progressAfter)}
}

// showCount shows the number of files that are done. The total is not known, since the
// files are read while the folders are walked.
func (p *progressLine) showCount(done int) {
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

// erase removes the line, so that other text can be printed.
func (p *progressLine) erase() {
	if p != nil && p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
