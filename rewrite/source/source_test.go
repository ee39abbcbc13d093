package source_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/source"
)

func TestPosition(t *testing.T) {
	src := source.New("f", []byte("\ufeffab\r\n\té😀x\n\nlast"))
	tests := []struct {
		before string // the text up to the place
		want   source.Position
	}{
		{"\ufeffab", source.Position{Line: 1, Column: 3}},
		{"\ufeff", source.Position{Line: 1, Column: 1}},
		{"\ufeffab\r\n\té😀", source.Position{Line: 2, Column: 4}},
		{"\ufeffab\r\n\té", source.Position{Line: 2, Column: 3}},
		{"\ufeffab\r\n\té😀x\n\n", source.Position{Line: 4, Column: 1}},
		{"\ufeffab\r\n\té😀x\n\nlast", source.Position{Line: 4, Column: 5}},
	}
	for _, tt := range tests {
		if got := src.Position(len(tt.before)); got != tt.want {
			t.Errorf("after %q: got %v, want %v", tt.before, got, tt.want)
		}
	}
}

func TestPositionInLongLine(t *testing.T) {
	src := source.New("f", []byte("x\n"+strings.Repeat("é", 100)))
	for _, n := range []int{10, 90, 80, 81, 40, 40, 100, 99} { // forwards, backwards, again
		if got := src.Position(2 + 2*n); got != (source.Position{Line: 2, Column: n + 1}) {
			t.Errorf("after %d letters: %v", n, got)
		}
	}
}

// TestOffset asks for the places of a text forwards, backwards and again: each
// must lead back to its offset.
func TestOffset(t *testing.T) {
	text := "\ufeffab\r\n\té😀x\n\nlast"
	src := source.New("f", []byte(text))
	for _, offset := range []int{3, 4, 7, 8, 10, 14, 16, 20, 14, 14, 3, 8} {
		if got := src.Offset(src.Position(offset)); got != offset {
			t.Errorf("offset %d becomes %d", offset, got)
		}
		if got := source.New("f", []byte(text)).Offset(src.Position(offset)); got != offset {
			t.Errorf("offset %d becomes %d in a new source", offset, got)
		}
	}
	for at, want := range map[source.Position]int{{Line: 1, Column: 9}: 5, {Line: 2, Column: 9}: 15, {Line: 9, Column: 1}: len(text), {}: len(text)} {
		if got := src.Offset(at); got != want {
			t.Errorf("%v is at %d, want %d", at, got, want)
		}
	}
}

func TestAround(t *testing.T) {
	src := source.New("f", []byte("\ufeffab\r\n\té😀x\n"))
	for _, c := range []struct {
		offset, before, after int
		shown, ahead          string
	}{
		{4, 9, 9, "ab", "a"}, {3, 9, 1, "a", ""}, {10, 1, 1, "é😀", "é"}, {10, 9, 9, "\té😀x", "\té"}, {16, 1, 9, "", ""},
	} {
		if shown, ahead := src.Around(c.offset, c.before, c.after); shown != c.shown || ahead != c.ahead {
			t.Errorf("around %d: %q, %q; want %q, %q", c.offset, shown, ahead, c.shown, c.ahead)
		}
	}
}

func TestLine(t *testing.T) {
	src := source.New("f", []byte("a\r\nb\n"))
	for n, want := range map[int]string{0: "", 1: "a", 2: "b", 3: "", 4: ""} {
		if got := src.Line(n); got != want {
			t.Errorf("line %d: got %q, want %q", n, got, want)
		}
	}
}
