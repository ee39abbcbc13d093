// Package suggestion finds what was probably meant by a misspelt word.
package suggestion

import (
	"slices"
	"strings"
)

// Nearest returns the names that were probably meant by one that is not known,
// the nearest first and three at most: those that differ in letters' case, in a
// third of the letters at most, or that the name is a part of.
func Nearest(name string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	var all []candidate
	low := strings.ToLower(name)
	for _, k := range known {
		d := distance(low, strings.ToLower(k))
		part := len(low) >= 3 && strings.Contains(strings.ToLower(k), low)
		if d <= max(1, (len(low)+1)/3) || part {
			all = append(all, candidate{k, d})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.distance - b.distance })
	var names []string
	for _, c := range all[:min(3, len(all))] {
		names = append(names, c.name)
	}
	return names
}

// For says what was probably meant by a name that is not known, as the end of
// a message: did you mean A or B? Where nothing is near it lists what is known.
func For(name string, known []string) string {
	if near := Nearest(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "use one of " + strings.Join(known, ", ")
}

// Misspelt reports whether a word differs from another by a few letters at most,
// case not counted; a word is no misspelling of itself in its very letters.
func Misspelt(word, meant string) bool {
	return word != meant && distance(strings.ToLower(word), strings.ToLower(meant)) <= max(1, len(meant)/4)
}

// distance counts the letters to add, drop or change, and the neighbours to
// swap (optimal string alignment).
func distance(a, b string) int {
	var before, last []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
