package dialect

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
)

// Variants returns further masks, to try when Text does not parse, the likelier
// first: of every if/else the first branch only, then the second only, then
// nothing that depends on a condition, then the third and further ones only; then
// the same with the lines blanked that hold only ${NAME}. Commands in what is left out are not seen: see
// [Mask.Omitted].
func (m *Mask) Variants() iter.Seq[*Mask] {
	return func(yield func(*Mask) bool) {
		dollars := m.dollarLines()
		seen := [][]extent{nil}
		for _, extra := range [][]extent{nil, dollars} {
			for _, branches := range m.alternatives() {
				dropped := merge(append(slices.Clone(branches), extra...))
				if slices.ContainsFunc(seen, func(s []extent) bool { return slices.Equal(s, dropped) }) {
					continue
				}
				seen = append(seen, dropped)
				if !yield(build(m.original, m.Placeholders, dropped, m.dialects)) {
					return
				}
			}
		}
	}
}

// Omitted returns the byte offsets, end exclusive, of each part of the original
// that a variant leaves out. It is blank in Text, and the placeholders in it
// have no word.
func (m *Mask) Omitted() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for _, e := range m.omitted {
			if !yield(e.from, e.to) {
				return
			}
		}
	}
}

// alternatives returns what each variant leaves out, nothing first.
func (m *Mask) alternatives() [][]extent {
	all := make([][]extent, 4)
	for _, b := range blocks(m.Placeholders) {
		if !b.isConditional() {
			continue
		}
		last := len(b.tags) - 2
		for k := 0; k <= last; k++ {
			branch := extent{m.Placeholders[b.tags[k]].End, m.Placeholders[b.tags[k+1]].Start}
			if k != 0 {
				all[1] = append(all[1], branch)
			}
			if last > 0 && k != 1 {
				all[2] = append(all[2], branch)
			}
			if (last == 0 && b.verb != "for" && b.verb != "range") || k != 0 {
				all[3] = append(all[3], branch)
			}
		}
	}
	return append(all, m.furtherBranches()...)
}

// branchLimit bounds how many branches of an if/else get a variant.
const branchLimit = 6

// furtherBranches returns what leaves nothing but the third branch of each
// if/else, the fourth and so on, or the last one of those that have less.
func (m *Mask) furtherBranches() [][]extent {
	var all [][]extent
	for k := 2; k < branchLimit; k++ {
		var dropped []extent
		more := false
		for _, b := range blocks(m.Placeholders) {
			if !b.isConditional() {
				continue
			}
			more = more || len(b.tags)-1 > k
			dropped = append(dropped, m.branchesBut(b, min(k, len(b.tags)-2))...)
		}
		if !more {
			return all
		}
		all = append(all, dropped)
	}
	return all
}

// dollarLines returns the lines outside of scalars that hold only ${NAME}: a
// deployment script puts mappings there.
func (m *Mask) dollarLines() []extent {
	if !bytes.Contains(m.original, []byte("${")) {
		return nil
	}
	found := Find(m.original, append(slices.Clone(m.dialects), envsubst))
	var lines []extent
	for _, line := range layout(m.original, found).blank {
		text := bytes.TrimSpace(m.original[line.from:line.to])
		if bytes.HasPrefix(text, []byte("${")) {
			lines = append(lines, line)
		}
	}
	return lines
}

// merge puts extents in order and joins those that overlap.
func merge(extents []extent) []extent {
	slices.SortFunc(extents, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	var merged []extent
	for _, e := range extents {
		if last := len(merged) - 1; last >= 0 && e.from <= merged[last].to {
			merged[last].to = max(merged[last].to, e.to)
			continue
		}
		merged = append(merged, e)
	}
	return merged
}
