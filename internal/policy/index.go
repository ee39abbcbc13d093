package policy

import "shellfree/rewrite"

// index finds the exceptions that may cover a finding. Files may have many
// comments, so they are looked up by their lines.
type index struct {
	comments map[int][]*Exception
	others   []*Exception
}

func newIndex(all []*Exception) index {
	x := index{comments: map[int][]*Exception{}}
	for _, e := range all {
		for _, n := range e.lines {
			x.comments[n] = append(x.comments[n], e)
		}
		if len(e.lines) == 0 {
			x.others = append(x.others, e)
		}
	}
	return x
}

// about returns the exceptions to ask for the i-th finding, each once.
func (x index) about(f rewrite.Finding, i int) []*Exception {
	all := x.others[:len(x.others):len(x.others)]
	if len(x.comments) == 0 {
		return all
	}
	first, last := lines(f)
	for n := first; n <= last; n++ {
		for _, e := range x.comments[n] {
			if e.asked != i+1 {
				e.asked = i + 1
				all = append(all, e)
			}
		}
	}
	return all
}
