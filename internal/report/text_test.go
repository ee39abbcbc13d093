package report

import (
	"testing"

	"shellfree/rewrite/source"
)

// TestPointer asserts that the caret is below the right column of a terminal. Wide characters
// take two columns, combining ones none, and a control character as many as its replacement.
func TestPointer(t *testing.T) {
	for _, tt := range []struct {
		name, line    string
		column        int
		shown, before string
	}{
		{"plain", "a: [sh]", 5, "a: [sh]", "    "},
		{"wide", "日本: [sh]", 6, "日本: [sh]", "       "},
		{"emoji", "😀: [sh]", 5, "😀: [sh]", "     "},
		{"combining", "e\u0301: [sh]", 6, "e\u0301: [sh]", "    "},
		{"tabs", "\ta:\t[sh]", 6, "\ta:\t[sh]", "\t  \t "},
		{"control", "\x1ba: [sh]", 6, "\ufffda: [sh]", "     "},
		{"beyond the end", "a", 9, "a", " "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			shown, before := sourceLine(source.New("f", []byte(tt.line)), source.Position{Line: 1, Column: tt.column})
			if shown != tt.shown || before != tt.before {
				t.Errorf("got %q below %q, want %q below %q", before, shown, tt.before, tt.shown)
			}
		})
	}
}
