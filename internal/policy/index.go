package policy

import "shellfree/rewrite"

// exceptionIndex finds the exceptions that may cover a finding. A file may have many
// comments, so those are looked up by line.
type exceptionIndex struct {
	comments map[int][]*Exception
	others   []*Exception
}

func newExceptionIndex(all []*Exception) exceptionIndex {
	x := exceptionIndex{comments: map[int][]*Exception{}}
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

// candidates returns the exceptions that may cover the i-th finding, each once.
func (x exceptionIndex) candidates(f rewrite.Finding, i int) []*Exception {
	all := x.others[:len(x.others):len(x.others)]
	if len(x.comments) == 0 {
		return all
	}
	first, last := commandLines(f)
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
