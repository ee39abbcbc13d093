package dialect

import (
	"iter"
	"slices"
)

// Branches returns masks for a text in which control blocks have a tag between
// two offsets, such as an if/else inside a list. Each mask shows one branch of
// each of these blocks, and each branch is shown by one of them; a block without
// else is shown and left out. There are none where no tag stands there.
func (m *Mask) Branches(start, end int) iter.Seq[*Mask] {
	return func(yield func(*Mask) bool) {
		among := m.blocksBetween(start, end)
		var seen [][]extent
		for _, b := range among {
			branches := len(b.tags) - 1
			for k := range max(branches, 2) { // of a single branch, the second is nothing
				dropped := merge(append(slices.Clone(m.omitted), m.others(among, b, k)...))
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

// blocksBetween returns the blocks with a tag between two offsets.
func (m *Mask) blocksBetween(start, end int) []block {
	return slices.DeleteFunc(blocks(m.Placeholders), func(b block) bool {
		return !b.isConditional() || !slices.ContainsFunc(b.tags, func(i int) bool {
			return m.Placeholders[i].Start >= start && m.Placeholders[i].End <= end
		})
	})
}

// others returns all branches of some blocks but branch k of one of them, those
// that it stands in, and the first of each other block.
func (m *Mask) others(among []block, one block, k int) []extent {
	var dropped []extent
	for _, b := range among {
		shown := b.branchWith(one)
		if b.tags[0] == one.tags[0] {
			shown = k
		}
		dropped = append(dropped, m.branchesBut(b, shown)...)
	}
	return dropped
}

// branchesBut returns the branches of a block but one.
func (m *Mask) branchesBut(b block, shown int) []extent {
	var dropped []extent
	for i := range len(b.tags) - 1 {
		if i != shown {
			dropped = append(dropped, extent{m.Placeholders[b.tags[i]].End, m.Placeholders[b.tags[i+1]].Start})
		}
	}
	return dropped
}

// isConditional reports a block whose text may be left out or come several times.
func (b block) isConditional() bool {
	return b.verb != "define" && b.verb != "macro" && b.verb != "raw"
}

// branchWith returns the branch that another block stands in, the first where
// it stands in none.
func (b block) branchWith(other block) int {
	for i := range len(b.tags) - 1 {
		if b.tags[i] < other.tags[0] && other.tags[len(other.tags)-1] < b.tags[i+1] {
			return i
		}
	}
	return 0
}

// Without returns a mask of the same text that leaves out some of it; each part
// is a start and an end offset.
func (m *Mask) Without(parts [][2]int) *Mask {
	var dropped []extent
	for _, p := range parts {
		dropped = append(dropped, extent{p[0], p[1]})
	}
	return build(m.original, m.Placeholders, merge(dropped), m.dialects)
}
