package dialect

import "slices"

// Conditions are the control blocks of a text whose branches may be left out.
type Conditions struct {
	mask   *Mask
	blocks []block     // inner ones first
	owner  map[int]int // index of the block, by the index of the placeholder that is its tag
}

// Conditions returns the control blocks of the text.
func (m *Mask) Conditions() *Conditions {
	c := &Conditions{mask: m, owner: map[int]int{}}
	for _, b := range controlBlocks(m.Placeholders) {
		if !b.isConditional() {
			continue
		}
		for _, tag := range b.tags {
			c.owner[tag] = len(c.blocks)
		}
		c.blocks = append(c.blocks, b)
	}
	return c
}

// Choices are the ways to show one branch of each of some control blocks.
type Choices struct {
	// Start and End are the byte offsets, end exclusive, of the text from the first
	// tag of the blocks to the last. The ways differ nowhere else.
	Start, End int
	// Hidden holds for each way the parts of the text that it leaves out, each as
	// byte offsets of its start and end.
	Hidden [][][2]int
}

// Between returns the ways to show the control blocks that have a tag between
// two offsets, such as an if/else inside a list. Each way shows one branch of
// each of these blocks, and each branch is shown by one of them. A block without
// else is shown by one way and left out by another. There are no ways where no tag
// stands there, or where there would be more than limit.
func (c *Conditions) Between(start, end, limit int) Choices {
	among := c.blocksBetween(start, end)
	choices := Choices{Start: start, End: end}
	var seen [][]extent
	for _, b := range among {
		choices.Start = min(choices.Start, c.mask.Placeholders[b.tags[0]].Start)
		choices.End = max(choices.End, c.mask.Placeholders[b.tags[len(b.tags)-1]].End)
		for k := range max(len(b.tags)-1, 2) { // a block without else counts as having an empty one
			dropped := mergeExtents(c.mask.hiddenBranches(among, b, k))
			if slices.ContainsFunc(seen, func(s []extent) bool { return slices.Equal(s, dropped) }) {
				continue
			}
			if seen = append(seen, dropped); len(seen) > limit {
				return Choices{}
			}
			choices.Hidden = append(choices.Hidden, offsetPairs(dropped))
		}
	}
	return choices
}

func offsetPairs(extents []extent) [][2]int {
	all := make([][2]int, len(extents))
	for i, e := range extents {
		all[i] = [2]int{e.from, e.to}
	}
	return all
}

// blocksBetween returns the blocks with a tag between two offsets.
func (c *Conditions) blocksBetween(start, end int) []block {
	var found []int
	for _, i := range c.mask.Within(start, end) {
		p := c.mask.Placeholders[i]
		if at, ok := c.owner[i]; ok && p.Start >= start && p.End <= end {
			found = append(found, at)
		}
	}
	slices.Sort(found)
	var among []block
	for _, at := range slices.Compact(found) {
		among = append(among, c.blocks[at])
	}
	return among
}

// hiddenBranches returns the branches to leave out of some blocks so that branch k of
// one of them is shown: all but that branch, the branches that it stands in, and the
// first branch of every other block.
func (m *Mask) hiddenBranches(among []block, one block, k int) []extent {
	var dropped []extent
	for _, b := range among {
		shown := b.branchWith(one)
		if b.tags[0] == one.tags[0] {
			shown = k
		}
		dropped = append(dropped, m.branchesExcept(b, shown)...)
	}
	return dropped
}

// branchesExcept returns the branches of a block without one, given by its index.
func (m *Mask) branchesExcept(b block, shown int) []extent {
	var dropped []extent
	for i := range len(b.tags) - 1 {
		if i != shown {
			dropped = append(dropped, extent{m.Placeholders[b.tags[i]].End, m.Placeholders[b.tags[i+1]].Start})
		}
	}
	return dropped
}

// isConditional reports a block whose text may be left out or be repeated.
func (b block) isConditional() bool {
	return b.verb != "define" && b.verb != "macro" && b.verb != "raw"
}

// branchWith returns the index of the branch that another block stands in, 0 where
// it stands in none.
func (b block) branchWith(other block) int {
	for i := range len(b.tags) - 1 {
		if b.tags[i] < other.tags[0] && other.tags[len(other.tags)-1] < b.tags[i+1] {
			return i
		}
	}
	return 0
}

// Without returns a mask of the same text that leaves out more of it. Each part is
// given by the byte offsets of its start and end.
func (m *Mask) Without(parts [][2]int) *Mask {
	dropped := slices.Clone(m.omitted)
	for _, p := range parts {
		dropped = append(dropped, extent{p[0], p[1]})
	}
	return buildMask(m.original, m.Placeholders, mergeExtents(dropped), m.dialects)
}
