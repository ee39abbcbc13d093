package edit_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/edit"
)

func TestArrayPlaceholders(t *testing.T) {
	long := strings.Repeat("b", 60)
	checkArrays(t, []arrayRow{
		{
			name: "glued in a flow list, all items get quotes", argv: []string{"/a", "{{x}}*", "b"},
			text: "command: [sh, -c, 'exec /a {{x}} b']\n",
			want: "command: ['/a'{{x}}, 'b']\n",
		},
		{
			name: "glued in a plain flow list", argv: []string{"/a", "{{x}}*", "{{y}}*", "b"},
			text: "command: [\n  sh,\n  -c,\n  exec /a {{x}} b\n]\n",
			want: "command: [\n  \"/a\"{{x}}{{y}},\n  \"b\"\n]\n",
		},
		{
			name: "glued in JSON", argv: []string{"/a", "b", "{{x}}*"},
			text: "{\"command\": [\"sh\", \"-c\",\n  \"exec /a b {{x}}\"]}",
			want: "{\"command\": [\"/a\", \"b\"{{x}}]}",
		},
		{
			name: "a block list becomes a flow list", argv: []string{"/a", "{{x}}*", "b"},
			text: "command:\n- sh\n- -c\n- exec /a {{x}} b\nimage: i\n",
			want: "command: [\"/a\"{{x}}, \"b\"]\nimage: i\n",
		},
		{
			name: "a block list below a comment becomes a flow list", argv: []string{"/a", "{{x}}*"},
			text: "command: # why\n- sh\n- -c\n- exec /a {{x}}\n",
			want: "command: # why\n  [\"/a\"{{x}}]\n",
		},
		{
			name: "a long flow list takes a line for each item", argv: []string{"/a", "{{x}}*", long},
			text: "  command:\r\n  -   sh\r\n  -   -c\r\n  -   exec /a {{x}}\r\n  image: i\r\n",
			want: "  command: [\r\n      \"/a\"{{x}},\r\n      \"" + long + "\"]\r\n  image: i\r\n",
		},
		{
			name: "a flow list of 80 columns has room on its line", argv: []string{"/a", "{{x}}*", long[:54]},
			text: "  command:\n  - sh\n  - -c\n  - exec /a {{x}}\n",
			want: "  command: [\"/a\"{{x}}, \"" + long[:54] + "\"]\n",
		},
		{
			name: "a flow list of 81 columns has none", argv: []string{"/a", "{{x}}*", long[:55]},
			text: "  command:\n  - sh\n  - -c\n  - exec /a {{x}}\n",
			want: "  command: [\n    \"/a\"{{x}},\n    \"" + long[:55] + "\"]\n",
		},
		{
			name: "a byte order mark takes no column", argv: []string{"/a", "{{x}}*", long[:56]},
			text: "\ufeffcommand:\n- sh\n- -c\n- exec /a {{x}}\n",
			want: "\ufeffcommand: [\"/a\"{{x}}, \"" + long[:56] + "\"]\n",
		},
		{
			name: "a comment between items that are glued together", argv: []string{"/a", "{{x}}*"},
			text: "command: [sh, # the shell\n  'exec /a {{x}}']\n",
			says: "a comment or blank line stands between items that become one",
		},
		{
			name: "a comment has no place in a flow list", argv: []string{"/a", "{{x}}*", "b"},
			text: "command:\n- sh\n# -e is missing\n- -c\n- exec /a {{x}}\n",
			says: "a comment or blank line stands between the items, and the list must become [ ]",
		},
		{
			name: "behind the program it stays in command", argv: []string{"/a", "{{x}}*", "{{y}}*", "b"},
			text: "command: [sh, -c]\nargs: [exec /a {{x}} {{y}} b]\n",
			want: "command: [\"/a\"{{x}}{{y}}]\nargs: [b]\n",
		},
		{
			name: "behind an argument it stays in args", argv: []string{"/a", "b", "{{x}}*"},
			text: "command: [sh, -c]\nargs: [exec /a b {{x}}]\n",
			want: "command: [/a]\nargs: [\"b\"{{x}}]\n",
		},
		{
			name: "behind a wrapper", keep: 1, argv: []string{"/tini", "/a", "{{x}}*"},
			text: "command: [/tini, sh, -c, \"exec /a {{x}}\"]\n",
			want: "command: [/tini, \"/a\"{{x}}]\n",
		},
		{
			name: "one word", argv: []string{"/a", "{{x}}", "--y={{y}}", "z-{{z}}"},
			text: "command:\n- sh\n- -c\n- exec /a {{x}} --y={{y}} z-{{z}}\n",
			want: "command:\n- /a\n- \"{{x}}\"\n- --y={{y}}\n- z-{{z}}\n",
		},
	}, asParsed)
	checkArrays(t, []arrayRow{
		{
			name: "upstream, an item of its own", argv: []string{"/a", "{{x}}*", "b"},
			text: "command: [\n  \"sh\",\n  \"-c\",\n  \"exec /a {{x}} b\"]\n",
			want: "command: [\n  \"/a\",\n  {{x}},\n  \"b\"]\n",
		},
		{
			name: "upstream, a comment stays where as many items stand apart", argv: []string{"/a", "{{x}}*"},
			text: "command: [sh, # first\n  exec /a {{x}}]\n",
			want: "command: [\"/a\", # first\n  {{x}}]\n",
		},
		{
			name: "upstream, a block list becomes a flow list", argv: []string{"/a", "{{x}}*", "b"},
			text: "command:\n- sh\n- -c\n- exec /a {{x}} b\n",
			want: "command: [\"/a\", {{x}}, \"b\"]\n",
		},
	}, func(r *edit.Request) { r.Upstream = true })
}

func TestArrayComments(t *testing.T) {
	checkArrays(t, []arrayRow{
		{
			name: "as many items", argv: []string{"/a", "b", "c"},
			text: "command:\n- sh # the shell\n# its flag\n- -c\n\n- exec /a b c # the script\n",
			want: "command:\n- /a # the shell\n# its flag\n- b\n\n- c # the script\n",
		},
		{
			name: "more items take the last separator without a comment", argv: []string{"/a", "b", "c", "d"},
			text: "command:\n  - sh\n  - -c\n  # the script\n  - exec /a b c d\n",
			want: "command:\n  - /a\n  - b\n  # the script\n  - c\n  - d\n",
		},
		{
			name: "all separators have comments", argv: []string{"/a", "b", "c"},
			text: "command:\n  - sh\n\n  -   exec /a b c\n",
			want: "command:\n  - /a\n\n  -   b\n  - c\n",
		},
		{
			name: "a comment behind the only dash", argv: []string{"/a", "b"},
			text: "command:\n- # the script\n  run.sh\n",
			want: "command:\n- # the script\n  /a\n- b\n",
		},
		{
			name: "flow with comments", argv: []string{"/a", "b", "c"},
			text: "command: [\n  # first\n  sh, # second\n  exec /a b c\n]\n",
			want: "command: [\n  # first\n  /a, # second\n  b, c\n]\n",
		},
		{
			name: "before the first item and behind the last", argv: []string{"/a", "b"},
			text: "command:\n# first\n- # below\n  sh\n- -c\n- exec /a b\n# last\nimage: i\n",
			want: "command:\n# first\n- # below\n  /a\n- b\n# last\nimage: i\n",
		},
		{
			name: "a comment between items that become one", argv: []string{"/a"},
			text: "command:\n- sh # the shell\n- -c\n- exec /a\n",
			says: "a comment or blank line stands between items that become one",
		},
		{
			name: "a blank line between items that become one", argv: []string{"/a", "b"},
			text: "command:\n- sh\n- -c\n\n- exec /a\n",
			says: "a comment or blank line stands between items that become one",
		},
		{
			name: "a comment between kept items", keep: 2, argv: []string{"/tini", "--", "/a"},
			text: "command:\n- /tini\n# ends here\n- --\n- sh\n- -c\n- exec /a\n",
			want: "command:\n- /tini\n# ends here\n- --\n- /a\n",
		},
	}, asParsed)
}

func TestArrayBytes(t *testing.T) {
	checkArrays(t, []arrayRow{
		{
			name: "CRLF", argv: []string{"/a", "b", "c"},
			text: "command:\r\n- sh\r\n- exec /a b c\r\nimage: i\r\n",
			want: "command:\r\n- /a\r\n- b\r\n- c\r\nimage: i\r\n",
		},
		{
			name: "CRLF, one item", argv: []string{"/a", "b"},
			text: "command:\r\n  - run.sh\r\n",
			want: "command:\r\n  - /a\r\n  - b\r\n",
		},
		{
			name: "CRLF, a blank line", argv: []string{"/a"},
			text: "command:\r\n- sh\r\n\r\n- exec /a\r\n",
			says: "a comment or blank line",
		},
		{
			name: "CR", argv: []string{"/a", "b"},
			text: "command:\r  - run.sh\r",
			want: "command:\r  - /a\r  - b\r",
		},
		{
			name: "tabs between plain items", argv: []string{"/a", "b"},
			text: "command: [\n\tsh,\n\texec /a b\n]\n",
			want: "command: [\n\t\"/a\",\n\t\"b\"\n]\n",
		},
		{
			name: "a tab before the first item", argv: []string{"/a", "b"},
			text: "command: [\tsh, -c, exec /a b]\n",
			want: "command: [\t\"/a\", \"b\"]\n",
		},
		{
			name: "a tab inside of an item", keep: 1, argv: []string{"/t\tu", "/a", "b"},
			text: "command: ['/t\tu', sh, -c, exec /a b]\n",
			want: "command: ['/t\tu', /a, b]\n",
		},
		{
			name: "a tab behind the last item", argv: []string{"/a", "b"},
			text: "command: [sh, -c, exec /a b\t]\n",
			want: "command: [/a, b\t]\n",
		},
	}, asParsed)
}

func TestArrayRefuses(t *testing.T) {
	checkArrays(t, []arrayRow{
		{name: "an anchor", argv: []string{"/a"}, text: "command: &c [sh, -c, exec /a]\n", says: "the list is shared by its anchor &c"},
		{name: "an anchor of an item", argv: []string{"/a"}, text: "command: [sh, &c -c, exec /a]\n", says: `item "-c" is shared by an anchor`},
		{name: "an alias", argv: []string{"/a"}, text: "name: &n sh\ncommand: [*n, -c, exec /a]\n", says: `item "n" is shared by an anchor`},
		{name: "an item without bytes", argv: []string{"/a"}, text: "command:\n-\n- exec /a\n", says: `the end of item "" can't be found`},
		{name: "a type before a block", argv: []string{"/a"}, text: "command: !!seq\n- sh\n- -c\n- exec /a\n", says: "the list has its type written before it, !!seq"},
		{
			name: "a type before a flow list", argv: []string{"/a"},
			text: "command: !!seq [sh, -c, exec /a]\n", want: "command: !!seq [/a]\n",
		},
	}, asParsed)
}
