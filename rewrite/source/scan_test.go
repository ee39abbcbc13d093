package source_test

import (
	"testing"

	"shellfree/rewrite/source"

	"github.com/google/go-cmp/cmp"
)

func TestLineStarts(t *testing.T) {
	tests := []struct {
		text string
		want []int
	}{
		{"", []int{0}},
		{"a", []int{0}},
		{"a\n", []int{0, 2}},
		{"a\r\nb\rc\n\rd", []int{0, 3, 5, 7, 8}},
		{"a\u0085b\u2028c\u2029d", []int{0, 3, 7, 11}},
		{"a\u0086\u2027\u202a", []int{0}},
		{"\uFEFFa\n\uFEFFb", []int{3, 5}},
		{"a\xc2", []int{0}},
		{"a\xe2\x80", []int{0}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, source.LineStarts([]byte(test.text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestLines shows where the line of each text ends and the next begins.
func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text      string
		end, next int
	}{
		{"", 0, 0}, {"a", 1, 1}, {"a\n", 1, 2}, {"a\r\nb", 1, 3}, {"a\rb", 1, 2}, {"é\u0085b", 2, 4}, {"\u2028", 0, 3}, {"\u2027", 3, 3},
	} {
		if end := source.LineEnd([]byte(tt.text), 0); end != tt.end {
			t.Errorf("%q ends at %d, want %d", tt.text, end, tt.end)
		}
		if next := source.NextLine([]byte(tt.text), 0); next != tt.next {
			t.Errorf("%q: the next line is at %d, want %d", tt.text, next, tt.next)
		}
	}
	for offset, want := range map[int]int{0: 0, 1: 0, 2: 2, 3: 2, 5: 5} {
		if got := source.LineStart([]byte("a\nb\r\nc"), offset); got != want {
			t.Errorf("the line of %d starts at %d, want %d", offset, got, want)
		}
	}
}

func TestBlanks(t *testing.T) {
	for text, want := range map[string][2]int{"": {0, 0}, " \t a": {3, 1}, "\ta": {1, 0}, "  ": {2, 2}, "  \n": {2, 2}} {
		if got := [2]int{source.SkipBlanks([]byte(text), 0), source.Indentation([]byte(text))}; got != want {
			t.Errorf("%q: blanks and indentation %v, want %v", text, got, want)
		}
	}
}

func TestQuoteEnd(t *testing.T) {
	for text, want := range map[string]int{
		`""`: 2, `''`: 2, `"a\"b" "`: 6, `'a''b' '`: 6, `'a\'b`: 4, `"a''`: -1, `'a"`: -1, `"a\"`: -1, `"a\`: -1, `'a''`: -1, `"`: -1,
	} {
		if got := source.QuoteEnd([]byte(text), 0); got != want {
			t.Errorf("%s ends at %d, want %d", text, got, want)
		}
	}
}
