package dialect

import "slices"

// Conditions are the control blocks of a text whose parts may be left out.
type Conditions struct {
	mask   *Mask
	blocks []block     // inner ones first
	owner  map[int]int // the block of each placeholder that is a tag
}

// Conditions finds the control blocks of the text.
func (m *Mask) Conditions() *Conditions {
	c := &Conditions{mask: m, owner: map[int]int{}}
	for _, b := range blocks(m.Placeholders) {
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
	// Start and End are the byte offsets, end exclusive, of all that the blocks
	// hold; outside of it nothing is shown or left out.
	Start, End int
	// Hidden holds what each way leaves out, as offsets of starts and ends.
	Hidden [][][2]int
}

// Between returns the ways to show the control blocks that have a tag between
// two offsets, such as an if/else inside a list. Each way shows one branch of
// each of these blocks, and each branch is shown by one of them; a block without
// else is shown and left out. There are none where no tag stands there, and
// none where there would be more than a limit.
func (c *Conditions) Between(start, end, limit int) Choices {
	among := c.between(start, end)
	choices := Choices{Start: start, End: end}
	var seen [][]extent
	for _, b := range among {
		choices.Start = min(choices.Start, c.mask.Placeholders[b.tags[0]].Start)
		choices.End = max(choices.End, c.mask.Placeholders[b.tags[len(b.tags)-1]].End)
		for k := range max(len(b.tags)-1, 2) { // of a single branch, the second is nothing
			dropped := merge(c.mask.others(among, b, k))
			if slices.ContainsFunc(seen, func(s []extent) bool { return slices.Equal(s, dropped) }) {
				continue
			}
			if seen = append(seen, dropped); len(seen) > limit {
				return Choices{}
			}
			choices.Hidden = append(choices.Hidden, offsets(dropped))
		}
	}
	return choices
}

func offsets(extents []extent) [][2]int {
	all := make([][2]int, len(extents))
	for i, e := range extents {
		all[i] = [2]int{e.from, e.to}
	}
	return all
}

// between returns the blocks with a tag between two offsets.
func (c *Conditions) between(start, end int) []block {
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

// Without returns a mask of the same text that leaves out more of it; each part
// is a start and an end offset.
func (m *Mask) Without(parts [][2]int) *Mask {
	dropped := slices.Clone(m.omitted)
	for _, p := range parts {
		dropped = append(dropped, extent{p[0], p[1]})
	}
	return build(m.original, m.Placeholders, merge(dropped), m.dialects)
}
