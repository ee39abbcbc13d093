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
		{"in any order", []edit.Edit{{8, 9, "x"}, {0, 1, "ab"}}, "ab1234567x9"},
		{"insertion and deletion", []edit.Edit{{3, 3, "-"}, {5, 7, ""}}, "012-34789"},
		{"side by side", []edit.Edit{{2, 4, "a"}, {4, 6, "b"}}, "01ab6789"},
		{"overlap", []edit.Edit{{2, 5, "a"}, {4, 6, "b"}}, ""},
		{"behind the end", []edit.Edit{{9, 11, "a"}}, ""},
		{"backwards", []edit.Edit{{5, 4, "a"}}, ""},
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
