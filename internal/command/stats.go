package command

import (
	"fmt"
	"io"
	"time"
)

// stats counts the files and findings of a run, for --stats.
type stats struct {
	began                                        time.Time
	files, passedOver, parsed, skipped, findings int
	bytes                                        int64 // size of the files that were read
}

// startStats returns the counts of a run that begins now. With --stats they are printed
// at the end.
func (c *Command) startStats(o *options) *stats {
	s := &stats{began: time.Now()}
	if o.stats {
		c.stats = s
	}
	return s
}

func (s *stats) addFile(in input) {
	s.files++
	s.bytes += in.size
	s.findings += len(in.result.Findings)
	switch {
	case in.result.PassedOver:
		s.passedOver++
	case in.result.Parsed:
		s.parsed++
	default:
		s.skipped++
	}
}

// print writes the counts on one line.
func (s *stats) print(w io.Writer) {
	fmt.Fprintf(w, "stats: %d files, %.1f MB; %d passed over by the prefilter, %d parsed, %d not; %d findings; %.2f s, peak memory %.0f MB\n",
		s.files, float64(s.bytes)/1e6, s.passedOver, s.parsed, s.skipped, s.findings, time.Since(s.began).Seconds(), float64(peakMemory())/1e6)
}
