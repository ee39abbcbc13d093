package reading

import (
	"slices"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/span"
)

// Places are spans in the order of the text that don't overlap.
type Places []span.Span

func (p Places) Sorted() Places {
	slices.SortFunc(p, func(a, b span.Span) int { return a.Start - b.Start })
	return p
}

// Joined returns the Places of spans in any order that may overlap.
func (p Places) Joined() Places {
	var all Places
	for _, s := range p.Sorted() {
		if last := len(all) - 1; last >= 0 && s.Start < all[last].End {
			all[last].End = max(all[last].End, s.End)
			continue
		}
		all = append(all, s)
	}
	return all
}

// Around returns the place that an offset lies in.
func (p Places) Around(offset int) (span.Span, bool) {
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

func (p Places) Hold(offset int) bool {
	_, found := p.Around(offset)
	return found
}

// HoldAll reports whether one of the Places holds all of a placeholder.
func (p Places) HoldAll(x dialect.Placeholder) bool {
	s, found := p.Around(x.Start)
	return found && x.End <= s.End
}

// commandOffsets returns where the commands of all readings begin, in order.
func (t *Text) commandOffsets() []int {
	var all []int
	for _, r := range t.Readings {
		for _, c := range r.Commands {
			all = append(all, c.Extent().Start)
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

// stringPlaces returns the strings that are read for themselves.
func (t *Text) stringPlaces() Places {
	var all Places
	for _, r := range t.Readings {
		for _, m := range r.Strings {
			all = append(all, m.Content)
		}
	}
	return all.Joined()
}
