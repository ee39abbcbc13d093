package judge

import (
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/proof"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// Verdict is the decision about one command, or about a part of a text that can't be
// read: an obstacle, a proposal, advice, or nothing.
type Verdict struct {
	Place   finding.Place
	Context finding.Context
	Command *reading.Command // nil for a part that can't be read
	Old     []string         // the command's items, placeholders as in the file
	// Program and Version name what the command starts, "" where unknown.
	Program, Version string
	Obstacle         *Obstacle
	Proposal         *Proposal
	Advice           *Advice
	// NeedsAll is set where the decision needs more of the text than was read.
	NeedsAll bool
}

// Obstacle is why a command has no fix.
type Obstacle struct {
	invocation.Obstacle
	FixRule    rule.Rule // of the fix that could not be placed
	Sides      string    // what both sides start, where their comparison failed
	Suggestion string    // a row for an exception list
}

// Proposal is a fix on its way.
type Proposal struct {
	Rule       rule.Rule
	Message    string
	Invocation invocation.Invocation
	Conversion invocation.Conversion
	Fields     doubt.Fields
	Migration  *invocation.Migration // nil for a command with a shell

	Edits         []source.Edit
	Command, Args []invocation.Word // the new lists
	Divided       bool              // args is rewritten too
	Array         []reading.Item    // the items before, of a migration

	Argv         []string
	Reviews      []finding.Review
	Evidence     []finding.Evidence
	Notes        []string
	Placeholders []finding.Placeholder
	Dropped      []string // placeholders of a redirection that fell away
	Upstream     bool     // see finding.Fix
}

// Advice is a second finding beside a command's own, or its only one: on the tools of a
// probe, or on words that the shell leaves unused.
type Advice struct {
	Rule           rule.Rule
	Program        string
	Message        string
	Reviews        []finding.Review
	Notes          []string
	Suggestion     string
	HasReplacement bool
}

// Refused returns the verdict with an obstacle in the place of its proposal. One on
// advice keeps its rule: what it says stays true without the edits.
func (v Verdict) Refused(r rule.Rule, message string) Verdict {
	o := &Obstacle{Obstacle: invocation.Obstacle{Rule: r, Message: message}}
	switch p := v.Proposal; {
	case p == nil:
	case r != rule.Unlocatable:
	case p.Rule.Advisory():
		o.Rule, o.Message = p.Rule, p.Message+", by hand: "+message
	default:
		o.FixRule = p.Rule
	}
	v.Obstacle, v.Proposal = o, nil
	return v
}

// FailedCheck is the message of a proof that failed.
func FailedCheck(err error) string {
	return "internal check failed (" + err.Error() + "), nothing was changed: convert it by hand and report this"
}

// Failed returns the verdict whose proof failed.
func (v Verdict) Failed(err error) Verdict {
	message := FailedCheck(err)
	if v.Command != nil {
		message = v.Command.Shown(message)
	}
	v = v.Refused(rule.InternalCheck, message)
	v.Obstacle.Sides = proof.Sides(err)
	return v
}

// Silent reports that there is nothing to say of the command.
func (v Verdict) Silent() bool {
	return v.Obstacle == nil && v.Proposal == nil && v.Advice == nil && !v.NeedsAll
}

// Findings returns the command's finding and the advice beside it, each if there is
// one. It is the only place that makes findings of a text's commands.
func (v Verdict) Findings() []finding.Finding {
	f := finding.Finding{
		Place: v.Place, Context: v.Context, Old: v.Old, Program: v.Program, Version: v.Version,
	}
	var all []finding.Finding
	if v.Obstacle != nil {
		all = append(all, v.Obstacle.complete(f))
	}
	if v.Proposal != nil {
		all = append(all, v.Proposal.complete(f))
	}
	if v.Advice != nil {
		all = append(all, v.Advice.complete(f))
	}
	return all
}

func (o Obstacle) complete(f finding.Finding) finding.Finding {
	f.Rule, f.Message, f.FixRule, f.Sides, f.Suggestion = o.Rule, o.Message, o.FixRule, o.Sides, o.Suggestion
	return f
}

func (p Proposal) complete(f finding.Finding) finding.Finding {
	f.Rule, f.Message, f.Sink, f.Argv = p.Rule, p.Message, p.Conversion.Sink.Name, p.Argv
	f.Review, f.Evidence, f.Notes, f.Placeholders = p.Reviews, p.Evidence, p.Notes, p.Placeholders
	f.Validated, f.Fix = true, &finding.Fix{Grade: p.grade(), Edits: p.Edits, Upstream: p.Upstream}
	return f
}

func (a Advice) complete(f finding.Finding) finding.Finding {
	f.Rule, f.Program, f.Version, f.Message = a.Rule, a.Program, "", a.Message
	f.Review, f.Notes, f.Suggestion = a.Reviews, a.Notes, a.Suggestion
	return f
}

// grade returns safe only where every doubt has looked and raised nothing.
func (p Proposal) grade() finding.Grade {
	if len(p.Reviews) > 0 {
		return finding.NeedsReview
	}
	return finding.Safe
}

// Words returns the words of the new array, in order.
func (p Proposal) words() []invocation.Word {
	return append(p.Command[:len(p.Command):len(p.Command)], p.Args...)
}

// Proof returns the verdict's proposal as the proof on the text takes it.
func (v Verdict) Proof() proof.Proposal {
	p, c := v.Proposal, v.Command
	all := proof.Proposal{
		Edits: p.Edits, Command: c, Dropped: p.Dropped, Inserted: p.insertions(c),
		New: append(p.words(), p.Fields.Values()...),
	}
	if p.Migration != nil {
		all.Old = reading.WordsOf(p.Array)
	}
	// A command of wrappers alone stays as it is, like every other node.
	if !p.Divided || c.Shell.Index < len(c.Command.Command.Content) {
		all.Lists = append(all.Lists, proof.List{Node: c.Command.Command, Words: p.Command, Hook: p.hook(c)})
	}
	if p.Divided {
		all.Lists = append(all.Lists, proof.List{Node: c.Args, Words: p.Args, Hook: p.hook(c)})
	}
	return all
}

// texts returns the items of the new array as they are written.
func (p Proposal) texts(hook bool) []string {
	var all []string
	for _, w := range p.words() {
		all = append(all, edit.Value(w, hook))
	}
	return all
}
