// Package verify compares what two manifests start: it is for changes that
// people made by hand, and knows nothing of how shellfree would have made them.
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
	// Same: another command that starts the same program with the same words,
	// with its output in the same place.
	Same Verdict = "same"
	// Different: each of Comparison.Differences says in what.
	Different Verdict = "different"
	// Unclear: one of the commands can't be reduced to a single program.
	Unclear Verdict = "unclear"
)

// Comparison is what became of one command.
type Comparison struct {
	Before, After *rewrite.Start // one of them is nil for a command that only one manifest has
	Verdict       Verdict
	Sink          string   // what keeps the log now: shell, klog, runner, native, "" for nothing
	Differences   []string // lower-case sentences
	Notes         []string // what else differs at run time
}

// Compare compares the commands of one manifest before and after a change.
// Commands are matched by object, container and site, and where that name was
// changed too by container and site; in the order of the text.
func Compare(v *transforms.Converter, before, after []rewrite.Start) []Comparison {
	var all []Comparison
	for _, p := range pairs(before, after) {
		all = append(all, compare(v, p.before, p.after))
	}
	return all
}

func compare(v *transforms.Converter, before, after *rewrite.Start) Comparison {
	c := Comparison{Before: before, After: after}
	switch {
	case after == nil:
		c.differ("there is no command any more: the image's ENTRYPOINT starts, if the container is still there")
	case before == nil:
		c.differ("the command is new: before, the image's ENTRYPOINT started, or there was no such container")
	default:
		c.programs(v)
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

func (c *Comparison) differ(sentence string) { c.Differences = append(c.Differences, sentence) }

// programs compares two commands that are both there.
func (c *Comparison) programs(v *transforms.Converter) {
	if same(*c.Before, *c.After) {
		c.Verdict = Unchanged
		return
	}
	if c.After.Place == expansion.Container { // probes and hooks run in the same environment
		c.environment()
		if c.Before.Dir != c.After.Dir {
			c.differ("the program started in " + directory(c.Before.Dir) + ", now in " + directory(c.After.Dir))
		}
	}
	if sameScript(c.Before, c.After) || c.unclear() {
		return
	}
	before, after := unwind(v, c.Before), unwind(v, c.After)
	c.Sink = after.Sink
	c.entrypoint()
	c.words(words(c.Before, before), words(c.After, after))
	c.empty()
	c.outputs(before, after)
	c.prelude()
	if after.Rejected != "" {
		c.differ(after.Program + " " + after.Version + " rejects " + after.Rejected + " and does not start")
	}
}

// sameScript reports a script that can't be reduced and did not change.
func sameScript(a, b *rewrite.Start) bool {
	return a.Obstacle != nil && b.Obstacle != nil && a.Shell == b.Shell && a.Text == b.Text &&
		slices.Equal(keys(a.Invocation.Wrapper), keys(b.Invocation.Wrapper))
}

// unclear says which of the commands can't be reduced, and why.
func (c *Comparison) unclear() bool {
	for _, s := range []struct {
		when  string
		start *rewrite.Start
	}{{"before", c.Before}, {"now", c.After}} {
		if s.start.Obstacle != nil {
			c.Verdict = Unclear
			c.differ(s.when + " it can't be told: " + s.start.Obstacle.Message)
		}
	}
	return c.Verdict == Unclear
}

// same reports whether two commands are the same in all that is compared.
func same(a, b rewrite.Start) bool {
	return a.Shell == b.Shell && a.Entrypoint == b.Entrypoint && a.Text == b.Text && a.Image == b.Image &&
		slices.Equal(keys(a.Invocation.Wrapper), keys(b.Invocation.Wrapper)) && slices.Equal(keys(a.Invocation.Words), keys(b.Invocation.Words)) &&
		describe(a.Invocation.Stdout) == describe(b.Invocation.Stdout) && describe(a.Invocation.Stderr) == describe(b.Invocation.Stderr) &&
		slices.Equal(a.Env, b.Env) && a.Dir == b.Dir
}

func unwind(v *transforms.Converter, s *rewrite.Start) transforms.Unwound {
	return v.Unwind(invocation.Target{Image: s.Image, Output: true}, s.Invocation)
}

// words returns the wrapper's words and the program's.
func words(s *rewrite.Start, u transforms.Unwound) []invocation.Word {
	return slices.Concat(s.Invocation.Wrapper, u.Words)
}

func (c *Comparison) entrypoint() {
	switch {
	case c.After.Entrypoint && !c.Before.Entrypoint:
		c.differ("command is gone: the image's ENTRYPOINT starts with the words of args")
	case c.Before.Entrypoint && !c.After.Entrypoint:
		c.differ("command is new: before, the image's ENTRYPOINT started with the words of args")
	}
}

func (c *Comparison) prelude() {
	if c.Before.Prelude != c.After.Prelude {
		c.differ("before the program the script ran " + shown(c.Before.Prelude) + ", now " + shown(c.After.Prelude))
	}
}

// environment compares the containers' variables.
func (c *Comparison) environment() {
	was, is := byName(c.Before.Env), byName(c.After.Env)
	told := map[string]bool{}
	for _, v := range slices.Concat(c.Before.Env, c.After.Env) {
		if told[v.Name] {
			continue
		}
		told[v.Name] = true
		before, after := was[v.Name], is[v.Name]
		switch {
		case after == nil:
			c.differ("the variable " + v.Name + " is gone from env")
		case before == nil:
			c.differ("the variable " + v.Name + " is new in env")
		case !slices.Equal(before, after):
			c.differ("the variable " + v.Name + " has another value in env")
		}
	}
}

// byName returns the entries of each variable; a template may have several, one
// in each of its branches.
func byName(env []expansion.Variable) map[string][]expansion.Variable {
	entries := map[string][]expansion.Variable{}
	for _, v := range env {
		entries[v.Name] = append(entries[v.Name], v)
	}
	return entries
}

func directory(dir string) string {
	if dir == "" {
		return "the image's own directory"
	}
	return dir
}
