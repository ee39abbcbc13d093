package judge

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/probe"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// Advised returns a verdict with the advice beside it, if there is some: on the tools
// of a probe or hook, or on words that the shell leaves unused.
func (j Judge) Advised(t *reading.Text, v Verdict) Verdict {
	of, advice, found := rule.LessThanMeant, probe.Advice{}, false
	if v.Obstacle != nil && v.Obstacle.Rule == rule.Positional {
		advice, found = j.unusedWords(v.Command)
	}
	if c := v.Command; !found && !c.InContainer() && c.Command.Command != nil {
		of = rule.ProbeTool
		advice, found = probe.Advise(j.action(t, v))
	}
	if !found {
		return v
	}
	if v.Silent() {
		v = open(t, v.Command)
	}
	v.Advice = j.advice(t, v, of, advice)
	return v
}

func (j Judge) advice(t *reading.Text, v Verdict, of rule.Rule, advice probe.Advice) *Advice {
	a := &Advice{Rule: of, Message: v.Command.Shown(advice.Message), Notes: advice.Notes, Program: v.Program}
	for _, sentence := range advice.Review {
		a.Reviews = append(a.Reviews, finding.Review{Sentence: sentence})
	}
	if of == rule.ProbeTool {
		a.Program = v.Command.Shown(advice.Tool)
	}
	if advice.Replacement != nil {
		style, indent := styleOf(t, v.Command)
		a.Suggestion, _ = advice.Replacement.Write(style, indent, j.placeholderTexts(v.Command))
	}
	return a
}

// unusedWords returns the advice on words that the shell leaves unused.
func (j Judge) unusedWords(c *reading.Command) (probe.Advice, bool) {
	if c.Shell.Script < 0 {
		return probe.Advice{}, false
	}
	outline, ok := c.Script(j.Policies, j.Upstream).Outline()
	if !ok {
		return probe.Advice{}, false
	}
	advice, found := probe.Unused(probe.Command{
		Site: c.Site, Words: c.Words(), Script: c.Shell.Script, Outline: outline, Placeholders: j.placeholderTexts(c),
	})
	if found && advice.Replacement != nil && c.Args != nil {
		advice.Notes = append(advice.Notes, "the command to paste stands in the place of command and args")
	}
	return advice, found
}

// placeholderTexts returns the placeholders in the command's items.
func (j Judge) placeholderTexts(c *reading.Command) []string {
	var all []string
	for _, m := range c.Marks(j.Policies) {
		all = append(all, m.Text)
	}
	return all
}

// styleOf tells how a replacement is written in the place of a command's action.
func styleOf(t *reading.Text, c *reading.Command) (probe.Style, int) {
	switch {
	case t.JSON:
		return probe.JSON, 0
	case c.Exec.Flow:
		return probe.Flow, 0
	case c.Exec.Indent == 0:
		return probe.Block, 2
	}
	return probe.Block, c.Exec.Indent
}

// action gathers the commands of a probe or hook.
func (j Judge) action(t *reading.Text, v Verdict) probe.Action {
	c := v.Command
	a := probe.Action{
		Site: c.Site, NoSleep: j.NoSleepAction, HostNetwork: c.Pod.HostNetwork, Grace: c.Pod.Grace, PodIP: podIPs(c),
	}
	script := invocation.Script{Marks: c.Marks(j.Policies), Env: c.Env, Place: c.Place, Shell: c.Shell}
	if !c.StartsShell {
		a.Calls, a.Alone = []invocation.Call{script.Call(c.Values())}, true
	} else {
		a.Shell = c.Words()[c.Shell.Index]
		a.Script = c.Shell.Name == ""
		a.Stays = v.Obstacle != nil && v.Obstacle.Rule.Code >= "SF2"
	}
	if c.StartsShell && c.Shell.Script >= 0 {
		script.Text = c.Items[c.Shell.Script].Value
		outline, _ := script.Outline()
		a.Calls, a.Alone = outline.Calls, outline.Alone && c.Shell.Obstacle == nil
	}
	a.Alone = a.Alone && !c.Unpaired && !templated(t, c)
	if c.StartsShell && c.Shell.Index > 0 { // a wrapper such as timeout
		a.Calls = append(a.Calls, script.Call(c.Values()[:c.Shell.Index]))
	}
	return a
}

// podIPs names the container's variables that hold the pod's address.
func podIPs(c *reading.Command) []string {
	var names []string
	for _, v := range c.Env.Variables {
		if v.Kind == expansion.Field && v.Path == "status.podIP" {
			names = append(names, v.Name)
		}
	}
	return names
}

// templated reports whether the template decides which items the command has.
func templated(t *reading.Text, c *reading.Command) bool {
	k := doubt.Case{Text: t, Command: c}
	return doubt.TemplateBetweenItems.Look(k).Obstacle != nil || doubt.HangingLine.Look(k).Obstacle != nil
}
