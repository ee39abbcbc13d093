package transforms

import (
	"path"
	"strings"
)

// index finds programs by their names without asking every pattern.
type index struct {
	exact    map[string]int // the first program with a name that is no pattern
	patterns []pattern      // the others, in the order of the programs
}

type pattern struct {
	text    string
	program int
}

func newIndex(programs []Program) index {
	x := index{exact: map[string]int{}}
	for i, p := range programs {
		for _, name := range p.Names {
			if strings.ContainsAny(name, `*?[\`) {
				x.patterns = append(x.patterns, pattern{name, i})
			} else if _, known := x.exact[name]; !known {
				x.exact[name] = i
			}
		}
	}
	return x
}

// firstNamed returns the first program that a name is one of, -1 if none.
func (x index) firstNamed(name string) int {
	found, known := x.exact[name]
	if !known {
		found = -1
	}
	for _, p := range x.patterns {
		if known && p.program > found {
			break
		}
		if ok, _ := path.Match(p.text, name); ok {
			return p.program
		}
	}
	return found
}
