package rewrite

import (
	"slices"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/span"
)

// places are spans in the order of the text that don't overlap.
type places []span.Span

func (p places) sorted() places {
	slices.SortFunc(p, func(a, b span.Span) int { return a.Start - b.Start })
	return p
}

// joined returns the places of spans in any order that may overlap.
func (p places) joined() places {
	var all places
	for _, s := range p.sorted() {
		if last := len(all) - 1; last >= 0 && s.Start < all[last].End {
			all[last].End = max(all[last].End, s.End)
			continue
		}
		all = append(all, s)
	}
	return all
}

// around returns the place that an offset lies in.
func (p places) around(offset int) (span.Span, bool) {
	at, found := slices.BinarySearchFunc(p, offset, func(s span.Span, at int) int {
		switch {
		case s.End <= at:
			return -1
		case s.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return span.Span{}, false
	}
	return p[at], true
}

func (p places) holds(offset int) bool {
	_, found := p.around(offset)
	return found
}

// holdAll reports whether one of the places holds all of a placeholder.
func (p places) holdAll(x dialect.Placeholder) bool {
	s, found := p.around(x.Start)
	return found && x.End <= s.End
}

// commandOffsets returns where the commands of all readings begin, in order.
func (f *file) commandOffsets() []int {
	var all []int
	for _, r := range f.readings {
		for _, c := range r.commands {
			all = append(all, c.extent().Start)
		}
	}
	slices.Sort(all)
	return all
}

// holdsAny reports whether one of some offsets in order lies in a span.
func holdsAny(s span.Span, offsets []int) bool {
	at, _ := slices.BinarySearch(offsets, s.Start)
	return at < len(offsets) && offsets[at] < s.End
}

// manifestPlaces returns the strings that are read for themselves.
func (f *file) manifestPlaces() places {
	var all places
	for _, r := range f.readings {
		for _, m := range r.manifests {
			all = append(all, m.content)
		}
	}
	return all.joined()
}
