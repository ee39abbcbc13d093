package edit_test

import (
	"testing"

	"shellfree/rewrite/edit"
)

// TestItems takes items out of command and puts words in: before an item, or in
// its place.
func TestItems(t *testing.T) {
	tests := []struct {
		name    string
		text    string // a container
		drop    []int
		before  int
		words   []string
		instead bool
		want    string
		says    string // what the error says instead
	}{
		{name: "nothing", text: "command: [/a, b]\n", want: "command: [/a, b]\n"},
		{name: "drop the first", text: "command: [ /a,  b, c ]\n", drop: []int{0}, want: "command: [ b, c ]\n"},
		{name: "drop one between", text: "command: [ /a,  b, c ]\n", drop: []int{1}, want: "command: [ /a, c ]\n"},
		{name: "drop the last", text: "command: [ /a,  b, c ]\n", drop: []int{2}, want: "command: [ /a,  b ]\n"},
		{name: "drop the last before a comma", text: "command: [\n  /a,\n  b,\n]\n", drop: []int{1}, want: "command: [\n  /a,\n]\n"},
		{name: "drop neighbours", text: "command: [/a, b, c, d]\n", drop: []int{1, 2}, want: "command: [/a, d]\n"},
		{name: "drop two apart", text: "command: [/a, b, c, d]\n", drop: []int{1, 3}, want: "command: [/a, c]\n"},
		{name: "drop all but one", text: "command: [/a, b, c, d]\n", drop: []int{0, 1, 3}, want: "command: [c]\n"},
		{name: "drop all, flow", text: "command: [/a, b,]\n", drop: []int{0, 1}, want: "command: []\n"},
		{name: "drop all, block", text: "command:\n- /a\n- b\nimage: i\n", drop: []int{0, 1}, want: "command: []\nimage: i\n"},
		{name: "drop from a block", text: "command:\n  -  /a\n  - 'b'\n  - c\nimage: i\n", drop: []int{1}, want: "command:\n  -  /a\n  - c\nimage: i\n"},
		{name: "drop the first of a block", text: "command:\n  -  /a\n  - 'b'\n", drop: []int{0}, want: "command:\n  -  'b'\n"},
		{name: "drop the last of a block, its comment stays", text: "command:\n- /a\n- b # last\n", drop: []int{1}, want: "command:\n- /a # last\n"},
		{name: "drop a block scalar", text: "command:\n- /a\n- |\n  b\n  c\n- d\n", drop: []int{1}, want: "command:\n- /a\n- d\n"},
		{name: "drop with CRLF", text: "command:\r\n- /a\r\n- b\r\n- c\r\n", drop: []int{1}, want: "command:\r\n- /a\r\n- c\r\n"},
		{name: "drop from JSON", text: "{\"command\":[\n\t\"/a\",\n\t\"b\"\n]}", drop: []int{1}, want: "{\"command\":[\n\t\"/a\"\n]}"},
		{name: "a comment elsewhere stays", text: "command:\n- /a\n# c\n- b\n- c\n", drop: []int{2}, want: "command:\n- /a\n# c\n- b\n"},
		{name: "a comment before a dropped item", text: "command:\n- /a\n# the flag\n- b\n- c\n", drop: []int{1}, says: "a comment, a blank line or a placeholder stands between"},
		{name: "a comment between dropped items", text: "command:\n- /a\n- b\n# the flag\n- c\n", drop: []int{1, 2}, says: "a comment, a blank line"},
		{name: "a comment behind a dropped first item", text: "command: [/a, # the program\n  b]\n", drop: []int{0}, says: "a comment, a blank line"},
		{name: "a blank line before a dropped item", text: "command:\n- /a\n\n- b\n", drop: []int{1}, says: "a comment, a blank line"},
		{name: "a placeholder before a dropped item", text: "command: [\"/a\"{{glued}}, \"b\"]\n", drop: []int{1}, says: "or a placeholder stands between"},
		{name: "a placeholder behind a dropped item", text: "command: [\"/a\", \"b\"{{glued}}, \"c\"]\n", drop: []int{1}, want: "command: [\"/a\"{{glued}}, \"c\"]\n"},
		{name: "a comment between items that all go", text: "command:\n- /a\n# c\n- b\n", drop: []int{0, 1}, says: "a comment stands between the items"},

		{name: "put before the first", text: "command: ['/a', 'b']\n", words: []string{"/r", "--l=f"}, want: "command: ['/r', '--l=f', '/a', 'b']\n"},
		{name: "put between", text: "command: [/t,\n  /a,\n  b]\n", before: 1, words: []string{"/r", "--l=f"}, want: "command: [/t,\n  /r,\n  --l=f,\n  /a,\n  b]\n"},
		{name: "put into a block", text: "command:\n- /t\n# runs it\n- /a\n-   b\n", before: 1, words: []string{"/r", "--l=f"}, want: "command:\n- /t\n# runs it\n- /r\n-   --l=f\n-   /a\n-   b\n"},
		{name: "put before a single item", text: "command:\n  -  /a\n", words: []string{"/r"}, want: "command:\n  -  /r\n  -  /a\n"},
		{name: "put into CRLF", text: "command:\r\n- /a\r\n", words: []string{"/r"}, want: "command:\r\n- /r\r\n- /a\r\n"},
		{name: "put into JSON", text: "{\"command\":[\"/a\",\"b\"]}", words: []string{"/r\t"}, want: "{\"command\":[\"/r\\t\",\"/a\",\"b\"]}"},
		{name: "put into tabs", text: "command: [\n\t/a,\n\tb]\n", words: []string{"/r"}, want: "command: [\n\t\"/r\",\n\t/a,\n\tb]\n"},
		{name: "put and drop", text: "command: [/a, b, c]\n", drop: []int{1}, words: []string{"/r"}, want: "command: [/r, /a, c]\n"},
		{name: "put and drop all", text: "command: [\n  /a, b\n]\n", drop: []int{0, 1}, words: []string{"/r", "c"}, want: "command: [\n  /r, c\n]\n"},
		{name: "put, and a comment before what goes", text: "command:\n- /a\n# c\n- b\n", drop: []int{1}, words: []string{"/r"}, says: "a comment, a blank line"},

		{name: "instead of the first", text: "command: [\"/a\", b]\n", words: []string{"/r"}, instead: true, want: "command: [\"/r\", b]\n"},
		{name: "instead of one in a block, with more behind", text: "command:\n- /t\n- /a # prog\n- b\n", before: 1, words: []string{"/r", "--l=f"}, instead: true, want: "command:\n- /t\n- /r\n- --l=f # prog\n- b\n"},
		{name: "instead, and drop", text: "command: [/a, b, c]\n", drop: []int{2}, words: []string{"/r"}, instead: true, want: "command: [/r, b]\n"},

		{name: "an anchor", text: "command: &c [/a, b]\n", drop: []int{1}, says: "shared by its anchor &c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, tt.text)
			change := edit.Change{Request: c.request(), Drop: map[int]bool{}, Before: tt.before, Words: words(tt.words...), Instead: tt.instead}
			change.Script = change.Command.Content[0]
			for _, i := range tt.drop {
				change.Drop[i] = true
			}
			edits, err := edit.Items(change)
			c.check(t, edits, err, tt.want, tt.says)
		})
	}
}
