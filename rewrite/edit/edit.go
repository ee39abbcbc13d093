// Package edit writes a command's new array, its env and workingDir into the bytes of
// the file, in the style of the text that is there.
package edit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"

	"shellfree/rewrite/source"
)

// Edit is one edit of a text.
type Edit = source.Edit

// Apply returns text with all edits made. Edits that overlap or lie outside of
// the text are an error, since the code that made them is wrong.
func Apply(text []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	var out bytes.Buffer
	out.Grow(len(text) + addedBytes(edits))
	at := 0
	for _, e := range sorted {
		if e.Start < at || e.End < e.Start || e.End > len(text) {
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps another or lies outside of the text", e.Start, e.End)
		}
		out.Write(text[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.Write(text[at:])
	return out.Bytes(), nil
}

// addedBytes returns the number of bytes that the edits write.
func addedBytes(edits []Edit) int {
	n := 0
	for _, e := range edits {
		n += len(e.New)
	}
	return n
}

// Moved returns a function that turns an offset of the text into the one after the
// edits. An offset where an edit ends comes to lie behind that edit's new text.
func Moved(edits []Edit) func(at int) int {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return a.End - b.End })
	by := make([]int, len(sorted)+1) // by[n]: the bytes that the first n edits add
	for i, e := range sorted {
		by[i+1] = by[i] + len(e.New) - (e.End - e.Start)
	}
	return func(at int) int {
		return at + by[sort.Search(len(sorted), func(i int) bool { return sorted[i].End > at })]
	}
}
