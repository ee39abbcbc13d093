package rewrite_test

import (
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestDifferentialRandom compares what a generator makes: 3,000 trials, 20,000
// where all shells are required, 300 with -short, or SHELLFREE_SCRIPTS, one for
// each seed from SHELLFREE_SEED or 1 on. The trial of a seed alone is
// SHELLFREE_SCRIPTS=1 SHELLFREE_SEED=<seed>.
func TestDifferentialRandom(t *testing.T) {
	first, count := draws(t, "SHELLFREE_SCRIPTS", defaultScripts(), 300)
	tally := &tally{refused: map[string]int{}, example: map[string]string{}}
	shells := realShells(t)
	seeds := make(chan uint64)
	var workers sync.WaitGroup
	for _, b := range benches(t, 2*runtime.GOMAXPROCS(0)) { // one waits for a program while another judges
		workers.Go(func() {
			for seed := range seeds {
				c := newGenerator(seed).trial()
				j, err := b.judge(c, c.sink, shells)
				if j.problem != "" {
					j.problem = b.smallest(c, shells) + "as it was made: " + j.problem
				}
				tally.add(t, fmt.Sprint("seed ", seed), c, j, err)
			}
		})
	}
	for i := range count {
		seeds <- uint64(first + i)
	}
	close(seeds)
	workers.Wait()
	tally.check(t, count)
}

// smallest returns the problem of the smallest trial that still has one.
func (b bench) smallest(c trial, shells []realShell) string {
	problem := ""
	shrink(c, func(c trial) bool {
		j, err := b.judge(c, c.sink, shells)
		if err != nil || j.problem == "" || !j.started {
			return false
		}
		problem = j.problem
		return true
	})
	return problem
}

func defaultScripts() int {
	if os.Getenv("REQUIRE_SHELLS") == "1" {
		return 20_000
	}
	return 3000
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
	case code == "SF090": // a fix that the engine itself found wrong
		t.Errorf("%s: %s\nscript: %q\n%s", title, j.finding.Message, c.script, j.finding.Sides)
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
	t.Logf("%d of %d scripts are converted; refused:\n%s", s.fixed, count, strings.Join(lines, "\n"))
	if count >= 100 && s.fixed*100 < count*60 {
		t.Errorf("%d of %d trials are converted, want 60 of 100 for the comparison to mean something", s.fixed, count)
	}
}
