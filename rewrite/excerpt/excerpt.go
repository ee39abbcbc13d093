// Package excerpt chooses the lines of a YAML document that are worth decoding.
// Most of a manifest can't hold a shell command. The indentation of its lines shows
// that fifty times faster than a decoder does.
//
// It reads a part of YAML only: block mappings and lists with plain keys, and
// scalars of all styles without anchors, tags and the like. In that part it is as
// strict as a decoder, so the lines that it leaves out are known to be well-formed.
// A document with anything else has to be decoded as a whole.
package excerpt

import (
	"slices"

	"shellfree/rewrite/site"
	"shellfree/rewrite/span"
)

// Excerpt holds the lines of a document that are worth decoding.
type Excerpt struct {
	// Lines are byte offsets of whole lines, in order. There are none where nothing
	// in the document can hold a command.
	Lines []span.Span
	// Content reports that there is more than comments in the document. Object
	// reports a key apiVersion at its top, or a command or args somewhere below a
	// list of containers.
	Content, Object bool
}

// Of returns the excerpt of a document, false where the document has to be decoded
// as a whole. mayMatter says of a part of the text, whole lines, whether it may hold
// a command that a rule can report. With such a command the excerpt holds all that
// it depends on: its list, the probes, hooks and environment of its container, and
// the names and settings of the pod and the object around it.
func Of(text []byte, mayMatter func(part span.Span) bool) (Excerpt, bool) {
	entries, ok := readOutline(text)
	if !ok {
		return Excerpt{}, false
	}
	c := chooser{text: text, entries: entries, mayMatter: mayMatter}
	if len(entries) > 0 && mayMatter(span.Span{Start: int(entries[0].start), End: len(text)}) {
		c.takeCollection(0, c.entryCount(), "")
	}
	return Excerpt{c.lines, len(entries) > 0, c.isObject()}, true
}

// chooser collects lines of an outline.
type chooser struct {
	text      []byte
	entries   []entry
	mayMatter func(span.Span) bool
	lines     []span.Span
}

// entryCount returns the number of entries in the outline.
func (c *chooser) entryCount() int32 { return int32(len(c.entries)) }

// takeCollection takes the lines worth decoding of a list or mapping, given by the
// indexes of its entries, to exclusive. It is the value of key.
func (c *chooser) takeCollection(from, to int32, key string) {
	if c.hasKey(from, to, "command", "args", "op", "image") {
		c.takeContainer(from, to, true)
		return
	}
	for i := from; i < to; i = c.entries[i].next {
		e := c.entries[i]
		switch {
		case e.inline, e.next == i+1 && site.IsNamed(e.key.text(c.text)), site.IsNamedWhole(e.key.text(c.text)):
			c.takeLines(e.start, e.end)
		case e.key.text(c.text) != "metadata" && !c.entryMayMatter(i):
		case e.item && site.HoldsContainers(key) && e.next > i+1:
			c.takeLines(e.start, e.head)
			c.takeContainer(i+1, e.next, false)
		case e.next == i+1:
			c.takeLines(e.start, e.end)
		default:
			c.takeLines(e.start, e.head)
			c.takeCollection(i+1, e.next, e.key.text(c.text))
		}
	}
}

// takeContainer takes the fields of a container that a command depends on. alone is
// set for a mapping outside of a list of containers, which may be a container of
// another API: there the fields that mark a container are taken too. Of an operation
// of a JSON patch all fields are taken, since they say what its value stands for.
func (c *chooser) takeContainer(from, to int32, alone bool) {
	if c.hasKey(from, to, "op") {
		c.takeLines(c.entries[from].start, c.entries[to-1].end)
		return
	}
	for i := from; i < to; i = c.entries[i].next {
		e := c.entries[i]
		key := e.key.text(c.text)
		if e.inline || site.IsJudged(key) || site.IsNamed(key) || alone && site.MarksContainer(key) || c.entryMayMatter(i) {
			c.takeLines(e.start, e.end)
		}
	}
}

func (c *chooser) entryMayMatter(i int32) bool {
	return c.mayMatter(span.Span{Start: int(c.entries[i].start), End: int(c.entries[i].end)})
}

// hasKey reports whether an entry of a collection has one of the keys.
func (c *chooser) hasKey(from, to int32, keys ...string) bool {
	for i := from; i < to; i = c.entries[i].next {
		if slices.Contains(keys, c.entries[i].key.text(c.text)) {
			return true
		}
	}
	return false
}

// isObject reports a key apiVersion at the top, as every object of Kubernetes has
// it, or a command or args behind a list of containers, as patches of one have them.
func (c *chooser) isObject() bool {
	containers := false
	for _, e := range c.entries {
		containers = containers || site.HoldsContainers(e.key.text(c.text))
		if key := e.key.text(c.text); containers && (key == "command" || key == "args") {
			return true
		}
	}
	return c.hasKey(0, c.entryCount(), "apiVersion")
}

// takeLines adds the lines between two byte offsets to the excerpt.
func (c *chooser) takeLines(from, to int32) {
	start, end := int(from), int(to)
	if last := len(c.lines) - 1; last >= 0 && c.lines[last].End >= start {
		c.lines[last].End = max(c.lines[last].End, end)
		return
	}
	if start < end {
		c.lines = append(c.lines, span.Span{Start: start, End: end})
	}
}
