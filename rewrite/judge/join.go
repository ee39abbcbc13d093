package judge

import (
	"slices"

	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// Text returns the verdicts on the commands of a text that keep accepts, where there is
// something to say, one for each offset, in the order in which the readings have them.
func (j Judge) Text(t *reading.Text, keep func(*reading.Command) bool) []Verdict {
	var all []Verdict
	type place struct { // several commands are reached through one alias
		reported, own int
	}
	at := map[place]int{} // in all
	for _, r := range t.Readings {
		for i := range r.Commands {
			c := &r.Commands[i]
			if !keep(c) {
				continue
			}
			v := j.Advised(t, j.Command(t, c))
			if v.Silent() {
				continue
			}
			own, _ := c.Span()
			where := place{v.Place.StartOffset, own.Start}
			if first, known := at[where]; known {
				all[first] = j.joined(t, all[first], v)
				continue
			}
			at[where] = len(all)
			all = append(all, v)
		}
	}
	return all
}

// joined returns the verdict of two readings on one command. Where they come to
// different ends, it is an obstacle.
func (j Judge) joined(t *reading.Text, first, other Verdict) Verdict {
	v := first
	v.NeedsAll = first.NeedsAll || other.NeedsAll
	if v.Place.EndOffset < other.Place.EndOffset {
		v.Place.End, v.Place.EndOffset = other.Place.End, other.Place.EndOffset
	}
	if !first.agrees(other) {
		v = j.Advised(t, v.Refused(rule.TemplateControl, "the branches of the template around the command change what it means: convert each branch by hand"))
	}
	if v.Advice != nil && (other.Advice == nil || other.Advice.Suggestion != v.Advice.Suggestion) {
		advice := *v.Advice
		advice.Suggestion = "" // the branches differ
		v.Advice = &advice
	}
	return v
}

// agrees reports whether two readings of a command come to the same.
func (v Verdict) agrees(other Verdict) bool {
	if v.Proposal == nil || other.Proposal == nil {
		return v.ruleCode() == other.ruleCode() && (v.Proposal == nil) == (other.Proposal == nil)
	}
	return v.Proposal.Rule == other.Proposal.Rule && slices.Equal(v.Proposal.Argv, other.Proposal.Argv) && v.Command.SameItems(other.Command)
}

// ruleCode returns the code of the rule that decided about the command, "" for none.
func (v Verdict) ruleCode() string {
	switch {
	case v.Obstacle != nil:
		return v.Obstacle.Rule.Code
	case v.Proposal != nil:
		return v.Proposal.Rule.Code
	}
	return ""
}
