package rewrite

import (
	"bytes"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/span"
)

// surroundings looks at the template around the items: control blocks, bare
// placeholders between them, and lines below that may belong to the script.
func (f *file) surroundings(r *reading, c *command) *invocation.Obstacle {
	items := places(c.places()).joined()
	if bad := f.between(c, func(i int) *invocation.Obstacle { return r.inside(items, i) }, r); bad != nil {
		return bad
	}
	return f.below(r, c)
}

// between asks about each placeholder from the first bracket or dash of the
// lists to their end.
func (f *file) between(c *command, ask func(i int) *invocation.Obstacle, r *reading) *invocation.Obstacle {
	for _, list := range []*yaml.Node{c.Command.Command, c.Args} {
		if list == nil {
			continue
		}
		whole, ok := c.document.Spans.Of(list)
		if !ok {
			return &invocation.Obstacle{Rule: rule.Unlocatable, Message: "the end of the list can't be found: write it in a plainer style"}
		}
		for _, i := range r.mask.Within(whole.Start, whole.End) {
			if bad := ask(i); bad != nil {
				return bad
			}
		}
	}
	return nil
}

// surroundingControl looks for control blocks only: bare placeholders may stay
// where the array itself stays.
func (f *file) surroundingControl(r *reading, c *command) *invocation.Obstacle {
	items := places(c.places()).joined()
	return f.between(c, func(i int) *invocation.Obstacle {
		if r.mask.Placeholders[i].Kind != dialect.Control {
			return nil
		}
		return r.inside(items, i)
	}, r)
}

// inside judges one placeholder between the first and the last of some items.
func (r *reading) inside(items places, i int) *invocation.Obstacle {
	p := r.mask.Placeholders[i]
	if p.OutsideScripts {
		return nil
	}
	_, word := r.mask.Word(i)
	inItem := items.holdAll(p)
	switch {
	case p.Kind == dialect.Control || p.Kind == dialect.Comment && inItem:
		return &invocation.Obstacle{Rule: rule.TemplateControl, Message: "the template's `" + oneLine(p.Text) + "` stands inside the command: convert each branch by hand"}
	case p.Kind == dialect.Value && inItem && !word:
		return &invocation.Obstacle{Rule: rule.Placeholder, Message: "`" + oneLine(p.Text) + "` can't be told apart from the text around it: write it on one line, with three bytes or more, or convert by hand"}
	case p.Kind == dialect.Value && !inItem:
		return &invocation.Obstacle{Rule: rule.Placeholder, Message: "`" + oneLine(p.Text) + "` stands between the items and may hold several: write it into the script, or convert by hand"}
	}
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// below looks at the lines right after each list of the command. A line of
// nothing but a placeholder, indented deeper than the list, belongs to the
// script when its scalar is plain and may as well belong to the mapping: where
// both readings parse and differ, nobody can tell.
func (f *file) below(r *reading, c *command) *invocation.Obstacle {
	if f.json {
		return nil
	}
	var hanging []int
	for _, list := range []*yaml.Node{c.Command.Command, c.Args} {
		if list == nil {
			continue
		}
		if place, ok := c.document.Spans.Of(list); ok {
			hanging = append(hanging, r.hanging(place)...)
		}
	}
	if len(hanging) == 0 {
		return nil
	}
	other := parse(r.mask.WithWords(hanging), again(r.read))
	if len(other.errors) > len(r.errors) || len(other.documents) != len(r.documents) {
		return nil
	}
	for _, d := range other.commands {
		if slices.Equal(d.places(), c.places()) {
			return nil // the line went elsewhere; the command reads the same
		}
	}
	p := r.mask.Placeholders[hanging[0]]
	return &invocation.Obstacle{Rule: rule.Placeholder, Message: "the line `" + oneLine(p.Text) +
		"` below the script may be part of it or not: indent it like the list, or join it to the script's last line"}
}

// hanging returns the blanked placeholders that stand alone on the lines after
// a list, as long as those lines are indented deeper than it.
func (r *reading) hanging(list span.Span) []int {
	text := r.mask.Text
	column := list.Start - lineStart(text, list.Start)
	var found []int
	for start := nextLine(text, list.End); start < len(text); start = nextLine(text, start) {
		end := nextLine(text, start)
		in := r.mask.Within(start, end)
		if len(in) == 0 || len(bytes.TrimSpace(text[start:end])) > 0 {
			return found
		}
		for _, i := range in {
			p := r.mask.Placeholders[i]
			if p.Kind != dialect.Value || p.Start-lineStart(text, p.Start) <= column {
				return found
			}
			found = append(found, i)
		}
	}
	return found
}

// lineStart returns the offset of the first byte of an offset's line, whatever
// ends lines.
func lineStart(text []byte, offset int) int {
	return bytes.LastIndexAny(text[:offset], "\r\n") + 1
}

// nextLine returns where the line after an offset's begins.
func nextLine(text []byte, offset int) int {
	i := bytes.IndexAny(text[offset:], "\r\n")
	switch {
	case i < 0:
		return len(text)
	case text[offset+i] == '\r' && offset+i+1 < len(text) && text[offset+i+1] == '\n':
		i++
	}
	return offset + i + 1
}
