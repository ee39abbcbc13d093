package rewrite

import (
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/probe"
	"shellfree/rewrite/rule"
)

// runsTool reports whether a probe or hook without a shell runs a tool that an
// image may lack.
func (f *file) runsTool(r *reading, c *command) bool {
	if c.Place == expansion.Container || c.Command.Command == nil {
		return false
	}
	_, found := probe.Advise(f.action(r, c))
	return found
}

// advise gives probes, hooks and shell commands the finding that stands beside
// the one on their conversion.
func (f *file) advise() {
	for _, r := range f.readings {
		for i := range r.commands {
			c := &r.commands[i]
			if !f.lessThanMeant(r, c) && c.Place != expansion.Container && c.Command.Command != nil {
				if advice, found := probe.Advise(f.action(r, c)); found {
					f.advised(r, c, rule.ProbeTool, advice)
					c.advice.Program = r.unmask(advice.Tool)
				}
			}
			if t := c.twin; t != nil && t.advice != nil && (c.advice == nil || c.advice.Suggestion != t.advice.Suggestion) {
				t.advice.Suggestion = "" // the template's branches differ
			}
		}
	}
}

// lessThanMeant reports whether the shell leaves words of its command unused,
// and gives the command the advice.
func (f *file) lessThanMeant(r *reading, c *command) bool {
	if c.finding.Rule != rule.Positional || c.found.Script < 0 {
		return false
	}
	outline, ok := f.script(r, c).Outline()
	if !ok {
		return false
	}
	var words []string
	for _, w := range c.words() {
		words = append(words, r.unmask(w))
	}
	advice, found := probe.Unused(probe.Command{
		Site: c.Site, Words: words, Script: c.found.Script, Outline: outline, Placeholders: f.tags(r, c),
	})
	if found && advice.Replacement != nil && c.Args != nil {
		advice.Notes = append(advice.Notes, "the command to paste stands in the place of command and args")
	}
	if found {
		f.advised(r, c, rule.LessThanMeant, advice)
	}
	return found
}

// advised gives the command an advisory finding where its own finding stands.
func (f *file) advised(r *reading, c *command, of rule.Rule, advice probe.Advice) {
	a := *c.finding
	a.Rule, a.Message, a.Review, a.Notes = of, r.unmask(advice.Message), advice.Review, advice.Notes
	a.Version, a.Sink, a.Argv, a.Placeholders, a.Validated, a.Fix = "", "", nil, nil, false, nil
	if advice.Replacement != nil {
		style, indent := f.style(c)
		a.Suggestion, _ = advice.Replacement.Write(style, indent, f.tags(r, c))
	}
	c.advice = &a
}

// tags returns the placeholders in the command's items.
func (f *file) tags(r *reading, c *command) []string {
	var all []string
	for _, m := range f.marks(r, c) {
		all = append(all, m.Text)
	}
	return all
}

// style tells how a replacement is written where the command stands.
func (f *file) style(c *command) (probe.Style, int) {
	switch {
	case f.json:
		return probe.JSON, 0
	case c.Exec.Flow:
		return probe.Flow, 0
	case c.Exec.Indent == 0:
		return probe.Block, 2
	}
	return probe.Block, c.Exec.Indent
}

// action gathers what a probe or hook runs.
func (f *file) action(r *reading, c *command) probe.Action {
	a := probe.Action{
		Site: c.Site, NoSleep: f.engine.options.NoSleepAction,
		HostNetwork: r.unmask(c.Pod.HostNetwork), Grace: r.unmask(c.Pod.Grace),
	}
	for _, v := range c.Env.Variables {
		if v.Kind == expansion.Field && v.Path == "status.podIP" {
			a.PodIP = append(a.PodIP, v.Name)
		}
	}
	script := invocation.Script{Marks: f.marks(r, c), Env: c.Env, Place: c.Place, Shell: c.found}
	if !c.shell {
		a.Calls, a.Alone = []invocation.Call{script.Call(c.words())}, true
	} else {
		a.Shell = r.unmask(c.words()[c.found.Index])
		a.Script = c.found.Name == ""
		a.Stays = c.finding.Fix == nil && c.finding.Rule.Code >= "SF2"
	}
	if c.shell && c.found.Script >= 0 {
		script.Text = c.nodes[c.found.Script].Value
		outline, _ := script.Outline()
		a.Calls, a.Alone = outline.Calls, outline.Alone && c.found.Obstacle == nil
	}
	a.Alone = a.Alone && !c.Unpaired && f.surroundings(r, c) == nil
	a.Calls = append(a.Calls, f.wrapping(script, c)...)
	return a
}

// wrapping returns the call of what starts the shell, such as timeout.
func (f *file) wrapping(s invocation.Script, c *command) []invocation.Call {
	if !c.shell || c.found.Index == 0 {
		return nil
	}
	return []invocation.Call{s.Call(c.words()[:c.found.Index])}
}
