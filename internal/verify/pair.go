package verify

import (
	"slices"

	"shellfree/rewrite"
)

// pair is a command before and after; one of them may be missing.
type pair struct{ before, after *rewrite.Start }

// pairCommands pairs the commands of two manifests: first those with the same object,
// container and site, then those with the same container and site.
func pairCommands(before, after []rewrite.Start) []pair {
	partner := make([]int, len(before)) // index in after, -1 for none
	taken := make([]bool, len(after))
	for i := range partner {
		partner[i] = -1
	}
	for _, name := range []func(rewrite.Start) commandName{nameInObject, nameInContainer} {
		pairByName(before, after, partner, taken, name)
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

// pairByName pairs each command without a partner with the first command of the same
// name that has none either.
func pairByName(before, after []rewrite.Start, partner []int, taken []bool, name func(rewrite.Start) commandName) {
	free := map[commandName][]int{} // indexes in after
	for j, a := range after {
		if !taken[j] {
			free[name(a)] = append(free[name(a)], j)
		}
	}
	for i, b := range before {
		if js := free[name(b)]; partner[i] < 0 && len(js) > 0 {
			partner[i], taken[js[0]] = js[0], true
			free[name(b)] = js[1:]
		}
	}
}

// commandName is the name of a command, by which it is found again.
type commandName struct{ kind, object, container, site string }

func nameInObject(s rewrite.Start) commandName {
	return commandName{s.Kind, s.Object, s.Container, s.Site}
}

func nameInContainer(s rewrite.Start) commandName {
	return commandName{container: s.Container, site: s.Site}
}
