package rewrite

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// migrate looks at a command that starts no shell: its log flags may not fit
// its program any more.
func (f *file) migrate(r *reading, c *command) bool {
	migrator, ok := f.engine.options.Converter.(invocation.Migrator)
	if !ok || c.Place != expansion.Container || c.Command.Command == nil || c.Indirect != nil || c.Unpaired {
		return false
	}
	items := f.array(r, c)
	m, found := migrator.Migrate(invocation.Target{Image: r.unmask(c.Image), Output: true}, wordsOf(items))
	if found {
		c.migration = &m
		c.array = items
	}
	return found
}

// arrayItem is one item of a command's array: a node, or a placeholder that
// stands bare for several.
type arrayItem struct {
	word  invocation.Word
	list  *yaml.Node // command or args
	index int        // in the list; -1 for a bare placeholder
}

// array returns the items of command, then of args, with the placeholders that
// stand bare between them.
func (f *file) array(r *reading, c *command) []arrayItem {
	script := invocation.Script{Env: c.Env, Place: c.Place}
	var all []arrayItem
	for _, list := range []*yaml.Node{c.Command.Command, c.Args} {
		if list == nil {
			continue
		}
		end := -1
		for i, item := range list.Content {
			if s, ok := c.document.Spans.Of(item); ok {
				if end >= 0 {
					all = append(all, r.bare(list, end, s.Start)...)
				}
				end = s.End
				script.Marks = f.marksIn(r, c, s)
			} else {
				script.Marks = f.marks(r, c)
			}
			value := ""
			if item.Kind == yaml.ScalarNode {
				value = item.Value
			}
			all = append(all, arrayItem{script.Item(value), list, i})
		}
		if s, ok := c.document.Spans.Of(list); ok && end >= 0 {
			all = append(all, r.bare(list, end, s.End)...)
		}
	}
	return all
}

// bare returns the placeholders between two items.
func (r *reading) bare(list *yaml.Node, start, end int) []arrayItem {
	var found []arrayItem
	for _, i := range r.mask.Within(start, end) {
		if p := r.mask.Placeholders[i]; p.Kind == dialect.Value && !p.OutsideScripts {
			part := invocation.Part{Kind: invocation.Placeholder, Text: p.Text}
			found = append(found, arrayItem{invocation.Word{Parts: []invocation.Part{part}, Several: true}, list, -1})
		}
	}
	return found
}

// rearrange makes the edits of a migration.
func (f *file) rearrange(r *reading, c *command) {
	m := c.migration
	c.finding.Program, c.finding.Version, c.finding.Sink = m.Program, m.Version, m.Sink
	if !m.Fixed {
		c.obstruct(m.Rule, m.Message)
		return
	}
	if bad := f.surroundingControl(r, c); bad != nil {
		c.obstruct(m.Rule, m.Message+", but "+bad.Message)
		return
	}
	edits, err := f.rearranged(c)
	if err != nil {
		c.obstruct(m.Rule, m.Message+", by hand: "+err.Error())
		return
	}
	c.finding.Review, c.finding.Notes = m.Review, m.Notes
	words := slices.Concat(c.written.command, c.written.args)
	if err := keepsWords(wordsOf(c.array), words, m.Sink); err != nil {
		c.retract()
		c.obstruct(rule.InternalCheck, internalCheck(err))
		return
	}
	grade := Safe
	if len(m.Review) > 0 {
		grade = Review
	}
	for _, w := range words {
		c.finding.Argv = append(c.finding.Argv, edit.Value(w, false))
	}
	c.finding.Validated = true
	c.finding.Fix = &Fix{Grade: grade, Edits: edits}
	c.obstruct(m.Rule, m.Message)
}

func wordsOf(items []arrayItem) []invocation.Word {
	words := make([]invocation.Word, len(items))
	for i, item := range items {
		words[i] = item.word
	}
	return words
}

// rearranged returns the edits, and notes what they are meant to leave. Where
// the program stands alone in command, the runner takes its place and the
// program goes to the front of args.
func (f *file) rearranged(c *command) ([]edit.Edit, error) {
	m := c.migration
	drop := map[*yaml.Node]map[int]bool{c.Command.Command: {}, c.Args: {}}
	left := map[*yaml.Node][]invocation.Word{}
	for i, item := range c.array {
		switch {
		case slices.Contains(m.Drop, i):
			drop[item.list][item.index] = true
		case i == m.At && len(m.Front) > 0 && c.alone():
			left[item.list] = append(left[item.list], m.Front[0])
			left[c.Args] = append(left[c.Args], slices.Concat(m.Front[1:], []invocation.Word{item.word})...)
		case i == m.At:
			left[item.list] = append(left[item.list], slices.Concat(m.Front, []invocation.Word{item.word})...)
		default:
			left[item.list] = append(left[item.list], item.word)
		}
	}
	c.written = written{command: left[c.Command.Command], args: left[c.Args], divided: c.Args != nil}
	var edits []edit.Edit
	for _, change := range f.changes(c, drop) {
		e, err := edit.Items(change)
		if err != nil {
			return nil, err
		}
		edits = append(edits, e...)
	}
	return edits, nil
}

// alone reports whether the program is all of command, with its arguments in args.
func (c *command) alone() bool {
	return c.Args != nil && c.migration.At == 0 && len(c.Command.Command.Content) == 1
}

// changes returns the change of each list.
func (f *file) changes(c *command, drop map[*yaml.Node]map[int]bool) []edit.Change {
	m := c.migration
	program := c.array[m.At]
	request := edit.Request{Text: f.result.Source.Text, Spans: c.document.Spans, Script: program.list.Content[program.index], JSON: f.json}
	command, args := edit.Change{Request: request}, edit.Change{Request: request}
	command.Command, command.Drop = c.Command.Command, drop[c.Command.Command]
	args.Command, args.Drop = c.Args, drop[c.Args]
	switch {
	case len(m.Front) == 0:
	case c.alone():
		command.Words, command.Instead = m.Front[:1], true
		args.Words = slices.Concat(m.Front[1:], []invocation.Word{program.word})
		args.Script = c.Args.Content[0]
	case program.list == c.Args:
		args.Before, args.Words = program.index, m.Front
	default:
		command.Before, command.Words = program.index, m.Front
	}
	if c.Args == nil {
		return []edit.Change{command}
	}
	return []edit.Change{command, args}
}
