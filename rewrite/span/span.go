// Package span finds the bytes of YAML nodes.
//
// A yaml.Node knows the line and column where it starts and nothing about
// where it ends. Locator walks a node tree beside the text it was decoded from
// and finds both ends of every node as byte offsets, so that a caller can
// splice bytes instead of printing the document again.
package span

import "sigs.k8s.io/kustomize/kyaml/yaml"

// Span is a half-open range of byte offsets in a text.
type Span struct{ Start, End int }

// Table holds the spans of the nodes of a text.
type Table struct {
	places map[*yaml.Node]place
	locate func() // finds the places when one is first asked for, nil afterwards
}

// place holds byte offsets: where a node starts and ends, and where its content
// starts behind anchor and tag.
type place struct{ start, content, end int }

// NewTable returns an empty table, to be filled by Set.
func NewTable() *Table {
	return &Table{places: map[*yaml.Node]place{}}
}

// Set records s as the span of n, for a node without anchor and tag.
func (t *Table) Set(n *yaml.Node, s Span) {
	t.places[n] = place{s.Start, s.Start, s.End}
}

// Of returns the span of n, its anchor and tag included. A block scalar's
// span ends with its last line that is not blank, before the line break; a
// block collection's ends with its last child. False means that n could not be
// placed, or that it is an empty value, which has no bytes.
func (t *Table) Of(n *yaml.Node) (Span, bool) {
	p, ok := t.placeOf(n)
	return Span{p.start, p.end}, ok
}

// Content returns the span of n without its anchor and tag: the bytes that
// hold the value, quotes, brackets and block scalar header included. It is
// false where Of is.
func (t *Table) Content(n *yaml.Node) (Span, bool) {
	p, ok := t.placeOf(n)
	return Span{p.content, p.end}, ok
}

func (t *Table) placeOf(n *yaml.Node) (place, bool) {
	if fill := t.locate; fill != nil {
		t.locate = nil
		fill()
	}
	p, ok := t.places[n]
	return p, ok
}
