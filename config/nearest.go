package config

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

// distance is Levenshtein's: the letters to add, drop or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
