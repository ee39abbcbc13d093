// Package verify compares the programs that two manifests start. It is for changes that
// people made by hand, and does not use the code with which shellfree makes a fix.
package verify

import (
	"slices"

	"shellfree/rewrite"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

// Verdict is the outcome of one comparison.
type Verdict string

const (
	// Unchanged: both manifests hold the same command.
	Unchanged Verdict = "unchanged"
	// Same: the command changed, but starts the same program with the same words and
	// with its output in the same place.
	Same Verdict = "same"
	// Different: the commands start different things, see Comparison.Differences.
	Different Verdict = "different"
	// Unclear: one of the commands can't be reduced to a single program.
	Unclear Verdict = "unclear"
)

// Comparison compares one command before and after a change.
type Comparison struct {
	Before, After *rewrite.Start // one of them is nil for a command that only one manifest has
	Verdict       Verdict
	Sink          string   // the sink that keeps the log now: shell, klog, runner, native, or "" for none
	Differences   []string // sentences in lower case
	Notes         []string // sentences about further changes at run time
}

// Compare compares the commands of one manifest before and after a change, in the order
// of the text. Commands are paired by object, container and site; if the object was
// renamed, by container and site.
func Compare(v *transforms.Converter, before, after []rewrite.Start) []Comparison {
	var all []Comparison
	for _, p := range pairCommands(before, after) {
		all = append(all, comparePair(v, p.before, p.after))
	}
	return all
}

func comparePair(v *transforms.Converter, before, after *rewrite.Start) Comparison {
	c := Comparison{Before: before, After: after}
	switch {
	case after == nil:
		c.addDifference("there is no command any more: the image's ENTRYPOINT starts, if the container is still there")
	case before == nil:
		c.addDifference("the command is new: before, the image's ENTRYPOINT started, or there was no such container")
	default:
		c.comparePrograms(v)
	}
	switch {
	case c.Verdict == Unclear, c.Verdict == Unchanged:
	case len(c.Differences) > 0:
		c.Verdict = Different
	default:
		c.Verdict = Same
	}
	return c
}

func (c *Comparison) addDifference(sentence string) { c.Differences = append(c.Differences, sentence) }

// comparePrograms compares the two commands when both exist.
func (c *Comparison) comparePrograms(v *transforms.Converter) {
	if isSameCommand(*c.Before, *c.After) {
		c.Verdict = Unchanged
		return
	}
	if c.After.Place == expansion.Container { // probes and hooks run in the same environment
		c.compareEnvironments()
		if c.Before.Dir != c.After.Dir {
			c.addDifference("the program started in " + describeDirectory(c.Before.Dir) + ", now in " + describeDirectory(c.After.Dir))
		}
	}
	if isSameScript(c.Before, c.After) || c.reportUnclear() {
		return
	}
	before, after := unwindStart(v, c.Before), unwindStart(v, c.After)
	c.Sink = after.Sink
	c.compareEntrypoints()
	c.compareWords(programWords(c.Before, before), programWords(c.After, after))
	c.findEmptyWords()
	c.compareOutputs(before, after)
	c.comparePreludes()
	if after.Rejected != "" {
		c.addDifference(after.Program + " " + after.Version + " rejects " + after.Rejected + " and does not start")
	}
}

// isSameScript reports whether both commands are the same script, which can't be
// reduced to a single program.
func isSameScript(a, b *rewrite.Start) bool {
	return a.Obstacle != nil && b.Obstacle != nil && a.Shell == b.Shell && a.Text == b.Text &&
		slices.Equal(wordKeys(a.Invocation.Wrapper), wordKeys(b.Invocation.Wrapper))
}

// reportUnclear adds a difference for each command that can't be reduced to a single
// program, and reports whether there is one.
func (c *Comparison) reportUnclear() bool {
	for _, s := range []struct {
		when  string
		start *rewrite.Start
	}{{"before", c.Before}, {"now", c.After}} {
		if s.start.Obstacle != nil {
			c.Verdict = Unclear
			c.addDifference(s.when + " it can't be told: " + s.start.Obstacle.Message)
		}
	}
	return c.Verdict == Unclear
}

// isSameCommand reports whether two commands are equal in everything that Compare looks
// at.
func isSameCommand(a, b rewrite.Start) bool {
	return a.Shell == b.Shell && a.Entrypoint == b.Entrypoint && a.Text == b.Text && a.Image == b.Image &&
		slices.Equal(wordKeys(a.Invocation.Wrapper), wordKeys(b.Invocation.Wrapper)) && slices.Equal(wordKeys(a.Invocation.Words), wordKeys(b.Invocation.Words)) &&
		describeDestination(a.Invocation.Stdout) == describeDestination(b.Invocation.Stdout) && describeDestination(a.Invocation.Stderr) == describeDestination(b.Invocation.Stderr) &&
		slices.Equal(a.Env, b.Env) && a.Dir == b.Dir
}

func unwindStart(v *transforms.Converter, s *rewrite.Start) transforms.Unwound {
	return v.Unwind(invocation.Target{Image: s.Image, Output: true}, s.Invocation)
}

// programWords returns the words of the wrapper and of the program.
func programWords(s *rewrite.Start, u transforms.Unwound) []invocation.Word {
	return slices.Concat(s.Invocation.Wrapper, u.Words)
}

func (c *Comparison) compareEntrypoints() {
	switch {
	case c.After.Entrypoint && !c.Before.Entrypoint:
		c.addDifference("command is gone: the image's ENTRYPOINT starts with the words of args")
	case c.Before.Entrypoint && !c.After.Entrypoint:
		c.addDifference("command is new: before, the image's ENTRYPOINT started with the words of args")
	}
}

func (c *Comparison) comparePreludes() {
	if c.Before.Prelude != c.After.Prelude {
		c.addDifference("before the program the script ran " + quoteKey(c.Before.Prelude) + ", now " + quoteKey(c.After.Prelude))
	}
}

// compareEnvironments compares the containers' variables.
func (c *Comparison) compareEnvironments() {
	was, is := entriesByName(c.Before.Env), entriesByName(c.After.Env)
	told := map[string]bool{}
	for _, v := range slices.Concat(c.Before.Env, c.After.Env) {
		if told[v.Name] {
			continue
		}
		told[v.Name] = true
		before, after := was[v.Name], is[v.Name]
		switch {
		case after == nil:
			c.addDifference("the variable " + v.Name + " is gone from env")
		case before == nil:
			c.addDifference("the variable " + v.Name + " is new in env")
		case !slices.Equal(before, after):
			c.addDifference("the variable " + v.Name + " has another value in env")
		}
	}
}

// entriesByName returns the entries of each variable. A template may have several, one
// in each branch.
func entriesByName(env []expansion.Variable) map[string][]expansion.Variable {
	entries := map[string][]expansion.Variable{}
	for _, v := range env {
		entries[v.Name] = append(entries[v.Name], v)
	}
	return entries
}

func describeDirectory(dir string) string {
	if dir == "" {
		return "the image's own directory"
	}
	return dir
}
