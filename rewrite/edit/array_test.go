package edit_test

import (
	"slices"
	"strings"
	"testing"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
)

// arrayRow is one new array and the whole text after it.
type arrayRow struct {
	name string
	text string // a container
	keep int    // items at the front that stay
	argv []string
	want string
	says string // what the error says instead
}

func checkArrays(t *testing.T, rows []arrayRow, set func(*edit.Request)) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := parse(t, row.text)
			r := c.request()
			r.Keep, r.Argv = row.keep, words(row.argv...)
			set(&r)
			edits, command, args, err := edit.Array(r)
			c.check(t, edits, err, row.want, row.says)
			if err == nil && !slices.ContainsFunc(r.Argv, hasPlaceholder) {
				checkItems(t, row.want, r, command, args)
			}
		})
	}
}

func hasPlaceholder(w invocation.Word) bool { return strings.Contains(w.String(), "{{") }

// checkItems asks a YAML decoder whether the text after holds the words, divided
// as Array says.
func checkItems(t *testing.T, after string, r edit.Request, command, args []invocation.Word) {
	t.Helper()
	values := func(words []invocation.Word) []string {
		var list []string
		for _, w := range words {
			list = append(list, edit.Value(w, r.Hook))
		}
		return list
	}
	if got := slices.Concat(command, args); !slices.Equal(values(got), values(r.Argv)) {
		t.Errorf("command %q and args %q are not %q", command, args, r.Argv)
	}
	c := parse(t, after)
	if got := c.items("command"); !slices.Equal(got, values(command)) {
		t.Errorf("command reads %q, want %q", got, values(command))
	}
	if got := c.items("args"); !slices.Equal(got, values(args)) {
		t.Errorf("args reads %q, want %q", got, values(args))
	}
}

func asParsed(*edit.Request) {}

func TestArrayStyles(t *testing.T) {
	checkArrays(t, []arrayRow{
		{
			name: "block, fewer items", argv: []string{"/a"},
			text: "command:\n- sh\n- -c\n- exec /a\nimage: i\n",
			want: "command:\n- /a\nimage: i\n",
		},
		{
			name: "block, more items", argv: []string{"/a", "b", "c", "d"},
			text: "name: n\ncommand:\n  -   sh\n  -   -c\n  -   exec /a b c d\nimage: i\n",
			want: "name: n\ncommand:\n  -   /a\n  -   b\n  -   c\n  -   d\nimage: i\n",
		},
		{
			name: "block, more items behind uneven dashes", argv: []string{"/a", "b", "c", "d"},
			text: "command:\n- sh\n-  -c\n-   exec /a b c d\n",
			want: "command:\n- /a\n-  b\n-   c\n-   d\n",
		},
		{
			name: "block of one item", argv: []string{"/a", "b"},
			text: "command:\n  -  run.sh\n",
			want: "command:\n  -  /a\n  -  b\n",
		},
		{
			name: "block with the item below the dash", argv: []string{"/a", "b"},
			text: "command:\n-\n  run.sh\n",
			want: "command:\n-\n  /a\n- b\n",
		},
		{
			name: "block at the start of a text with a byte order mark", argv: []string{"/a", "b"},
			text: "\ufeffcommand:\n- run.sh\n",
			want: "\ufeffcommand:\n- /a\n- b\n",
		},
		{
			name: "double quotes of the script", argv: []string{"/a", "--b=$(C)"},
			text: "command:\n- sh\n- -c\n- \"exec /a --b=$C\"\n",
			want: "command:\n- \"/a\"\n- \"--b=$(C)\"\n",
		},
		{
			name: "single quotes of the script", argv: []string{"/a", "it's", "two\nlines"},
			text: "command:\n- sh\n- -c\n- 'exec /a'\n",
			want: "command:\n- '/a'\n- 'it''s'\n- \"two\\nlines\"\n",
		},
		{
			name: "literal script, the first item has quotes", argv: []string{"/a", "b"},
			text: "command:\n- \"sh\"\n- -c\n- |\n  exec /a b\n\nimage: i\n",
			want: "command:\n- \"/a\"\n- \"b\"\n\nimage: i\n",
		},
		{
			name: "folded script, the first item has quotes", argv: []string{"/a", "b"},
			text: "command:\n- 'sh'\n- -c\n- >-\n  exec /a\n  b\nimage: i\n",
			want: "command:\n- '/a'\n- 'b'\nimage: i\n",
		},
		{
			name: "literal script, the first item is plain", argv: []string{"/a", "b"},
			text: "command:\n- sh\n- \"-c\"\n- |\n  exec /a b\n",
			want: "command:\n- /a\n- b\n",
		},
		{
			name: "nothing but literals", argv: []string{"/a"},
			text: "command:\n- |-\n  sh\n- -c\n- |\n  exec /a\n",
			want: "command:\n- /a\n",
		},
		{
			name: "flow on a line", argv: []string{"/a", "b", "c", "d"},
			text: "command: [sh, -c, exec /a b c d]\n",
			want: "command: [/a, b, c, d]\n",
		},
		{
			name: "flow on a line, narrow", argv: []string{"/a", "b", "c", "d"},
			text: "command: [\"sh\",\"-c\",\"exec /a b c d\"]\n",
			want: "command: [\"/a\",\"b\",\"c\",\"d\"]\n",
		},
		{
			name: "flow of one item", argv: []string{"/a", "b"},
			text: "command: [ run.sh ]\n",
			want: "command: [ /a, b ]\n",
		},
		{
			name: "flow of one item on its line", argv: []string{"/a", "b"},
			text: "command: [\n  run.sh\n]\n",
			want: "command: [\n  /a,\n  b\n]\n",
		},
		{
			name: "flow over lines, a comma at the end", argv: []string{"/a", "b", "c", "d"},
			text: "command: [\n  sh,\n  -c,\n  'exec /a b c d',\n]\n",
			want: "command: [\n  '/a',\n  'b',\n  'c',\n  'd',\n]\n",
		},
		{
			name: "flow over lines, commas first", argv: []string{"/a", "b", "c", "d"},
			text: "command: [sh\n  , -c\n  , exec /a b c d\n  ]\n",
			want: "command: [/a\n  , b\n  , c\n  , d\n  ]\n",
		},
		{
			name: "JSON on a line", argv: []string{"/a", "b"},
			text: `{"command":["sh","-c","exec /a b"],"image":"i"}`,
			want: `{"command":["/a","b"],"image":"i"}`,
		},
		{
			name: "JSON over lines with tabs", argv: []string{"/a", "b", "c", "d"},
			text: "{\n\t\"command\": [\n\t\t\"sh\",\n\t\t\"-c\",\n\t\t\"exec /a b c d\"\n\t]\n}\n",
			want: "{\n\t\"command\": [\n\t\t\"/a\",\n\t\t\"b\",\n\t\t\"c\",\n\t\t\"d\"\n\t]\n}\n",
		},
	}, asParsed)
}

func TestArrayLists(t *testing.T) {
	checkArrays(t, []arrayRow{
		{
			name: "args take all but the program", argv: []string{"/a", "b", "c"},
			text: "command: [sh, -c]\nargs: [exec /a b c]\n",
			want: "command: [/a]\nargs: [b, c]\n",
		},
		{
			name: "args first", argv: []string{"/a", "b", "c"},
			text: "args: [exec /a b c]\ncommand: [sh, -c]\n",
			want: "args: [b, c]\ncommand: [/a]\n",
		},
		{
			name: "each list in its own layout", argv: []string{"/a", "b", "c"},
			text: "command: [\"sh\", \"-c\"]\nargs:\n  - 'exec /a b c'\n",
			want: "command: ['/a']\nargs:\n  - 'b'\n  - 'c'\n",
		},
		{
			name: "no args are left, flow", argv: []string{"/a"},
			text: "command: [sh, -c]\nargs: [ exec /a ]\n",
			want: "command: [/a]\nargs: [  ]\n",
		},
		{
			name: "no args are left, flow with a comma at the end", argv: []string{"/a"},
			text: "command: [\"sh\", \"-c\"]\nargs: [\n  \"exec /a\" ,\n]\n",
			want: "command: [\"/a\"]\nargs: [\n  \n]\n",
		},
		{
			name: "no args are left, block", argv: []string{"/a"},
			text: "command:\n- sh\n- -c\nargs:\n- exec /a\nimage: i\n",
			want: "command:\n- /a\nargs: []\nimage: i\n",
		},
		{
			name: "no args are left, block below a comment", argv: []string{"/a"},
			text: "command:\n- sh\n- -c\nargs: # one script\n- exec /a\n",
			want: "command:\n- /a\nargs: # one script\n  []\n",
		},
		{
			name: "no args are left, a comment between them", argv: []string{"/a"},
			text: "command: [sh, -c]\nargs:\n- exec /a\n# the name of the shell\n- x\n",
			says: "a comment stands between the items",
		},
		{
			name: "a wrapper stays", keep: 2, argv: []string{"/tini", "--", "/a", "b"},
			text: "command:\n  - '/tini'\n  # the shell\n  - --\n  - sh\n  - -c\n  - exec /a b\n",
			want: "command:\n  - '/tini'\n  # the shell\n  - --\n  - /a\n  - b\n",
		},
		{
			name: "a wrapper and the program stay in command", keep: 2, argv: []string{"/tini", "--", "/a", "b"},
			text: "command: [/tini, --, sh, -c]\nargs: [exec /a b]\n",
			want: "command: [/tini, --, /a]\nargs: [b]\n",
		},
		{
			name: "a wrapper is all of command", keep: 2, argv: []string{"/tini", "--", "/a", "b"},
			text: "command:\n- /tini\n# ends here\n- --\nargs: [sh, -c, exec /a b]\n",
			want: "command:\n- /tini\n# ends here\n- --\nargs: [/a, b]\n",
		},
		{
			name: "a wrapper goes on in args", keep: 2, argv: []string{"/tini", "--", "/a", "b"},
			text: "command: ['/tini']\nargs: ['--', sh, -c, exec /a b]\n",
			want: "command: ['/tini']\nargs: ['--', /a, b]\n",
		},
		{
			name: "all of it stays", keep: 2, argv: []string{"/a", "b"},
			text: "command: [&a /a, b]\n",
			want: "command: [&a /a, b]\n",
		},
	}, asParsed)
}
