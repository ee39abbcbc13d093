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
	for _, n := range []int{10, 90, 40, 40, 100} { // forwards, backwards, again
		if got := src.Position(2 + 2*n); got != (source.Position{Line: 2, Column: n + 1}) {
			t.Errorf("after %d letters: %v", n, got)
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
