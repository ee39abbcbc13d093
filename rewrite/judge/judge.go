// Package judge decides about one command: whether it has an exec form, which, and
// what stands in the way. Its verdicts are values; what a later step finds makes a
// new one of them.
package judge

import (
	"slices"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/proof"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// Judge decides about commands.
type Judge struct {
	// Converter chooses the log sink.
	Converter invocation.Converter
	// Policies say how placeholders and variables that are whole words are filled.
	Policies reading.Policies
	Doubts   doubt.Staged
	// Upstream writes a placeholder of several words as an item of its own.
	Upstream bool
	// NoSleepAction is set where the cluster has no sleep action for hooks.
	NoSleepAction bool
}

// Command returns the verdict on a command, without advice.
func (j Judge) Command(t *reading.Text, c *reading.Command) Verdict {
	m := j.migration(c)
	if m == nil && !c.StartsShell {
		return Verdict{Command: c}
	}
	v := open(t, c)
	switch {
	case !placed(c):
		return v.Refused(rule.Unlocatable, "the command's bytes can't be placed: write its list in a plainer style")
	case m != nil:
		return j.migrate(t, v, *m)
	case c.Unpaired:
		return v.Refused(rule.TemplateControl, "several command or args keys stand in one mapping and can't be told apart: convert each branch by hand")
	case c.Shell.Script < 0:
		return j.excepted(v.Refused(c.Shell.Obstacle.Rule, c.Shell.Obstacle.Message))
	}
	return j.excepted(j.convert(v, doubt.Case{Text: t, Command: c}))
}

// open returns the verdict that says nothing yet.
func open(t *reading.Text, c *reading.Command) Verdict {
	place, _ := c.Location()
	v := Verdict{
		Command: c, Old: c.Words(), Place: placeIn(t, place.Start, place.End),
		Context: finding.Context{Kind: c.Kind, Object: c.Object, Container: c.Container, Site: c.Site, Image: c.Image},
	}
	if key, ok := c.Document.Spans.Of(c.Key); ok && c.Indirect == nil {
		v.Place.KeyLine = t.Source.Position(key.Start).Line
	}
	return v
}

// placeIn returns a place of a text by its byte offsets.
func placeIn(t *reading.Text, start, end int) finding.Place {
	return finding.Place{
		File: t.Source.Name, StartOffset: start, EndOffset: end,
		Start: t.Source.Position(start), End: t.Source.Position(end),
	}
}

func placed(c *reading.Command) bool {
	_, ok := c.Location()
	return ok
}

// doubted lets the doubts of a stage look.
func (j Judge) doubted(k doubt.Case, s doubt.Stage) doubt.Verdict {
	return doubt.Ask(j.Doubts[s], k)
}

// convert reduces the script to one program and proposes its exec form.
func (j Judge) convert(v Verdict, k doubt.Case) Verdict {
	c := k.Command
	if bad := j.doubted(k, doubt.Sight).Obstacle; bad != nil {
		return v.Refused(bad.Rule, bad.Message)
	}
	script := c.Script(j.Policies, j.Upstream)
	inv, bad := invocation.Analyse(script)
	if bad == nil || bad.Rule == rule.Expansion {
		if doubted := j.doubted(k, doubt.Reference); doubted.Obstacle != nil {
			bad = doubted.Obstacle
		} else {
			k.Evidence = doubted.Evidence
		}
	}
	if bad != nil {
		return v.Refused(bad.Rule, c.Shown(bad.Message))
	}
	inv.Wrapper = c.Wrapper(script)
	k.Invocation, k.Fields = inv, doubt.Fields{Env: inv.Env, Dir: inv.Dir}
	if k.Fields.Any() && !k.Text.Options.All {
		v.NeedsAll = true
		return v
	}
	if bad := j.doubted(k, doubt.Start).Obstacle; bad != nil {
		return v.Refused(bad.Rule, c.Shown(bad.Message))
	}
	if k.KeepsDirectory() {
		k.Fields.Dir = invocation.Word{}
	}
	return j.propose(v, k, script)
}

// propose chooses the log sink and writes the new array.
func (j Judge) propose(v Verdict, k doubt.Case, script invocation.Script) Verdict {
	c := k.Command
	target := invocation.Target{Image: c.Image, Output: c.InContainer()}
	conv := j.Converter.Convert(target, k.Invocation)
	v.Program, v.Version = conv.Program, conv.Version
	if !c.InContainer() {
		v.Version = "" // the image's, and not that of a tool in it
	}
	if conv.Obstacle != "" {
		return v.Refused(rule.NoSink, conv.Obstacle)
	}
	k.Conversion, k.Rule, k.Dropped = conv, ruleOf(k.Invocation.Redirection()), droppedPlaceholders(k.Invocation, conv)
	said := j.doubted(k, doubt.Fix)
	if said.Obstacle != nil {
		return v.Refused(said.Obstacle.Rule, said.Obstacle.Message)
	}
	p := proposal(k, conv, said)
	start := proof.Start{
		Script: script, Invocation: k.Invocation, Conversion: conv, Target: target, Converter: j.Converter, Reviewed: len(k.Invocation.Remarks)+len(conv.Review) > 0,
	}
	if err := start.Prove(); err != nil {
		return v.Failed(err)
	}
	p.Message = describe(c.Shell.Name, k.Invocation, conv)
	p.Placeholders = j.placeholders(c, conv.Argv)
	p.Upstream = j.Upstream && hasSeveral(conv.Argv)
	v.Proposal = &p
	return j.written(v, k)
}

// proposal gathers what is said of a fix.
func proposal(k doubt.Case, conv invocation.Conversion, said doubt.Verdict) Proposal {
	p := Proposal{
		Rule: k.Rule, Invocation: k.Invocation, Conversion: conv, Fields: k.Fields, Dropped: k.Dropped,
		Reviews: distinct(said.Reviews, conv.Review), Evidence: slices.Concat(k.Evidence, said.Evidence, conv.Evidence),
		Notes: slices.Clone(conv.Notes),
	}
	for _, text := range k.Dropped {
		p.Notes = append(p.Notes, "the placeholder "+text+" of the redirection is no longer used here")
	}
	return p
}

// distinct joins reviews, each sentence once.
func distinct(lists ...[]finding.Review) []finding.Review {
	var all []finding.Review
	seen := map[string]bool{}
	for _, list := range lists {
		for _, r := range list {
			if !seen[r.Sentence] {
				seen[r.Sentence] = true
				all = append(all, r)
			}
		}
	}
	return all
}

func hasSeveral(words []invocation.Word) bool {
	for _, w := range words {
		if w.Several {
			return true
		}
	}
	return false
}

// excepted gives an obstacle that is work for a shell the row which excepts its
// image, where that image is known to keep a shell.
func (j Judge) excepted(v Verdict) Verdict {
	if v.Obstacle == nil || v.Command.Place != expansion.Container {
		return v
	}
	switch v.Obstacle.Rule {
	case rule.SeveralCommands, rule.Compound, rule.ScriptFile:
		if e, ok := j.Converter.(invocation.Excepter); ok {
			o := *v.Obstacle
			o.Suggestion = e.Exception(invocation.Target{Image: v.Command.Image, Output: true})
			v.Obstacle = &o
		}
	}
	return v
}
