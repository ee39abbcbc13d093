package command

import (
	"bytes"
	"testing"
	"time"
)

// TestProgress asserts that the line appears after a second, changes at most ten times a
// second, and is erased at the end.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&out, func() time.Time { return now })
	for _, step := range []struct {
		wait time.Duration
		want string
	}{
		{900 * time.Millisecond, ""},
		{100 * time.Millisecond, "2 files"},
		{50 * time.Millisecond, ""},
		{50 * time.Millisecond, "\r\x1b[K4 files"},
	} {
		now = now.Add(step.wait)
		done := int(now.Sub(time.Unix(0, 0))/(50*time.Millisecond)) - 18
		p.showCount(done)
		if got := out.String(); got != step.want {
			t.Errorf("after %v it prints %q, not %q", now.Sub(time.Unix(0, 0)), got, step.want)
		}
		out.Reset()
	}
	p.erase()
	p.erase()
	if got := out.String(); got != "\r\x1b[K" {
		t.Errorf("at the end it prints %q", got)
	}
	var none *progressLine // for output that is not a terminal
	none.showCount(1)
	none.erase()
}
