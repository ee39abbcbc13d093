package edit_test

import (
	"testing"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
)

func TestApply(t *testing.T) {
	text := []byte("0123456789")
	tests := []struct {
		name  string
		edits []edit.Edit
		want  string // "" for an error
	}{
		{"none", nil, "0123456789"},
		{"in any order", []edit.Edit{{Start: 8, End: 9, New: "x"}, {Start: 0, End: 1, New: "ab"}}, "ab1234567x9"},
		{"insertion and deletion", []edit.Edit{{Start: 3, End: 3, New: "-"}, {Start: 5, End: 7, New: ""}}, "012-34789"},
		{"side by side", []edit.Edit{{Start: 2, End: 4, New: "a"}, {Start: 4, End: 6, New: "b"}}, "01ab6789"},
		{"overlap", []edit.Edit{{Start: 2, End: 5, New: "a"}, {Start: 4, End: 6, New: "b"}}, ""},
		{"behind the end", []edit.Edit{{Start: 9, End: 11, New: "a"}}, ""},
		{"backwards", []edit.Edit{{Start: 5, End: 4, New: "a"}}, ""},
	}
	for _, tt := range tests {
		got, err := edit.Apply(text, tt.edits)
		if (err != nil) != (tt.want == "") || string(got) != tt.want {
			t.Errorf("%s: got %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
	if string(text) != "0123456789" {
		t.Error("Apply changed its input")
	}
}

func TestValue(t *testing.T) {
	variable := invocation.Part{Kind: invocation.Variable, Text: "NAME"}
	placeholder := invocation.Part{Kind: invocation.Placeholder, Text: "{{x}}"}
	literal := func(s string) invocation.Part { return invocation.Part{Text: s} }
	tests := []struct {
		parts      []invocation.Part
		want, hook string
	}{
		{[]invocation.Part{literal("a$b")}, "a$b", "a$b"},
		{[]invocation.Part{literal("$(NAME)")}, "$$(NAME)", "$(NAME)"},
		{[]invocation.Part{literal("$"), literal("(NAME)")}, "$$(NAME)", "$(NAME)"},
		{[]invocation.Part{literal("$"), variable}, "$$$(NAME)", "$$(NAME)"},
		{[]invocation.Part{literal("$"), placeholder}, "$${{x}}", "${{x}}"},
		{[]invocation.Part{placeholder, variable, literal("$")}, "{{x}}$(NAME)$", "{{x}}$(NAME)$"},
		{nil, "", ""},
	}
	for _, tt := range tests {
		w := invocation.Word{Parts: tt.parts}
		if got := edit.Value(w, false); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.parts, got, tt.want)
		}
		if got := edit.Value(w, true); got != tt.hook {
			t.Errorf("%v in a hook: got %q, want %q", tt.parts, got, tt.hook)
		}
	}
}
