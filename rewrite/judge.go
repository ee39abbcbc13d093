package rewrite

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/span"
)

// find keeps the commands of which there is something to say and gives each its
// finding. It is a filter of the pipeline.
func (f *file) find(nodes []*yaml.RNode) ([]*yaml.RNode, error) {
	seen := map[int]*command{}
	for _, r := range f.readings {
		var found []command
		for _, c := range r.commands {
			c.found, c.shell = c.look()
			if c.unsplit {
				c.found, c.shell = unsplit, true
			}
			if c.shell || f.migrate(r, &c) || f.runsTool(r, &c) {
				found = append(found, c)
			}
		}
		r.commands = found
		for i := range r.commands {
			c := &r.commands[i]
			f.locate(r, c)
			if c.twin = seen[c.finding.StartOffset]; c.twin == nil {
				seen[c.finding.StartOffset] = c
			} else if t := c.twin.finding; t.EndOffset < c.finding.EndOffset {
				t.End, t.EndOffset = c.finding.End, c.finding.EndOffset
			}
		}
	}
	return nodes, nil
}

// unsplit is the shell of a command of which nobody knows in which branch of the
// template it starts.
var unsplit = invocation.Shell{Script: -1, Obstacle: &invocation.Obstacle{
	Rule: rule.TemplateControl, Message: "the template's branches inside the command can't be read one by one, and some start a shell: convert each branch by hand",
}}

// words returns the values of the command's items; what is no scalar is "".
func (c command) words() []string {
	items := c.nodes
	words := make([]string, len(items))
	for i, item := range items {
		if item.Kind == yaml.AliasNode && item.Alias != nil {
			item = item.Alias
		}
		if item.Kind == yaml.ScalarNode {
			words[i] = item.Value
		}
	}
	return words
}

// look returns the command's shell, false where it starts none.
func (c command) look() (invocation.Shell, bool) {
	if c.Command.Command == nil {
		return invocation.FindShellInArgs(c.words())
	}
	return invocation.FindShell(c.words())
}

// locate gives the command its finding, and the finding its place: the alias
// where the command is reached through one.
func (f *file) locate(r *reading, c *command) {
	c.finding = &Finding{
		Kind: r.unmask(c.Kind), Object: r.unmask(c.Object), Container: r.unmask(c.Container), Site: c.Site, Image: r.unmask(c.Image),
	}
	for _, word := range c.words() {
		c.finding.Old = append(c.finding.Old, r.unmask(word))
	}
	place, ok := c.span()
	if c.Indirect != nil {
		place, ok = c.document.Spans.Of(c.Indirect)
	}
	if !ok {
		place = span.Span{Start: c.document.Start, End: c.document.Start}
		if s, found := c.document.Spans.Of(c.nodes[0]); found {
			place = span.Span{Start: s.Start, End: s.Start}
		}
		if c.judged() {
			c.obstruct(rule.Unlocatable, "the command's bytes can't be placed: write its list in a plainer style")
		}
	}
	src := f.result.Source
	c.finding.File = src.Name
	c.finding.StartOffset, c.finding.EndOffset = place.Start, place.End
	c.finding.Start, c.finding.End = src.Position(place.Start), src.Position(place.End)
	if key, ok := c.document.Spans.Of(c.Key); ok && c.Indirect == nil {
		c.finding.KeyLine = src.Position(key.Start).Line
	}
}

// obstruct makes the finding an obstacle, unless it already is one.
func (c *command) obstruct(r rule.Rule, message string) {
	if c.finding.Message == "" {
		c.finding.Rule, c.finding.Message = r, message
	}
}

// judge decides each shell command: a fix or an obstacle. It is a filter
// of the pipeline.
func (f *file) judge(nodes []*yaml.RNode) ([]*yaml.RNode, error) {
	for _, r := range f.readings {
		for i := range r.commands {
			c := &r.commands[i]
			if c.finding.Message == "" && c.judged() {
				f.decide(r, c)
				f.suggest(r, c)
			}
			if c.twin != nil && !c.agrees() {
				c.twin.retract()
				c.twin.obstruct(rule.TemplateControl, "the branches of the template around the command change what it means: convert each branch by hand")
			}
		}
	}
	f.advise()
	return nodes, nil
}

// judged reports whether the command has a finding of its own, beside advice.
func (c *command) judged() bool { return c.shell || c.migration != nil }

// agrees reports whether two readings of a command come to the same.
func (c *command) agrees() bool {
	a, b := c.finding, c.twin.finding
	return a.Rule == b.Rule && slices.Equal(a.Argv, b.Argv) && (a.Fix == nil || slices.Equal(c.places(), c.twin.places()))
}

func (f *file) decide(r *reading, c *command) {
	switch {
	case c.migration != nil:
		f.rearrange(r, c)
		return
	case c.Unpaired:
		c.obstruct(rule.TemplateControl, "several command or args keys stand in one mapping and can't be told apart: convert each branch by hand")
		return
	case c.found.Script < 0:
		c.obstruct(c.found.Obstacle.Rule, r.unmask(c.found.Obstacle.Message))
		return
	case c.Indirect != nil:
		c.obstruct(rule.Unlocatable, "the command is shared through an anchor: convert it by hand where it is defined")
		return
	}
	if bad := f.surroundings(r, c); bad != nil {
		c.obstruct(bad.Rule, bad.Message)
		return
	}
	if c.shared {
		c.obstruct(rule.TemplateControl, "the branches of the template share some of the command's items: convert each branch by hand")
		return
	}
	script := f.script(r, c)
	inv, bad := invocation.Analyse(script)
	if bad != nil {
		c.obstruct(bad.Rule, r.unmask(bad.Message))
		return
	}
	if bad := f.fields(r, c, &inv); bad != nil {
		c.obstruct(bad.Rule, r.unmask(bad.Message))
		return
	}
	inv.Wrapper = f.wrapper(script, c)
	if len(inv.Wrapper) > 0 {
		inv.Review = append(inv.Review, inv.Wrapper[0].String()+" starts the shell: check that the image has it without the shell")
	}
	f.convert(r, c, script, inv)
}

// convert chooses the log sink and writes the new array.
func (f *file) convert(r *reading, c *command, script invocation.Script, inv invocation.Invocation) {
	target := invocation.Target{Image: r.unmask(c.Image), Output: c.Place == expansion.Container}
	conv := f.engine.options.Converter.Convert(target, inv)
	c.finding.Program, c.finding.Version, c.finding.Sink = conv.Program, conv.Version, conv.Sink
	if c.Place != expansion.Container {
		c.finding.Version = "" // the image's, and not that of a tool in it
	}
	if conv.Obstacle != "" {
		c.obstruct(rule.NoSink, conv.Obstacle)
		return
	}
	c.finding.Review, c.finding.Notes = slices.Clone(conv.Review), slices.Clone(conv.Notes)
	if c.Partial {
		c.finding.Review = append(c.finding.Review, "the patch gives command alone: check that the container has no args, which the shell ignored and the program would get")
	}
	c.forget(inv, conv)
	proof := runProof{script: script, inv: inv, conv: conv, target: target, inverter: f.engine.options.Converter, reviewed: len(c.finding.Review) > 0}
	if err := proof.proveRun(); err != nil {
		c.retract()
		c.obstruct(rule.InternalCheck, r.unmask(internalCheck(err)))
		c.finding.Sides = sides(err)
		return
	}
	c.finding.Validated = true
	if text := f.newPlaceholder(conv.Argv, c.Place == expansion.Hook); text != "" {
		c.retract()
		c.obstruct(rule.Placeholder, "`"+text+"` is text of the script and would be read as a placeholder: write it so that the template prints it")
		return
	}
	f.write(c, conv)
	if c.finding.Fix != nil {
		c.finding.Placeholders = f.placeholders(r, c, conv.Argv)
	} else if c.finding.Rule == rule.Unlocatable {
		c.finding.FixRule = ruleOf(inv.Redirection())
	}
	if c.finding.Message == "" {
		f.describe(c, inv, conv)
	}
}

func internalCheck(err error) string {
	return "internal check failed (" + err.Error() + "), nothing was changed: convert it by hand and report this"
}

// write makes the edits of a conversion.
func (f *file) write(c *command, conv invocation.Conversion) {
	args := c.Args
	if c.found.Script < len(c.Command.Command.Content) {
		args = nil
	}
	edits, command, rest, err := edit.Array(edit.Request{
		Text: f.result.Source.Text, Spans: c.document.Spans, Command: c.Command.Command, Args: args, Keep: c.found.Index,
		Script: c.nodes[c.found.Script], Argv: conv.Argv, Upstream: f.engine.options.Upstream,
		JSON: f.json, Hook: c.Place == expansion.Hook,
	})
	if err != nil {
		c.retract()
		c.obstruct(rule.Unlocatable, err.Error())
		return
	}
	c.written = written{command: command, args: rest, divided: args != nil, fields: c.written.fields}
	fields, err := f.insertFields(c)
	if err != nil {
		bad := c.written.fields.obstacle("but " + err.Error())
		c.retract()
		c.obstruct(bad.Rule, bad.Message)
		return
	}
	edits = append(edits, fields...)
	for _, w := range conv.Argv {
		c.finding.Argv = append(c.finding.Argv, edit.Value(w, c.Place == expansion.Hook))
	}
	grade := Safe
	if len(c.finding.Review) > 0 {
		grade = Review
	}
	c.finding.Fix = &Fix{Grade: grade, Edits: edits, Upstream: f.engine.options.Upstream && c.several(conv.Argv)}
}

func (c *command) several(words []invocation.Word) bool {
	for _, w := range words {
		if w.Several {
			return true
		}
	}
	return false
}

// script gathers what the meaning of the shell's script depends on.
func (f *file) script(r *reading, c *command) invocation.Script {
	s := invocation.Script{
		Text: c.nodes[c.found.Script].Value, Shell: c.found, Env: c.Env, Place: c.Place,
		Variable: f.engine.options.variable, Upstream: f.engine.options.Upstream,
	}
	s.Marks = f.marks(r, c)
	return s
}

// marks returns the placeholders that are words in the command's items.
func (f *file) marks(r *reading, c *command) []invocation.Mark {
	return f.marksIn(r, c, c.extent())
}

// marksIn returns the placeholders that are words in a span of a command.
func (f *file) marksIn(r *reading, c *command, s span.Span) []invocation.Mark {
	var marks []invocation.Mark
	for _, i := range r.mask.Within(s.Start, s.End) {
		p := r.mask.Placeholders[i]
		if word, ok := r.mask.Word(i); ok && p.Kind == dialect.Value {
			marks = append(marks, invocation.Mark{Word: word, Text: p.Text, Policy: f.engine.options.policy(p, c.FilledLate), Quotes: p.Quotes()})
		}
	}
	return marks
}

// wrapper returns the words before the shell. They are kept as they stand, so
// only their placeholders and references are told apart.
func (f *file) wrapper(s invocation.Script, c *command) []invocation.Word {
	var words []invocation.Word
	for _, text := range c.words()[:c.found.Index] {
		words = append(words, s.Item(text))
	}
	return words
}
