package reading

import (
	"bytes"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// Inside is a placeholder in a command's list.
type Inside struct {
	dialect.Placeholder
	InItem bool // an item holds all of it
	Word   bool // a word stands for it in the mask
}

// Between returns the placeholders in a list, whose items have the given places.
func (r *Reading) Between(list span.Span, items Places) []Inside {
	var all []Inside
	for _, i := range r.Mask.Within(list.Start, list.End) {
		p := r.Mask.Placeholders[i]
		_, word := r.Mask.Word(i)
		all = append(all, Inside{p, items.HoldAll(p), word})
	}
	return all
}

// HangingLine returns the placeholder of a line right below one of the command's
// lists that may belong to the script or to the mapping: where both readings parse
// and differ, it can't be told.
func (c *Command) HangingLine() (string, bool) {
	r := c.reading
	var hanging []int
	for _, list := range c.Lists() {
		if list.Style&yaml.FlowStyle != 0 {
			continue // it ends with its bracket
		}
		if place, ok := c.Document.Spans.Of(list); ok {
			hanging = append(hanging, r.hangingBelow(place)...)
		}
	}
	if len(hanging) == 0 {
		return "", false
	}
	other := parse(r.Mask.WithWords(hanging), parseOnly(r.decoded))
	if len(other.Errors) > len(r.Errors) || len(other.Documents) != len(r.Documents) {
		return "", false
	}
	for i := range other.Commands {
		if other.Commands[i].SameItems(c) {
			return "", false // the line went elsewhere; the command reads the same
		}
	}
	return r.Mask.Placeholders[hanging[0]].Text, true
}

// hangingBelow returns the blanked placeholders that stand alone on the lines after
// a list, as long as those lines are indented deeper than it.
func (r *Reading) hangingBelow(list span.Span) []int {
	text := r.Mask.Text
	column := list.Start - source.LineStart(text, list.Start)
	var found []int
	for start := source.NextLine(text, list.End); start < len(text); start = source.NextLine(text, start) {
		end := source.NextLine(text, start)
		in := r.Mask.Within(start, end)
		if len(in) == 0 || len(bytes.TrimSpace(text[start:end])) > 0 {
			return found
		}
		for _, i := range in {
			p := r.Mask.Placeholders[i]
			if p.Kind != dialect.Value || p.Start-source.LineStart(text, p.Start) <= column {
				return found
			}
			found = append(found, i)
		}
	}
	return found
}

// StrayPlaceholder returns a placeholder that stands in the container and outside
// of its fields' values, or below it before anything else: it may bring fields.
func (c *Command) StrayPlaceholder() (dialect.Placeholder, bool) {
	extent, _ := c.Document.Spans.Of(c.Mapping)
	end := extent.End
	if c.Mapping.Style&yaml.FlowStyle == 0 {
		end = c.blankBelow(end)
	}
	values := c.fieldValues()
	for _, p := range c.reading.placeholders(extent.Start, end) {
		if p.Kind == dialect.Control || p.Kind == dialect.Value && !p.OutsideScripts && !values.HoldAll(p) {
			return p, true
		}
	}
	return dialect.Placeholder{}, false
}

// fieldValues returns the places of the container's values. Of a field that other
// commands are found in, each scalar counts.
func (c *Command) fieldValues() Places {
	var values Places
	for i := 0; i+1 < len(c.Mapping.Content); i += 2 {
		v := c.Mapping.Content[i+1]
		switch c.Mapping.Content[i].Value {
		case "env", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle":
			if v.Kind != yaml.ScalarNode {
				values = append(values, c.scalarsBelow(v)...)
			}
			continue
		}
		if s, ok := c.Document.Spans.Of(v); ok {
			values = append(values, s)
		}
	}
	return values.Sorted()
}

// scalarsBelow returns the places of the scalars below a node.
func (c *Command) scalarsBelow(n *yaml.Node) []span.Span {
	if s, ok := c.Document.Spans.Of(n); ok && n.Kind == yaml.ScalarNode {
		return []span.Span{s}
	}
	var all []span.Span
	for _, child := range n.Content {
		all = append(all, c.scalarsBelow(child)...)
	}
	return all
}
