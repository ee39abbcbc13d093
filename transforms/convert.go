package transforms

import (
	"slices"
	"strings"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Convert returns the exec form of an invocation, or the obstacle to it.
func (v *Converter) Convert(t invocation.Target, inv invocation.Invocation) invocation.Conversion {
	c := v.candidate(t, inv)
	sink, p := v.chooseSink(c)
	conv := invocation.Conversion{Program: c.name, Version: c.version.String()}
	if p.refusal != "" {
		conv.Obstacle = p.refusal
		return conv
	}
	verdict := doubt.Ask(slices.Concat(sink.Doubts, commonDoubts), sinkCase{c, p})
	if verdict.Obstacle != nil {
		conv.Obstacle = verdict.Obstacle.Message
		return conv
	}
	conv.Sink = v.forEngine(sink, p)
	conv.Argv = slices.Concat(inv.Wrapper, p.words(c))
	conv.Review, conv.Evidence = withoutRepeats(verdict.Reviews), verdict.Evidence
	conv.Notes = withoutRepeats(inv.Notes, c.firstProcessNotes(sink), p.needNotes, p.notes, c.programNotes())
	if t.Output {
		v.dropRejected(t, &conv)
	}
	return conv
}

// chooseSink decides between no sink, the one that the user named, and the first that
// is right.
func (v *Converter) chooseSink(c candidate) (Sink, plan) {
	toFile := c.shape != invocation.None && c.shape != invocation.Merge && c.shape != invocation.Discard
	switch {
	case c.shape == invocation.None || c.shape == invocation.Merge:
		return Sink{}, plan{}
	case c.shape == invocation.Mixed:
		return Sink{}, refusal("stdout and stderr go to two places and a log sink has one: send both to one file")
	case !c.target.Output && toFile:
		return Sink{}, refusal("a probe or hook has no log sink and its output goes to ", c.file, ": drop the redirection, or let the program write the file itself")
	case !c.target.Output:
		return Sink{}, plan{}
	case v.sink != nil:
		return *v.sink, v.sink.planNamed(c)
	}
	return chooseFirst(c)
}

// planNamed plans with a sink because the user named it.
func (k Sink) planNamed(c candidate) plan {
	p := k.Keep(c)
	if p.refusal != "" {
		p.refusal = "--log-sink=" + k.Name + " is not right for " + c.title() + ", " + p.refusal + ": " + c.waysOut(k.Name)
	}
	return p
}

// chooseFirst returns the first sink that is right; one that is second best only
// where no other is.
func chooseFirst(c candidate) (Sink, plan) {
	var reasons []string
	var second Sink
	var secondPlan plan
	for _, k := range Sinks() {
		if k.OnlyAsked {
			continue
		}
		p := k.Keep(c)
		switch {
		case p.refusal != "":
			reasons = append(reasons, k.Name+" ("+p.refusal+")")
		case !p.secondBest:
			return k, p
		case second.Name == "":
			second, secondPlan = k, p
		}
	}
	if second.Name != "" {
		return second, secondPlan
	}
	return Sink{}, refusal("no log sink is right for ", c.title(), ": not ", strings.Join(reasons, ", not "), ": ", c.waysOut("auto"))
}

// waysOut names the options that would give an exec form.
func (c candidate) waysOut(tried string) string {
	var ways []string
	if tried != "auto" {
		c.userNamesSink = false
		if k, p := chooseFirst(c); p.refusal == "" {
			ways = append(ways, "use --log-sink=auto, which takes "+k.Name)
		}
	}
	for _, k := range Sinks() {
		if k.WayOut == nil || k.Name == tried {
			continue
		}
		if way := k.WayOut(c); way != "" {
			ways = append(ways, way)
		}
	}
	return strings.Join(ways, ", or ")
}

// firstProcessNotes says that the program takes the shell's place.
func (c candidate) firstProcessNotes(sink Sink) []string {
	if c.inv.Exec || !c.target.Output || len(c.inv.Wrapper) > 0 || sink.Front != "" {
		return nil
	}
	return []string{c.inv.Words[0].String() + " is now the container's first process (PID 1) in place of the shell, and gets its signals itself"}
}

// withoutRepeats joins lists without repeating a value.
func withoutRepeats[T comparable](lists ...[]T) []T {
	var all []T
	for _, value := range slices.Concat(lists...) {
		if !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}
