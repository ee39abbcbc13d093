package edit_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
)

// insertRow asks for variables, NAME=value each, and a directory.
type insertRow struct {
	name string
	text string // a container
	env  []string
	dir  string
	want string
	says string // what the error says instead
}

func checkInserts(t *testing.T, rows []insertRow) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := parse(t, row.text)
			f := edit.Fields{Text: c.text, Spans: c.Spans, Container: c.Root, JSON: c.JSON}
			for _, variable := range row.env {
				name, value, _ := strings.Cut(variable, "=")
				f.Env = append(f.Env, invocation.Assignment{Name: name, Value: word(value)})
			}
			if row.dir != "" {
				f.Dir = word(row.dir)
			}
			edits, err := edit.Insert(f)
			c.check(t, edits, err, row.want, row.says)
		})
	}
}

// TestInsertKeys writes keys that the container lacks, behind command and args.
func TestInsertKeys(t *testing.T) {
	checkInserts(t, []insertRow{
		{name: "nothing", text: "command: [/a]\n", want: "command: [/a]\n"},
		{
			name: "both, block", env: []string{"A=b", "C=$(D) e"}, dir: "/d",
			text: "name: n\ncommand:\n- /a\n- b\nimage: i\n",
			want: "name: n\ncommand:\n- /a\n- b\nworkingDir: /d\nenv:\n- name: A\n  value: b\n- name: C\n  value: $(D) e\nimage: i\n",
		},
		{
			name: "behind args, which are last, and their comment", env: []string{"A=b"},
			text: "  command: [/a]\n  args:\n    -  b # c\n    -  d   # e\n  image: i\n",
			want: "  command: [/a]\n  args:\n    -  b # c\n    -  d   # e\n  env:\n    -  name: A\n       value: b\n  image: i\n",
		},
		{
			name: "behind command, which is last", dir: "/d",
			text: "args: [b]\ncommand: [/a]",
			want: "args: [b]\ncommand: [/a]\nworkingDir: /d",
		},
		{
			name: "dashes as in another list", env: []string{"A=b"},
			text: "command: [/a]\nports:\n    - containerPort: 1\n",
			want: "command: [/a]\nenv:\n    - name: A\n      value: b\nports:\n    - containerPort: 1\n",
		},
		{
			name: "dashes as in command, whatever other lists have", env: []string{"A=b"},
			text: "ports:\n- containerPort: 1\ncommand:\n  -  /a\nmounts:\n    - a\n",
			want: "ports:\n- containerPort: 1\ncommand:\n  -  /a\nenv:\n  -  name: A\n     value: b\nmounts:\n    - a\n",
		},
		{
			name: "dashes as in the first list that has any", env: []string{"A=b"},
			text: "ports:\n  - containerPort: 1\ncommand: [/a]\nmounts:\n- a\n",
			want: "ports:\n  - containerPort: 1\ncommand: [/a]\nenv:\n  - name: A\n    value: b\nmounts:\n- a\n",
		},
		{
			name: "dashes where no list has any", env: []string{"A=b"},
			text: "command: [/a]\nports: []\n",
			want: "command: [/a]\nenv:\n- name: A\n  value: b\nports: []\n",
		},
		{
			name: "quotes as image and keys have them", env: []string{"A=b"}, dir: "/d",
			text: "'command': [/a]\nname: \"n\"\nimage: 'i'\n",
			want: "'command': [/a]\n'workingDir': '/d'\n'env':\n- 'name': 'A'\n  'value': 'b'\nname: \"n\"\nimage: 'i'\n",
		},
		{
			name: "quotes as the name has them", dir: "/d",
			text: "name: \"n\"\ncommand: [/a]\n",
			want: "name: \"n\"\ncommand: [/a]\nworkingDir: \"/d\"\n",
		},
		{
			name: "values that need quotes, and an empty one", env: []string{"A=1", "B=", "C=yes", "D={{x}}"}, dir: "/d: e",
			text: "command: [/a]\n",
			want: "command: [/a]\nworkingDir: \"/d: e\"\nenv:\n- name: A\n  value: \"1\"\n- name: B\n  value: \"\"\n- name: C\n  value: \"yes\"\n- name: D\n  value: \"{{x}}\"\n",
		},
		{
			name: "the kubelet expands env and not workingDir", env: []string{`A=\$(B)`}, dir: `/\$(B)`,
			text: "command: [/a]\n",
			want: "command: [/a]\nworkingDir: /$(B)\nenv:\n- name: A\n  value: $$(B)\n",
		},
		{
			name: "CRLF", env: []string{"A=b"}, dir: "/d",
			text: "  command:\r\n  - /a\r\n  image: i\r\n",
			want: "  command:\r\n  - /a\r\n  workingDir: /d\r\n  env:\r\n  - name: A\r\n    value: b\r\n  image: i\r\n",
		},
		{
			name: "flow", env: []string{"A=b", "C=d,e"}, dir: "/d",
			text: "{name: n, command: [/a], image: i}\n",
			want: "{name: n, command: [/a], workingDir: /d, env: [{name: A, value: b}, {name: C, value: \"d,e\"}], image: i}\n",
		},
		{
			name: "flow over lines", env: []string{"A=b"}, dir: "/d",
			text: "{\n  name: n,\n  command: [/a],\n  image: i,\n}\n",
			want: "{\n  name: n,\n  command: [/a],\n  workingDir: /d,\n  env: [{name: A, value: b}],\n  image: i,\n}\n",
		},
		{
			name: "flow with a line break before command only", dir: "/d",
			text: "{name: n,\n  command: [/a], image: i}\n",
			want: "{name: n,\n  command: [/a],\n  workingDir: /d, image: i}\n",
		},
		{
			name: "flow with a comment before command", dir: "/d",
			text: "{name: n, # c\n  command: [/a],\n  image: i}\n",
			want: "{name: n, # c\n  command: [/a],\n  workingDir: /d,\n  image: i}\n",
		},
		{
			name: "flow with the list below its key", dir: "/d",
			text: "{name: n, command:\n  [/a]}\n",
			want: "{name: n, command:\n  [/a], workingDir: /d}\n",
		},
		{
			name: "flow of command alone", dir: "/d",
			text: "{ command: [/a] }\n",
			want: "{ command: [/a], workingDir: /d }\n",
		},
		{
			name: "JSON on a line", env: []string{"A=b\t"}, dir: "/d",
			text: `{"command":["/a"],"image":"i"}`,
			want: `{"command":["/a"],"workingDir":"/d","env":[{"name":"A","value":"b\t"}],"image":"i"}`,
		},
		{
			name: "JSON of command alone on a line", env: []string{"A=b"},
			text: `{"command":["/a"]}`,
			want: `{"command":["/a"],"env":[{"name":"A","value":"b"}]}`,
		},
		{
			name: "JSON over lines", env: []string{"A=b"},
			text: "{\n\t\"command\" : [\"/a\"],\n\t\"image\" : \"i\"\n}\n",
			want: "{\n\t\"command\" : [\"/a\"],\n\t\"env\" : [{\"name\" : \"A\", \"value\" : \"b\"}],\n\t\"image\" : \"i\"\n}\n",
		},
		{
			name: "a placeholder on the line", env: []string{"A=b"},
			text: "command: [/a] {{glued}}\n",
			says: "`{{glued}}` stands on the line where env or workingDir would begin",
		},
		{
			name: "a placeholder that begins like a comment", dir: "/d",
			text: "command: [/a]#glued#\n",
			says: "`#glued#` stands on the line",
		},
		{name: "no command and no args", dir: "/d", text: "image: i\n", says: "the place behind command and args can't be found"},
	})
}

// TestInsertEntries writes entries behind those that env has, in their form.
func TestInsertEntries(t *testing.T) {
	checkInserts(t, []insertRow{
		{
			name: "block", env: []string{"A=b", "C=$(A)-1"},
			text: "command: [/a]\nenv:\n  -  name: X\n     value: y # why\nimage: i\n",
			want: "command: [/a]\nenv:\n  -  name: X\n     value: y # why\n  -  name: A\n     value: b\n  -  name: C\n     value: $(A)-1\nimage: i\n",
		},
		{
			name: "and the directory behind command", env: []string{"A=b"}, dir: "/d",
			text: "env:\n- name: X\n  value: y\ncommand: [/a]\n",
			want: "env:\n- name: X\n  value: y\n- name: A\n  value: b\ncommand: [/a]\nworkingDir: /d\n",
		},
		{
			name: "value first, quotes of each", env: []string{"A=b'c"},
			text: "command: [/a]\nenv:\n- value: 'y'\n  \"name\" :  \"X\"\n- 'value' : 'y'\n  'name' : \"X\"\n",
			want: "command: [/a]\nenv:\n- value: 'y'\n  \"name\" :  \"X\"\n- 'value' : 'y'\n  'name' : \"X\"\n- 'value' : 'b''c'\n  'name' : \"A\"\n",
		},
		{
			name: "the last of two forms", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: X\n  value: y\n- name: \"X\"\n  value: 'y'\n",
			want: "command: [/a]\nenv:\n- name: X\n  value: y\n- name: \"X\"\n  value: 'y'\n- name: \"A\"\n  value: 'b'\n",
		},
		{
			name: "an entry with uneven colons is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: 'X'\n  value: y\n- name: \"X\"\n  value:   y\n",
			want: "command: [/a]\nenv:\n- name: 'X'\n  value: y\n- name: \"X\"\n  value:   y\n- name: 'A'\n  value: b\n",
		},
		{
			name: "an entry with a comment is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: 'X' # c\n  value: y\n",
			want: "command: [/a]\nenv:\n- name: 'X' # c\n  value: y\n- name: A\n  value: b\n",
		},
		{
			name: "an entry with a third key is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: 'X'\n  value: y\n  kind: z\n",
			want: "command: [/a]\nenv:\n- name: 'X'\n  value: y\n  kind: z\n- name: A\n  value: b\n",
		},
		{
			name: "an entry with other keys is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: 'X'\n  kind: y\n",
			want: "command: [/a]\nenv:\n- name: 'X'\n  kind: y\n- name: A\n  value: b\n",
		},
		{
			name: "an entry over lines is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: X\n  value: 'y\n    z'\n",
			want: "command: [/a]\nenv:\n- name: X\n  value: 'y\n    z'\n- name: A\n  value: b\n",
		},
		{
			name: "an entry without a value is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: \"X\"\n  value: y\n- name: N\n  valueFrom:\n    fieldRef:\n      fieldPath: spec.nodeName\n",
			want: "command: [/a]\nenv:\n- name: \"X\"\n  value: y\n- name: N\n  valueFrom:\n    fieldRef:\n      fieldPath: spec.nodeName\n- name: \"A\"\n  value: b\n",
		},
		{
			name: "no entry has a value", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n  - \"name\": N\n    valueFrom: {fieldRef: {fieldPath: spec.nodeName}}\nimage: i\n",
			want: "command: [/a]\nenv:\n  - \"name\": N\n    valueFrom: {fieldRef: {fieldPath: spec.nodeName}}\n  - \"name\": A\n    \"value\": b\nimage: i\n",
		},
		{
			name: "the last value has lines", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: X\n  value: |\n    y\n    z\n\nimage: i\n",
			want: "command: [/a]\nenv:\n- name: X\n  value: |\n    y\n    z\n- name: A\n  value: b\n\nimage: i\n",
		},
		{
			name: "flow entries in a block", env: []string{"A=b,c"},
			text: "command: [/a]\nenv:\n- { name: X, value: y }\n",
			want: "command: [/a]\nenv:\n- { name: X, value: y }\n- { name: A, value: \"b,c\" }\n",
		},
		{
			name: "a flow entry with a comma at its end is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- { name: X, value: y, }\n",
			want: "command: [/a]\nenv:\n- { name: X, value: y, }\n- {name: A, value: b}\n",
		},
		{
			name: "a flow entry with a comment at its start is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- { # c\n  name: X, value: y}\n",
			want: "command: [/a]\nenv:\n- { # c\n  name: X, value: y}\n- {name: A, value: b}\n",
		},
		{
			name: "a flow entry with a comment inside is passed over", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- {name: X, # c\n  value: 'y'}\n",
			want: "command: [/a]\nenv:\n- {name: X, # c\n  value: 'y'}\n- {name: A, value: b}\n",
		},
		{
			name: "flow entries without a value in a block", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- {name: X, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}\n",
			want: "command: [/a]\nenv:\n- {name: X, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}\n- {name: A, value: b}\n",
		},
		{
			name: "flow on a line", env: []string{"A=b"},
			text: "{command: [/a], env: [{name: X, value: y}, {name: Y, value: z}]}\n",
			want: "{command: [/a], env: [{name: X, value: y}, {name: Y, value: z}, {name: A, value: b}]}\n",
		},
		{
			name: "JSON on a line, one entry", env: []string{"A=b"},
			text: `{"command":["/a"],"env":[{"name":"X","value":"y"}]}`,
			want: `{"command":["/a"],"env":[{"name":"X","value":"y"},{"name":"A","value":"b"}]}`,
		},
		{
			name: "JSON over lines", env: []string{"A=b", "C=d"},
			text: "{\"command\": [\"/a\"], \"env\": [\n  {\n    \"name\": \"X\",\n    \"value\": \"y\"\n  }\n]}",
			want: "{\"command\": [\"/a\"], \"env\": [\n  {\n    \"name\": \"X\",\n    \"value\": \"y\"\n  },\n  {\n    \"name\": \"A\",\n    \"value\": \"b\"\n  },\n  {\n    \"name\": \"C\",\n    \"value\": \"d\"\n  }\n]}",
		},
		{
			name: "JSON, no value to copy", env: []string{"A=b"},
			text: "{\"command\": [\"/a\"], \"env\": [{\"name\": \"N\", \"valueFrom\": {}}]}",
			want: "{\"command\": [\"/a\"], \"env\": [{\"name\": \"N\", \"valueFrom\": {}}, {\"name\": \"A\", \"value\": \"b\"}]}",
		},
		{
			name: "CRLF", env: []string{"A=b"},
			text: "command: [/a]\r\nenv:\r\n- name: X\r\n  value: y\r\n",
			want: "command: [/a]\r\nenv:\r\n- name: X\r\n  value: y\r\n- name: A\r\n  value: b\r\n",
		},
		{
			name: "CRLF, no entry has a value", env: []string{"A=b"},
			text: "command: [/a]\r\nenv:\r\n- name: X\r\n  valueFrom: {}\r\n",
			want: "command: [/a]\r\nenv:\r\n- name: X\r\n  valueFrom: {}\r\n- name: A\r\n  value: b\r\n",
		},
		{
			name: "a comment between entries is not repeated", env: []string{"A=b"},
			text: "command: [/a]\nenv:\n- name: X\n  value: y\n# the second\n- name: Y\n  value: z\n",
			want: "command: [/a]\nenv:\n- name: X\n  value: y\n# the second\n- name: Y\n  value: z\n- name: A\n  value: b\n",
		},
	})
}

func TestInsertRefuses(t *testing.T) {
	for _, row := range []insertRow{
		{text: "env: {A: b}\n", says: "env is no list here"},
		{text: "env: []\n", says: "env is empty"},
		{text: "env: &e\n- name: X\n  value: y\n", says: "env is shared by its anchor &e"},
		{text: "x: &x {name: X, value: y}\nenv:\n- *x\n", says: "an entry of env can't be placed, or is shared"},
		{text: "env:\n- X\n", says: "an entry of env can't be placed"},
		{text: "env:\n- name: X\n  value: |+\n    y\n\n", says: "goes on over the blank lines behind it (+)"},
		{text: "env:\n- name: X\n  value: >2+\n    y\n\n", says: "goes on over the blank lines behind it (+)"},
		{text: "env:\n- name: X\n  value: y {{glued}}\n", says: "`{{glued}}` stands on the line where env or workingDir would begin"},
	} {
		row.name, row.env, row.text = row.says, []string{"A=b"}, "command: [/a]\n"+row.text
		checkInserts(t, []insertRow{row})
	}
}
