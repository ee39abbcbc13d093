package rewrite

import (
	"slices"

	"shellfree/rewrite/span"
)

// omitted returns the bytes that no reading holds, but those of strings that
// are read for themselves.
func (f *file) omitted() []span.Span {
	var left []span.Span
	for i, r := range f.readings {
		var blanked []span.Span
		for start, end := range r.mask.Omitted() {
			blanked = append(blanked, span.Span{Start: start, End: end})
		}
		if i == 0 {
			left = blanked
		} else {
			left = intersect(left, blanked)
		}
	}
	return slices.DeleteFunc(left, f.inManifest)
}

func intersect(a, b []span.Span) []span.Span {
	var both []span.Span
	for _, x := range a {
		for _, y := range b {
			if s := (span.Span{Start: max(x.Start, y.Start), End: min(x.End, y.End)}); s.Start < s.End {
				both = append(both, s)
			}
		}
	}
	return both
}
