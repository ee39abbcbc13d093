package excerpt_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/excerpt"
	"shellfree/rewrite/span"
)

// hasX reports a part with an X: in these texts X stands for a command.
func hasX(text string) func(span.Span) bool {
	return func(part span.Span) bool { return strings.Contains(text[part.Start:part.End], "X") }
}

// TestLines shows which lines are kept: those that begin with a bar.
func TestLines(t *testing.T) {
	for _, tt := range []struct{ title, text string }{
		{"nothing may matter", " a: 1\n b:\n - c\n"},
		{"what leads to a match", "|a:\n   b:\n     c: d\n|  e:\n|    f: X\n"},
		{"fields that match", "|a: X\n b: 1\n c: {d: [e]}\n"},
		{"on several lines too", "|a: |\n|  X\n b: c\n"},
		{"no others", "|a: X\n b: 'c\n   d'\n e: |\n   f\n g: h\n   i\n"},
		{"but the fields that findings name", "|spec: X\n|kind:\n|  Pod\n|metadata:\n|  name: |\n|    a\n   labels:\n     b: c\n"},
		{"comments and blank lines belong to what is above", "|a: X\n|\n|# c\n b:\n   - c\n # d\n e: f\n"},
		{"a comment below a key does not", "|a:\n  # b\n|  c: X\n"},
		{"items that match", "|a:\n - b\n|- X\n|  c\n - d\n"},
		{"the first field of an item, which holds its dash", "|a:\n|- b:\n|  - c\n   d:\n   - e\n|  f: X\n"},
		{"a dash of its own", "|-\n   a:\n   - b\n|  c: X\n"},
		{"all that a command depends on", "|containers:\n|- name: a\n|  command:\n|  - X\n|  env:\n|  - name: b\n|  lifecycle:\n|    preStop:\n|      exec:\n   ports:\n   - d\n"},
		{"the container's neighbours are left out", "|containers:\n - name: a\n   command: [b]\n|- name: c\n|  command: [X]\n"},
		{"a command elsewhere, and the object around it", "|kind: A\n|metadata:\n|  name: b\n|args:\n|- X\n spec:\n   c: d\n"},
		{"a JSON patch", "|- op: add\n|  path: /a\n|  value:\n|    b:\n|    - c: X\n - op: remove\n   path: /b\n"},
		{"one where containers stand, as a template may leave it", "|containers:\n|- op: add\n|  path: /a\n|  value:\n|  - X\n"},
		{"line ends, marker and byte order mark", " \ufeff---\r\n|a: X\r\n b:\r\n - c\r\n"},
	} {
		checkLines(t, tt.title, tt.text)
	}
}

// checkLines compares the lines of a text that are kept with those that should be.
func checkLines(t *testing.T, title, marked string) {
	t.Helper()
	text, want := "", ""
	for line := range strings.Lines(marked) {
		text += line[1:]
		if line[0] == '|' {
			want += line[1:]
		}
	}
	e, ok := excerpt.Of([]byte(text), hasX(text))
	got := ""
	for _, l := range e.Lines {
		got += text[l.Start:l.End]
	}
	if !ok || got != want {
		t.Errorf("%s: %t, kept\n%s\nwant\n%s", title, ok, got, want)
	}
}

// TestWhole lists documents that have to be decoded as a whole, and similar ones that
// don't.
func TestWhole(t *testing.T) {
	for _, tt := range []struct {
		title string
		texts []string
		ok    bool
	}{
		{"anchors, aliases, merges, tags", []string{"a: &b c\n", "a: *b\n", "<<: {b: c}\n", "a: {<<: b}\n", "a: !!str b\n", "&a b: c\n"}, false},
		{"complex keys", []string{"? a\n: b\n", "[a]: b\n", "\"a\\\"\": b\n"}, false},
		{"the same bytes inside of text", []string{"a: b & c\n", "a: b*\n", "a: ?b\n", "a: :b\n", "a: '<<'\n", "a: b!\n"}, true},
		{"tabs but behind a value", []string{"a:\tb\n", "\ta: b\n", "a: b\t\n", "a: |\n  \tb\n", "a: \"\t\"\n", "a: [\tb]\n"}, false},
		{"tabs behind a value, and in a block scalar", []string{"a: 'b'\t# c\n", "a: [b]\t\n", "a: |\n  b\n  \tc\n"}, true},
		{"odd headers of block scalars", []string{"a: |2\n   b\n", "a: |-+\n  b\n", "a: | # c\n  b\n"}, false},
		{"block scalars", []string{"a: |-\n  b\n", "a: >+ \n\n  b\n\n", "- |\n b\n", "a: |\n"}, true},
		{"a block scalar whose indentation goes back, or begins deeper", []string{"a: |\n   b\n  c\n", "a: |\n    \n  b\n"}, false},
		{"escapes that a decoder has to judge", []string{`a: "\x41"`, `a: "\/"`, "a: \"b\\\n  c\"", `a: "\q"`}, false},
		{"other escapes", []string{`a: "\0\a\b\t\n\v\f\r\e\ \"\\\N\_\L\P"`}, true},
		{"quotes that don't end, or not the line", []string{"a: 'b\n", "a: \"b\n", "a: 'b' c\n", "a: 'b'# c\n", "'a\n b': c\n"}, false},
		{"brackets", []string{"a: [b, 'c', \"d\", {e: f:g, \"h\": -i}]\n", "a: {}\n", "a: [\nb,\n]\n"}, true},
		{"brackets with anything odd", []string{"a: [b\n", "a: [b c: d]\n", "a: [:b]\n", "a: [b # c\n]\n", "a: [- b]\n", "a: {b}\n", "a: [b] c\n", "a: [b\nc]\n", "a: [é]\n"}, false},
		{"several markers, or more on one", []string{"---\n---\na: b\n", "--- a\n", "a: b\n...\n", "--- # a\nb: c\n"}, false},
		{"a scalar alone, or nothing that is a mapping", []string{"a\n", "'a'\n", "{a: b}\n", "a\nb: c\n"}, false},
		{"indentation that fits nothing", []string{"a:\n  b: c\n d: e\n", "a: b\n  c: d\n", " a: b\nc: d\n", "- a\nb: c\n", "a: b\n- c\n", "a: - b\n", "a: b: c\n"}, false},
		{"indentation of all kinds", []string{"a:\n- b\nc: d\n", "a:\n    - b:\n      - c\n      d: e\n", "- - a\n  - b\n-   c: d\n    e: f\n"}, true},
		{"bytes that may be line breaks, or none of YAML's", []string{"a: b\rc: d\n", "a: b\u0085\n", "a: b\u2028\n", "a: \x01\n", "a: b\ufeff\n", "a: \x7f\n"}, false},
		{"other letters", []string{"a: é\n", "é: 日本\n", "a: \u00a0b\n", "a: 😀\n"}, true},
		{"nesting that is too deep", []string{deep(101), "a: " + strings.Repeat("[", 60) + "b" + strings.Repeat("]", 60)}, false},
		{"keys that are too long", []string{strings.Repeat("a", 1001) + ": b\n", "a: {" + strings.Repeat("b", 1001) + ": c}\n"}, false},
	} {
		for _, text := range tt.texts {
			if _, ok := excerpt.Of([]byte(text), hasX(text)); ok != tt.ok {
				t.Errorf("%s: %q: %t, want %t", tt.title, text, ok, tt.ok)
			}
		}
	}
}

// deep returns mappings in each other.
func deep(n int) string {
	text := ""
	for i := range n {
		text += strings.Repeat(" ", i) + "a:\n"
	}
	return text
}

func TestObject(t *testing.T) {
	for _, tt := range []struct {
		text            string
		content, object bool
	}{
		{"# a\n\n", false, false},
		{"a: b\n", true, false},
		{"apiVersion: v1\n", true, true},
		{"a:\n  apiVersion: v1\n", true, false},
		{"spec:\n  containers:\n  - args: [a]\n", true, true},
		{"spec:\n  initContainers:\n  - name: a\n", true, false},
		{"command: [a]\nspec:\n  containers:\n  - name: a\n", true, false},
	} {
		e, ok := excerpt.Of([]byte(tt.text), hasX(tt.text))
		if !ok || e.Content != tt.content || e.Object != tt.object {
			t.Errorf("%q: %t, content %t, object %t", tt.text, ok, e.Content, e.Object)
		}
	}
}
