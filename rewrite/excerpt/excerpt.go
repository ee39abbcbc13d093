// Package excerpt chooses the lines of a YAML document that are worth decoding.
// Most of a manifest can't hold a shell command: a decoder is fifty times slower
// than a look at the indentation that tells so.
//
// It reads a part of YAML only: block mappings and lists with plain keys, and
// scalars of all styles without anchors, tags and the like. In that part it is as
// strict as a decoder, so that what is left out is known to be well-formed. A
// document with anything else is read whole.
package excerpt

import (
	"slices"

	"shellfree/rewrite/site"
	"shellfree/rewrite/span"
)

// Excerpt is what is worth decoding of a document.
type Excerpt struct {
	// Lines are spans of whole lines, in order. There are none where nothing in
	// the document can hold a command.
	Lines []span.Span
	// Content reports that there is more than comments in the document. Object
	// reports a key apiVersion at its top, or a command in a list of containers.
	Content, Object bool
}

// Of returns the excerpt of a document, false where it has to be read whole. hot
// reports that a part of the text, whole lines, may hold a command that there is
// something to say of. What such a command depends on is in the excerpt: its list,
// the probes, hooks and environment of its container, and what the mappings around
// it say of the pod and the object.
func Of(text []byte, hot func(part span.Span) bool) (Excerpt, bool) {
	entries, ok := outline(text)
	if !ok {
		return Excerpt{}, false
	}
	c := chooser{text: text, entries: entries, hot: hot}
	if len(entries) > 0 && hot(span.Span{Start: int(entries[0].start), End: len(text)}) {
		c.collection(0, c.end(), "")
	}
	return Excerpt{c.lines, len(entries) > 0, c.object()}, true
}

// chooser takes lines of an outline.
type chooser struct {
	text    []byte
	entries []entry
	hot     func(span.Span) bool
	lines   []span.Span
}

// end returns the index behind the last entry.
func (c *chooser) end() int32 { return int32(len(c.entries)) }

// collection takes what is worth it of the entries of a list or mapping, which
// is the value of a key.
func (c *chooser) collection(from, to int32, key string) {
	if c.has(from, to, "command", "args", "op", "image") {
		c.container(from, to, true)
		return
	}
	for i := from; i < to; i = c.entries[i].next {
		e := c.entries[i]
		switch {
		case e.inline, e.next == i+1 && site.IsNamed(e.key.of(c.text)), site.IsNamedWhole(e.key.of(c.text)):
			c.take(e.start, e.end)
		case e.key.of(c.text) != "metadata" && !c.isHot(i):
		case e.item && site.HoldsContainers(key) && e.next > i+1:
			c.take(e.start, e.head)
			c.container(i+1, e.next, false)
		case e.next == i+1:
			c.take(e.start, e.end)
		default:
			c.take(e.start, e.head)
			c.collection(i+1, e.next, e.key.of(c.text))
		}
	}
}

// container takes the fields of a container that a command depends on. The
// container may be an object of its own, as those of other APIs are: of one that is
// alone the fields are taken too that tell what it is. An operation of a JSON patch is
// taken whole: its fields say what its value is.
func (c *chooser) container(from, to int32, alone bool) {
	if c.has(from, to, "op") {
		c.take(c.entries[from].start, c.entries[to-1].end)
		return
	}
	for i := from; i < to; i = c.entries[i].next {
		e := c.entries[i]
		key := e.key.of(c.text)
		if e.inline || site.IsJudged(key) || site.IsNamed(key) || alone && site.MarksContainer(key) || c.isHot(i) {
			c.take(e.start, e.end)
		}
	}
}

func (c *chooser) isHot(i int32) bool {
	return c.hot(span.Span{Start: int(c.entries[i].start), End: int(c.entries[i].end)})
}

// has reports an entry with one of some keys.
func (c *chooser) has(from, to int32, keys ...string) bool {
	for i := from; i < to; i = c.entries[i].next {
		if slices.Contains(keys, c.entries[i].key.of(c.text)) {
			return true
		}
	}
	return false
}

// object reports what every object of Kubernetes has, or patches of one.
func (c *chooser) object() bool {
	containers := false
	for _, e := range c.entries {
		containers = containers || site.HoldsContainers(e.key.of(c.text))
		if key := e.key.of(c.text); containers && (key == "command" || key == "args") {
			return true
		}
	}
	return c.has(0, c.end(), "apiVersion")
}

// take adds lines to the excerpt.
func (c *chooser) take(from, to int32) {
	start, end := int(from), int(to)
	if last := len(c.lines) - 1; last >= 0 && c.lines[last].End >= start {
		c.lines[last].End = max(c.lines[last].End, end)
		return
	}
	if start < end {
		c.lines = append(c.lines, span.Span{Start: start, End: end})
	}
}
