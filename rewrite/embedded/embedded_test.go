package embedded_test

import (
	"bytes"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/embedded"
)

// read returns the text of the value of key k, and the file around it.
func read(t *testing.T, file string) (embedded.Text, string) {
	t.Helper()
	docs, errs := document.Parse([]byte(file))
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatalf("%q: %v", file, errs)
	}
	n := docs[0].Root.Content[1]
	content, ok := docs[0].Spans.Content(n)
	if n.Kind != yaml.ScalarNode || !ok {
		t.Fatalf("%q: the value has no place", file)
	}
	return embedded.Read([]byte(file), []byte(file), n, content), file
}

// TestRead requires that the text is the value, and that each § in it leads to a §
// of the file.
func TestRead(t *testing.T) {
	tests := []struct {
		name, file, want string
		exact            bool
	}{
		{"literal", "k: |\n  a§\n    §b\n\n  §\n", "a§\n  §b\n\n§\n", true},
		{"literal, stripped", "k: |-\n  a§", "a§", true},
		{"literal, kept", "k: |+\n  §\n\n", "§\n", true},
		{"literal, indicator", "k: |1\n   a§\n", "  a§\n", true},
		{"literal, blank first", "k: |\n\n  §\n", "\n§\n", true},
		{"literal, blanks behind", "k: |\n  §  \n   \n  §\n", "§  \n \n§\n", true},
		{"literal, anchor and comment", "k: &a !!str | # c\n  §\n", "§\n", true},
		{"literal, CRLF", "k: |\r\n  a§\r\n  §\r\n", "a§\r\n§\r\n", true},
		{"literal, tab", "k: |\n  a\n  \t§\n", "a\n\t§\n", true},
		{"folded", "k: >\n  a§\n  §b\n\n  §\n   §\n", "a§ §b\n§\n §\n", false},
		{"plain", "k: a §\n  b§\n", "a § b§", false},
		{"single", "k: 'it''s §\n\n   §'\n", "it's §\n§", false},
		{"double", `k: "\"§\n§\u00e9§\x41§\U0001F600§\\§"` + "\n", "\"§\n§é§A§😀§\\§", false},
		{"double, lines", "k: \"a§ \\\n   \\  §b\n   §\"\n", "a§   §b §", false},
		{"double, a break behind a fold", "k: \"a\n   \\n§b\n\n\n  §\"\n", "a \n§b\n\n§", false},
		{"JSON", `{"k": "\ud83d\ude00§\tx\/§"}`, "😀§\tx/§", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, file := read(t, tt.file)
			if string(got.Bytes) != tt.want || got.Exact != tt.exact {
				t.Fatalf("got %q, exact %v", got.Bytes, got.Exact)
			}
			for at := range tt.want {
				if !strings.HasPrefix(tt.want[at:], "§") {
					continue
				}
				if !strings.HasPrefix(file[got.Offset(at):], "§") {
					t.Errorf("byte %d leads to %q", at, file[got.Offset(at):])
				}
			}
		})
	}
}

// TestEdit requires that an edit of the text, made in the file, gives the edited
// text.
func TestEdit(t *testing.T) {
	tests := []struct{ name, file, old, new, want string }{
		{"in a line", "k: |\n  a: b\nl: c\n", "b", "d", "k: |\n  a: d\nl: c\n"},
		{"new lines", "k: |\n  a: b\n  c\n", "a: b", "a:\n- b\n\n- d", "k: |\n  a:\n  - b\n\n  - d\n  c\n"},
		{"lines away", "k: |\n  a\n    b\n\n    c\n  d\n", "  b\n\n  c\n", "", "k: |\n  a\n  d\n"},
		{"up to a line", "k: |\n  a\n  b\n", "a\n", "c\n", "k: |\n  c\n  b\n"},
		{"up to a blank line", "k: |\n  a\n\n  b\n", "a\n", "c\n", "k: |\n  c\n\n  b\n"},
		{"CRLF", "k: |\r\n    a\r\n", "a", "b\r\nc", "k: |\r\n    b\r\n    c\r\n"},
		{"to the end", "k: |\n  a", "a", "b\nc", "k: |\n  b\n  c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, file := read(t, tt.file)
			start := bytes.Index(text.Bytes, []byte(tt.old))
			inner := edit.Edit{Start: start, End: start + len(tt.old), New: tt.new}
			got, err := edit.Apply([]byte(file), []edit.Edit{text.Edit(inner)})
			if err != nil || string(got) != tt.want {
				t.Fatalf("got %q, %v", got, err)
			}
			want, err := edit.Apply(text.Bytes, []edit.Edit{inner})
			if again, _ := read(t, string(got)); err != nil || !bytes.Equal(again.Bytes, want) {
				t.Errorf("the string holds %q, not %q", again.Bytes, want)
			}
		})
	}
}
