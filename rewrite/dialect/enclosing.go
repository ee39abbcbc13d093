package dialect

import (
	"cmp"
	"slices"
	"sort"
)

// branch is one part of a conditional block: the text between two of its tags.
type branch struct {
	extent        // byte offsets, tags excluded
	opener string // the block's first tag, as in the file
	block  int    // offset of that tag
	around int    // the branch that it stands in, -1 for none
}

// ConditionOf returns the opener of a branch that the byte at an offset stands in and
// the byte at another does not: the first may be left out where the other is not.
func (m *Mask) ConditionOf(offset, other int) (opener string, found bool) {
	if len(m.Placeholders) == 0 {
		return "", false
	}
	for i := m.branchAt(offset); i >= 0; i = m.branches[i].around {
		if b := m.branches[i]; other < b.from || b.to <= other {
			return b.opener, true
		}
	}
	return "", false
}

// Apart reports two offsets in different branches of one block: the text at one never
// stands beside the text at the other.
func (m *Mask) Apart(a, b int) bool {
	if len(m.Placeholders) == 0 {
		return false
	}
	for i := m.branchAt(a); i >= 0; i = m.branches[i].around {
		for k := m.branchAt(b); k >= 0; k = m.branches[k].around {
			if i != k && m.branches[i].block == m.branches[k].block {
				return true
			}
		}
	}
	return false
}

// branchAt returns the index of the innermost branch that an offset stands in, -1 for
// none. The branches are found once, in the order of the text.
func (m *Mask) branchAt(offset int) int {
	if m.branches == nil {
		m.branches = m.conditionalBranches()
	}
	i := sort.Search(len(m.branches), func(i int) bool { return m.branches[i].from > offset }) - 1
	for i >= 0 && m.branches[i].to <= offset {
		i = m.branches[i].around
	}
	return i
}

// conditionalBranches returns the branches of the text's conditional blocks.
func (m *Mask) conditionalBranches() []branch {
	all := []branch{}
	for _, b := range controlBlocks(m.Placeholders) {
		for i := 0; b.isConditional() && i+1 < len(b.tags); i++ {
			inside := extent{m.Placeholders[b.tags[i]].End, m.Placeholders[b.tags[i+1]].Start}
			opener := m.Placeholders[b.tags[0]]
			all = append(all, branch{inside, opener.Text, opener.Start, -1})
		}
	}
	slices.SortStableFunc(all, func(a, b branch) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	for i := range all {
		around := i - 1
		for around >= 0 && all[around].to < all[i].to {
			around = all[around].around
		}
		all[i].around = around
	}
	return all
}
