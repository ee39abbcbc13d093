package dialect

import "slices"

// Branch is one part of a control block: what stands between two of its tags.
type Branch struct {
	Start, End int    // byte offsets, tags excluded
	Opener     string // the block's first tag, as in the file
}

// Enclosing returns the branches of the text's conditional blocks that a byte offset
// stands in, the inner ones first.
func (m *Mask) Enclosing(offset int) []Branch {
	var all []Branch
	for _, b := range controlBlocks(m.Placeholders) {
		if !b.isConditional() {
			continue
		}
		for i := range len(b.tags) - 1 {
			branch := Branch{m.Placeholders[b.tags[i]].End, m.Placeholders[b.tags[i+1]].Start, m.Placeholders[b.tags[0]].Text}
			if branch.Start <= offset && offset < branch.End {
				all = append(all, branch)
			}
		}
	}
	return all
}

// ConditionOf returns the opener of a branch that an offset stands in and another
// does not: what is at the first may be left out where the other is not.
func (m *Mask) ConditionOf(offset, other int) (string, bool) {
	if len(m.Placeholders) == 0 {
		return "", false
	}
	around := m.Enclosing(other)
	for _, b := range m.Enclosing(offset) {
		if !slices.Contains(around, b) {
			return b.Opener, true
		}
	}
	return "", false
}
