package dialect

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
)

// Variants returns further masks to try when Text does not parse, the likelier
// ones first: with the first branch of every if/else only, the second only, none
// that depends on a condition, the third only and so on; then the same once more
// with the lines blanked that hold only ${NAME}. A variant does not show commands in
// the parts that it leaves out: see [Mask.Omitted].
func (m *Mask) Variants() iter.Seq[*Mask] {
	return func(yield func(*Mask) bool) {
		dollars := m.dollarLines()
		seen := [][]extent{nil}
		for _, extra := range [][]extent{nil, dollars} {
			for _, branches := range m.alternatives() {
				dropped := mergeExtents(append(slices.Clone(branches), extra...))
				if slices.ContainsFunc(seen, func(s []extent) bool { return slices.Equal(s, dropped) }) {
					continue
				}
				seen = append(seen, dropped)
				if !yield(buildMask(m.original, m.Placeholders, dropped, m.dialects)) {
					return
				}
			}
		}
	}
}

// Omitted returns the byte offsets, end exclusive, of each part of the original
// that a variant leaves out. The part is blank in Text, and its placeholders have no
// word.
func (m *Mask) Omitted() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for _, e := range m.omitted {
			if !yield(e.from, e.to) {
				return
			}
		}
	}
}

// alternatives returns for each variant the branches that it leaves out; the first
// leaves out none.
func (m *Mask) alternatives() [][]extent {
	all := make([][]extent, 4)
	for _, b := range controlBlocks(m.Placeholders) {
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

// furtherBranches returns the branches to leave out so that only the third branch of
// each if/else is left, the fourth and so on; of those with fewer branches the last.
func (m *Mask) furtherBranches() [][]extent {
	var all [][]extent
	for k := 2; k < branchLimit; k++ {
		var dropped []extent
		more := false
		for _, b := range controlBlocks(m.Placeholders) {
			if !b.isConditional() {
				continue
			}
			more = more || len(b.tags)-1 > k
			dropped = append(dropped, m.branchesExcept(b, min(k, len(b.tags)-2))...)
		}
		if !more {
			return all
		}
		all = append(all, dropped)
	}
	return all
}

// dollarLines returns the lines outside of scalars that hold only ${NAME}, which
// deployment scripts fill with mappings.
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

// DollarLines returns the lines between two offsets that hold only ${NAME} and that the
// mask leaves out, each as a placeholder.
func (m *Mask) DollarLines(start, end int) []Placeholder {
	var all []Placeholder
	for _, e := range m.omitted {
		from, to := max(e.from, start), min(e.to, end)
		for line := range bytes.Lines(m.original[from:max(from, to)]) {
			text := bytes.TrimSpace(line)
			if bytes.HasPrefix(text, []byte("${")) && bytes.HasSuffix(text, []byte("}")) {
				at := from + bytes.Index(line, text)
				all = append(all, Placeholder{Start: at, End: at + len(text), Text: string(text), Dialect: envsubst.Name})
			}
			from += len(line)
		}
	}
	return all
}

// mergeExtents sorts extents and joins those that overlap or touch.
func mergeExtents(extents []extent) []extent {
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
