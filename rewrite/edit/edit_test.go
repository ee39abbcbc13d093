package edit_test

import (
	"slices"
	"strings"
	"testing"

	"shellfree/rewrite/edit"
)

func TestApply(t *testing.T) {
	const text = "0123456789"
	tests := []struct {
		name  string
		edits []edit.Edit
		want  string
		says  string // what the error says instead
	}{
		{name: "none", want: text},
		{name: "in any order", edits: []edit.Edit{{Start: 8, End: 9, New: "x"}, {Start: 0, End: 1, New: "ab"}}, want: "ab1234567x9"},
		{name: "insertion and deletion", edits: []edit.Edit{{Start: 3, End: 3, New: "-"}, {Start: 5, End: 7, New: ""}}, want: "012-34789"},
		{name: "side by side", edits: []edit.Edit{{Start: 4, End: 6, New: "b"}, {Start: 2, End: 4, New: "a"}}, want: "01ab6789"},
		{name: "insertion before a replacement", edits: []edit.Edit{{Start: 4, End: 6, New: "b"}, {Start: 4, End: 4, New: "a"}}, want: "0123ab6789"},
		{name: "insertion behind a replacement", edits: []edit.Edit{{Start: 4, End: 4, New: "b"}, {Start: 2, End: 4, New: "a"}}, want: "01ab456789"},
		{name: "insertions at one place stay in their order", edits: []edit.Edit{{Start: 4, End: 4, New: "b"}, {Start: 4, End: 4, New: "a"}}, want: "0123ba456789"},
		{name: "at both ends", edits: []edit.Edit{{Start: 10, End: 10, New: ">"}, {Start: 0, End: 0, New: "<"}}, want: "<0123456789>"},
		{name: "everything", edits: []edit.Edit{{Start: 0, End: 10, New: ""}}, want: ""},
		{name: "overlap", edits: []edit.Edit{{Start: 2, End: 5, New: "a"}, {Start: 4, End: 6, New: "b"}}, says: "bytes 4 to 6 overlaps another or lies outside"},
		{name: "one inside of another", edits: []edit.Edit{{Start: 4, End: 5, New: "b"}, {Start: 2, End: 8, New: "a"}}, says: "bytes 4 to 5 overlaps"},
		{name: "an insertion inside of a replacement", edits: []edit.Edit{{Start: 2, End: 8, New: "a"}, {Start: 4, End: 4, New: "b"}}, says: "bytes 4 to 4 overlaps"},
		{name: "twice the same", edits: []edit.Edit{{Start: 2, End: 4, New: "a"}, {Start: 2, End: 4, New: "a"}}, says: "bytes 2 to 4 overlaps"},
		{name: "behind the end", edits: []edit.Edit{{Start: 9, End: 11, New: "a"}}, says: "bytes 9 to 11 overlaps another or lies outside"},
		{name: "before the start", edits: []edit.Edit{{Start: -1, End: 1, New: "a"}}, says: "bytes -1 to 1"},
		{name: "backwards", edits: []edit.Edit{{Start: 5, End: 4, New: "a"}}, says: "bytes 5 to 4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, edits := []byte(text), slices.Clone(tt.edits)
			got, err := edit.Apply(in, edits)
			if string(got) != tt.want || (err != nil) != (tt.says != "") || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %q, %v; want %q and an error with %q", got, err, tt.want, tt.says)
			}
			if string(in) != text || !slices.Equal(edits, tt.edits) {
				t.Errorf("what it was given is %q and %v now", in, edits)
			}
		})
	}
}

// TestMoved tells where each byte of a text is afterwards. Bytes that an edit takes
// have no place, and stand as dots here.
func TestMoved(t *testing.T) {
	const text = "0123456789"
	tests := []struct {
		name  string
		edits []edit.Edit
		kept  string // the bytes that have a place afterwards
	}{
		{"none", nil, "0123456789"},
		{"longer", []edit.Edit{{Start: 2, End: 4, New: "abcde"}}, "01..456789"},
		{"shorter", []edit.Edit{{Start: 2, End: 6, New: "a"}}, "01....6789"},
		{"insertion", []edit.Edit{{Start: 3, End: 3, New: "abc"}}, "0123456789"},
		{"deletion at the start", []edit.Edit{{Start: 0, End: 3, New: ""}}, "...3456789"},
		{"several in any order", []edit.Edit{{Start: 7, End: 9, New: ""}, {Start: 1, End: 2, New: "abc"}, {Start: 4, End: 4, New: "-"}}, "0.23456..9"},
		{"side by side", []edit.Edit{{Start: 4, End: 6, New: "b"}, {Start: 2, End: 4, New: "aaa"}}, "01....6789"},
		{"insertion between two replacements", []edit.Edit{{Start: 4, End: 6, New: "b"}, {Start: 4, End: 4, New: "-"}, {Start: 2, End: 4, New: "aaa"}}, "01....6789"},
		{"at the end", []edit.Edit{{Start: 8, End: 10, New: "abcd"}, {Start: 10, End: 10, New: "."}}, "01234567.."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after, err := edit.Apply([]byte(text), tt.edits)
			if err != nil {
				t.Fatal(err)
			}
			moved := edit.Moved(tt.edits)
			for at, want := range []byte(tt.kept) {
				if to := moved(at); want != '.' && (to < 0 || to >= len(after) || after[to] != want) {
					t.Errorf("byte %d is said to be byte %d of %q", at, to, after)
				}
			}
			if end := moved(len(text)); end != len(after) {
				t.Errorf("the end is said to be at %d of %q", end, after)
			}
		})
	}
}

// TestMovedInside: what lies inside of a replaced piece counts from its old start.
func TestMovedInside(t *testing.T) {
	moved := edit.Moved([]edit.Edit{{Start: 0, End: 1, New: "ab"}, {Start: 2, End: 6, New: "x"}})
	for at, want := range map[int]int{1: 2, 2: 3, 5: 6, 6: 4} {
		if got := moved(at); got != want {
			t.Errorf("offset %d moves to %d, want %d", at, got, want)
		}
	}
}
