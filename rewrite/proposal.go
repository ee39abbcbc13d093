package rewrite

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// proposal is a change that is proved on the text before it is offered: the fix
// of a command, or the fixes of a manifest in a string.
type proposal interface {
	edits() []edit.Edit
	// expect notes what the change is meant to leave.
	expect(e *expected) error
	// refuse takes the change back.
	refuse(err error)
}

// expected is what proposals are meant to leave in the text.
type expected struct {
	lists    map[*yaml.Node][]invocation.Word // the words of a command or args
	hooks    map[*yaml.Node]bool              // lists that the kubelet does not expand
	strings  map[*yaml.Node][]byte            // the manifest in a string
	inserted map[*yaml.Node]insertion         // what is added to a mapping or list
	commands []*command
	dropped  []string // placeholders that fall away
}

func expect(fixes []proposal) (expected, error) {
	e := expected{lists: map[*yaml.Node][]invocation.Word{}, hooks: map[*yaml.Node]bool{}, strings: map[*yaml.Node][]byte{}, inserted: map[*yaml.Node]insertion{}}
	for _, p := range fixes {
		if err := p.expect(&e); err != nil {
			return e, err
		}
	}
	return e, nil
}

// proposals returns what a reading wants to change.
func proposals(r *reading) []proposal {
	var all []proposal
	for i := range r.commands {
		if c := &r.commands[i]; c.finding.Fix != nil && c.twin == nil {
			all = append(all, c)
		}
	}
	for i := range r.manifests {
		if m := &r.manifests[i]; len(m.edits()) > 0 {
			all = append(all, m)
		}
	}
	return all
}

// edits implements proposal.
func (c *command) edits() []edit.Edit { return c.finding.Fix.Edits }

// expect implements proposal: the lists hold the words that were written. A command
// of wrappers alone stays as it is, like every other node.
func (c *command) expect(e *expected) error {
	if !c.written.divided || c.found.Index < len(c.Command.Command.Content) {
		e.lists[c.Command.Command] = c.written.command
	}
	if c.written.divided {
		e.lists[c.Args] = c.written.args
	}
	c.inserted(e.inserted)
	if c.Place == expansion.Hook {
		e.hooks[c.Command.Command], e.hooks[c.Args] = true, true
	}
	e.commands = append(e.commands, c)
	e.dropped = append(e.dropped, c.dropped...)
	return nil
}

// refuse implements proposal.
func (c *command) refuse(err error) {
	c.retract()
	c.obstruct(rule.InternalCheck, internalCheck(err))
}
