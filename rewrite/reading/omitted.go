package reading

import (
	"slices"

	"shellfree/rewrite/span"
)

// omitted returns the bytes that no reading holds, but those of strings that
// are read for themselves.
func (t *Text) omitted() []span.Span {
	var left []span.Span
	first := true
	for _, r := range t.Readings {
		if r.branch {
			continue // leaves out what the reading that it is a branch of does, and more
		}
		var blanked []span.Span
		for start, end := range r.Mask.Omitted() {
			blanked = append(blanked, span.Span{Start: start, End: end})
		}
		if first {
			left, first = blanked, false
		} else {
			left = intersect(left, blanked)
		}
	}
	strings := t.stringPlaces()
	return slices.DeleteFunc(left, func(s span.Span) bool { return strings.Hold(s.Start) })
}

// intersect returns what two lists of spans have in common; the spans of each
// are in order and don't overlap.
func intersect(a, b []span.Span) []span.Span {
	var both []span.Span
	for len(a) > 0 && len(b) > 0 {
		if s := (span.Span{Start: max(a[0].Start, b[0].Start), End: min(a[0].End, b[0].End)}); s.Start < s.End {
			both = append(both, s)
		}
		if a[0].End < b[0].End {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return both
}
