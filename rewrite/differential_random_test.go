package rewrite_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestDifferentialRandom compares what a generator makes: 3,000 trials (300
// with -short), or SHELLFREE_SCRIPTS, from the seed 1 or SHELLFREE_SEED.
func TestDifferentialRandom(t *testing.T) {
	count, seed := setting(t, "SHELLFREE_SCRIPTS", 3000), setting(t, "SHELLFREE_SEED", 1)
	if testing.Short() && os.Getenv("SHELLFREE_SCRIPTS") == "" {
		count = 300
	}
	tally := &tally{refused: map[string]int{}, example: map[string]string{}}
	shells := realShells(t)
	numbers := make(chan uint64)
	var workers sync.WaitGroup
	for _, b := range benches(t, 2) {
		workers.Go(func() {
			for n := range numbers {
				c := newGenerator(seed, n).trial()
				j, err := b.judge(c, "runner", shells)
				tally.add(t, fmt.Sprintf("seed %d, trial %d", seed, n), c, j, err)
			}
		})
	}
	for n := range count {
		numbers <- n
	}
	close(numbers)
	workers.Wait()
	tally.check(t, int(count))
}

func setting(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s=%s is no number: write digits", name, text)
	}
	return n
}

// tally counts what became of random trials.
type tally struct {
	sync.Mutex
	fixed, problems int
	refused         map[string]int    // by rule
	example         map[string]string // the shortest script and message of each rule
}

// shownProblems is how many disagreements are printed in full.
const shownProblems = 10

func (s *tally) add(t *testing.T, title string, c trial, j judged, err error) {
	s.Lock()
	defer s.Unlock()
	code := j.finding.Rule.Code
	switch {
	case err != nil:
		t.Errorf("%s: %v\nscript: %s", title, err, c.script)
	case j.fixed:
		s.fixed++
	default:
		s.refused[code]++
		example := fmt.Sprintf("%q in %q: %s", c.script, c.shell, j.finding.Message)
		if s.example[code] == "" || len(example) < len(s.example[code]) {
			s.example[code] = example
		}
	}
	if j.problem == "" {
		return
	}
	if s.problems++; s.problems <= shownProblems {
		t.Errorf("%s: %s", title, j.problem)
	}
}

func (s *tally) check(t *testing.T, count int) {
	if s.problems > shownProblems {
		t.Errorf("%d more disagreements are not shown", s.problems-shownProblems)
	}
	var lines []string
	for _, code := range slices.Sorted(maps.Keys(s.refused)) {
		lines = append(lines, fmt.Sprintf("%5d %s, such as %s", s.refused[code], code, s.example[code]))
	}
	t.Logf("%d of %d trials are converted; refused:\n%s", s.fixed, count, strings.Join(lines, "\n"))
	if s.fixed*100 < count*60 {
		t.Errorf("%d of %d trials are converted, want 60 of 100 for the comparison to mean something", s.fixed, count)
	}
}
