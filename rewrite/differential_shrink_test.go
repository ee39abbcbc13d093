package rewrite_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shrinkLimit bounds how often a trial is run to make it smaller.
const shrinkLimit = 400

// shrink returns the smallest trial it finds that still fails: without pieces of
// the script, variables, and what else it can do without.
func shrink(c trial, fails func(trial) bool) trial {
	tries := 0
	try := func(smaller trial) bool {
		if tries++; tries > shrinkLimit || !fails(smaller) {
			return false
		}
		c = smaller
		return true
	}
	for _, plain := range []func(*trial){
		func(c *trial) { c.split = false }, func(c *trial) { c.filled = false }, func(c *trial) { c.indent = false },
		func(c *trial) { c.shell = []string{c.shell[0], "-c"} }, func(c *trial) { c.site = "" },
	} {
		smaller := c
		plain(&smaller)
		try(smaller)
	}
	for _, pieces := range []*regexp.Regexp{regexp.MustCompile(`\S+\s*`), regexp.MustCompile(`(?s).`)} {
		for again := true; again && tries <= shrinkLimit; {
			again = false
			list := pieces.FindAllStringIndex(c.script, -1)
			for _, at := range slices.Backward(list) {
				smaller := c
				smaller.script = c.script[:at[0]] + c.script[at[1]:]
				again = try(smaller) || again
			}
		}
	}
	for i := len(c.env) - 1; i >= 0; i-- {
		smaller := c
		smaller.env = slices.Delete(slices.Clone(c.env), i, i+1)
		try(smaller)
	}
	return c
}

// TestShrink asserts that only what a failure needs is left of a trial.
func TestShrink(t *testing.T) {
	c := trial{shell: []string{"sh", "-e", "-c"}, script: "set -e; exec prog --aXb 'c d' Y >>F 2>&1", env: []variable{{"A", "1"}, {"B", "2"}}, split: true, filled: true}
	got := shrink(c, func(c trial) bool {
		return strings.Contains(c.script, "X") && strings.Contains(c.script, "Y") && len(c.env) > 0 && c.env[len(c.env)-1].Name == "B" && c.filled
	})
	if got.script != "XY" || len(got.env) != 1 || !got.filled || got.split || len(got.shell) != 2 {
		t.Errorf("shrunk to %+v", got)
	}
}
