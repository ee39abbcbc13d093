// Package suggestion finds the known names that a misspelt word resembles.
package suggestion

import (
	"slices"
	"strings"
)

// Nearest returns the known names that an unknown name resembles, the nearest
// first and three at most: those that differ only in upper and lower case or in at
// most a third of the letters, or that contain the name.
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

// For returns the end of a message about an unknown name: did you mean A or B?
// When no known name resembles it, the message lists all known names.
func For(name string, known []string) string {
	if near := Nearest(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "use one of " + strings.Join(known, ", ")
}

// Misspelt reports whether word differs from meant by a few letters at most; upper
// and lower case count as the same letter. An equal word is not misspelt.
func Misspelt(word, meant string) bool {
	return word != meant && distance(strings.ToLower(word), strings.ToLower(meant)) <= max(1, len(meant)/4)
}

// distance counts the letters to add, drop or change, and the neighbouring letters
// to swap, that turn a into b (optimal string alignment).
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
