package judge

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/proof"
	"shellfree/rewrite/reading"
)

// migration returns what is to be said of a command that starts no shell: its log
// flags may not fit its program any more. It is nil for nothing.
func (j Judge) migration(c *reading.Command) *invocation.Migration {
	migrator, ok := j.Converter.(invocation.Migrator)
	if !ok || c.StartsShell || !c.InContainer() || c.Command.Command == nil || c.Unpaired {
		return nil
	}
	m, found := migrator.Migrate(invocation.Target{Image: c.Image, Output: true}, reading.WordsOf(c.Array(j.Policies)))
	if !found {
		return nil
	}
	return &m
}

// migrate proposes the edits of a migration.
func (j Judge) migrate(t *reading.Text, v Verdict, m invocation.Migration) Verdict {
	c := v.Command
	v.Program, v.Version = m.Program, m.Version
	if !m.Fixed {
		return v.Refused(m.Rule, m.Message)
	}
	k := doubt.Case{Text: t, Command: c, Migration: true, Rule: m.Rule, Conversion: invocation.Conversion{
		Program: m.Program, Version: m.Version, Sink: m.Sink, Review: m.Review, Evidence: m.Evidence, Notes: m.Notes,
	}}
	if bad := j.doubted(k, doubt.Sight).Obstacle; bad != nil {
		return v.Refused(m.Rule, m.Message+", but "+bad.Message)
	}
	early := j.doubted(k, doubt.Reference)
	if early.Obstacle != nil {
		return v.Refused(m.Rule, m.Message+", but "+early.Obstacle.Message)
	}
	k.Evidence = early.Evidence
	p := rearrangement{text: t, command: c, migration: m, array: c.Array(j.Policies)}
	edits, err := p.edits()
	if err != nil {
		return v.Refused(m.Rule, m.Message+", by hand: "+err.Error())
	}
	said := j.doubted(k, doubt.Fix)
	if said.Obstacle != nil {
		return v.Refused(m.Rule, m.Message+", but "+said.Obstacle.Message)
	}
	fix := proposal(k, k.Conversion, said)
	fix.Message, fix.Migration, fix.Array = m.Message, &m, p.array
	fix.Edits, fix.Command, fix.Args, fix.Divided = edits, p.left[c.Command.Command], p.left[c.Args], c.Args != nil
	fix.Argv = fix.texts(false)
	v.Proposal = &fix
	if err := proof.Words(reading.WordsOf(p.array), fix.words(), m.Sink, j.Converter.LogFlags()); err != nil {
		return v.Failed(err)
	}
	return v
}

// rearrangement is a migration of one command's array.
type rearrangement struct {
	text      *reading.Text
	command   *reading.Command
	migration invocation.Migration
	array     []reading.Item
	left      map[*yaml.Node][]invocation.Word // what each list holds afterwards
}

// edits returns the edits, and notes what each list holds after them. Where the
// program stands alone in command, the runner takes its place and the program goes
// to the front of args.
func (a *rearrangement) edits() ([]edit.Edit, error) {
	c, m := a.command, a.migration
	drop := map[*yaml.Node]map[int]bool{c.Command.Command: {}, c.Args: {}}
	left := map[*yaml.Node][]invocation.Word{}
	a.left = left
	for i, item := range a.array {
		switch {
		case slices.Contains(m.Drop, i):
			drop[item.List][item.Index] = true
		case i == m.At && len(m.Front) > 0 && a.alone():
			left[item.List] = append(left[item.List], m.Front[0])
			left[c.Args] = append(left[c.Args], slices.Concat(m.Front[1:], []invocation.Word{item.Word})...)
		case i == m.At:
			left[item.List] = append(left[item.List], slices.Concat(m.Front, []invocation.Word{item.Word})...)
		default:
			left[item.List] = append(left[item.List], item.Word)
		}
	}
	var edits []edit.Edit
	for _, change := range a.changes(drop) {
		e, err := edit.Items(change)
		if err != nil {
			return nil, err
		}
		edits = append(edits, e...)
	}
	return edits, nil
}

// alone reports whether the program is all of command, with its arguments in args.
func (a *rearrangement) alone() bool {
	return a.command.Args != nil && a.migration.At == 0 && len(a.command.Command.Command.Content) == 1
}

// changes returns the change of each list.
func (a *rearrangement) changes(drop map[*yaml.Node]map[int]bool) []edit.Change {
	c, m := a.command, a.migration
	program := a.array[m.At]
	request := edit.Request{Text: a.text.Source.Text, Spans: c.Document.Spans, Script: program.List.Content[program.Index], JSON: a.text.JSON}
	command, args := edit.Change{Request: request}, edit.Change{Request: request}
	command.Command, command.Drop = c.Command.Command, drop[c.Command.Command]
	args.Command, args.Drop = c.Args, drop[c.Args]
	switch {
	case len(m.Front) == 0:
	case a.alone():
		command.Words, command.Instead = m.Front[:1], true
		args.Words = slices.Concat(m.Front[1:], []invocation.Word{program.Word})
		args.Script = c.Args.Content[0]
	case program.List == c.Args:
		args.Before, args.Words = program.Index, m.Front
	default:
		command.Before, command.Words = program.Index, m.Front
	}
	if c.Args == nil {
		return []edit.Change{command}
	}
	return []edit.Change{command, args}
}
