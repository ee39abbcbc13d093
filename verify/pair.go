package verify

import (
	"slices"

	"shellfree/rewrite"
)

// pair is a command before and after; one of them may be missing.
type pair struct{ before, after *rewrite.Start }

// pairs matches the commands of two manifests: first those whose object still
// has its name, then those of the same container and site.
func pairs(before, after []rewrite.Start) []pair {
	partner := make([]int, len(before)) // index in after, -1 for none
	taken := make([]bool, len(after))
	for i := range partner {
		partner[i] = -1
	}
	for _, alike := range []func(a, b rewrite.Start) bool{sameObject, sameContainer} {
		for i, b := range before {
			for j, a := range after {
				if partner[i] < 0 && !taken[j] && alike(b, a) {
					partner[i], taken[j] = j, true
				}
			}
		}
	}
	var all []pair
	for i := range before {
		p := pair{before: &before[i]}
		if partner[i] >= 0 {
			p.after = &after[partner[i]]
		}
		all = append(all, p)
	}
	for j := range after {
		if !taken[j] {
			all = append(all, pair{after: &after[j]})
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return a.line() - b.line() })
	return all
}

func (p pair) line() int {
	if p.after != nil {
		return p.after.At.Line
	}
	return p.before.At.Line
}

func sameObject(a, b rewrite.Start) bool {
	return a.Kind == b.Kind && a.Object == b.Object && sameContainer(a, b)
}

func sameContainer(a, b rewrite.Start) bool { return a.Container == b.Container && a.Site == b.Site }
