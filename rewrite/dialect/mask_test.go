package dialect

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readableMask returns a mask with w for the bytes of a word of letters, 9 for
// those of a number and a dot for a blank that takes a placeholder's place.
func readableMask(m *Mask) string {
	text := slices.Clone(m.Text)
	for _, p := range m.Placeholders {
		for i := p.Start; i < p.End; i++ {
			if text[i] == ' ' {
				text[i] = '.'
			}
		}
	}
	out := string(text)
	for _, word := range m.Words() {
		c := "w"
		if isDigit(word[0]) {
			c = "9"
		}
		out = strings.Replace(out, word, strings.Repeat(c, len(word)), 1)
	}
	return out
}

func TestMaskByPlace(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"value", "a: {{ x }}\nb: 1\n", "a: wwwwwww\nb: 1\n"},
		{"part of a value", "a: b/{{x}}:{{y}} c\n", "a: b/wwwww:wwwww c\n"},
		{"list item", "- {{ x }}\n- b\n", "- wwwwwww\n- b\n"},
		{"key", "{{ x }}:\n  a: b\n", "wwwwwww:\n  a: b\n"},
		{"key and value", "  {{$a}}: {{$b}}\n", "  wwwwww: wwwwww\n"},
		{"key without a blank", "a:{{ x }}\n", "a:.wwwwww\n"},
		{"image and tag without a blank", "- a:{{ x }}\n", "- a:wwwwwww\n"},
		{"double-quoted", `a: "{{pillar['b']}} {{ c "d" }}"` + "\n", `a: "wwwwwwwwwwwwwww wwwwwwwwwww"` + "\n"},
		{"single-quoted over lines", "- 'a\n  {{ x }}\n  b'\n", "- 'a\n  wwwwwww\n  b'\n"},
		{"an apostrophe is no quote", "- it's\n- 'b\nc: {{ x }}\n", "- it's\n- 'b\nc: wwwwwww\n"},
		{"plain scalar with quotes", "- a x=\"\" {{params}} 2>&1\n", "- a x=\"\" wwwwwwwwww 2>&1\n"},
		{"alone", "a: 1\n  {{ x }}\n{{ y }}{{z}}\nb: 2\n", "a: 1\n  .......\n............\nb: 2\n"},
		{"alone with tabs", "a: 1\n\t{{ x }}\t\n", "a: 1\n ....... \n"},
		{"alone with CRLF", "a: 1\r\n{{ x }}\r\nb: {{ y }}\r\n", "a: 1\r\n.......\r\nb: wwwwwww\r\n"},
		{"alone behind a byte order mark", "\xef\xbb\xbf{{ x }}\na: 1\n", "\xef\xbb\xbf.......\na: 1\n"},
		{"alone in a flow list", "a: [\n  \"b\",\n  {{ x }}\n]\n", "a: [\n  \"b\",\n  .......\n]\n"},
		{"item of a flow list", "a: [{{ x }}, b{{y}}c, {{z}}]\n", "a: [wwwwwww, bwwwwwc, wwwww]\n"},
		{"glued to an item", `a: [ "b"{{ x }} ]` + "\n", `a: [ "b"....... ]` + "\n"},
		{"before a member", `a: [ {{ x }} "b" ]` + "\n", `a: [ ....... "b" ]` + "\n"},
		{"control in a flow list", `a: ["b"{{ if x }}, "c"{{ end }}]` + "\n", `a: ["b".........., "c".........]` + "\n"},
		{"value that brings its lines", "a: {{ x | nindent 2 }}\nb: 1\n", "a: ...................\nb: 1\n"},
		{"value with a mapping below", "a: {{ x }}\n  # c\n  b: 1\n", "a: .......\n  # c\n  b: 1\n"},
		{"value with a list below", "a: {{ x }}\n- b\n", "a: .......\n- b\n"},
		{"value with text below", "- {{ x }}\n  --b\n- c\n", "- wwwwwww\n  --b\n- c\n"},
		{"condition with a list below", "a: {{- if x }}\n  - b\n", "a: ...........\n  - b\n"},
		{"condition before an item", "{{- if x }}- a\n", "...........- a\n"},
		{"condition inside a value", "a: b{{ if x }}c{{ end }}\n", "a: bwwwwwwwwwwcwwwwwwwww\n"},
		{"comment behind a value", "a: b {{/* c */}}\n", "a: b ...........\n"},
		{"comment behind a quoted value", "a: 'b' {{/* c */}}\n", "a: 'b' ...........\n"},
		{"over several lines", "a: {{ f\n  x }}\n{{ g\n\ty }}\nb: 1\n", "a: wwww\n......\n....\n.....\nb: 1\n"},
		{"in a comment", "a: 1 # {{ x }}\n", "a: 1 # wwwwwww\n"},
		{"define", "{{ define \"x\" }}\na: 1\n{{- end }}\n", "---.............\na: 1\n---.......\n"},
		{"define that is indented", "b:\n {{ define \"x\" }}\n a: 1\n {{- end }}\n", "b:\n ................\n a: 1\n ..........\n"},
		{"underscores", "a: __X__\n__Y__\n", "a: wwwww\n.....\n"},
		{"hashes", "a: ##x##\n", "a: wwwww\n"},
		{"angles stay", "a: <xyz>\n<b>: \"<c>\"\n", "a: <xyz>\n<b>: \"<c>\"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := New([]byte(tt.text), dialectsNamed(t))
			if diff := cmp.Diff(tt.want, readableMask(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if err := parse(m.Text); err != nil && tt.name != "an apostrophe is no quote" {
				t.Errorf("does not parse: %v", err)
			}
		})
	}
}

func TestMaskInBlockScalar(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"part of a line", "a: |\n  b {{ x }} c\n", "a: |\n  b wwwwwww c\n"},
		{"alone", "a: |\n  b\n  {{ x }}\n  c\nd: 1\n", "a: |\n  b\n  wwwwwww\n  c\nd: 1\n"},
		{"alone and first", "a: |-\n  {{ x }}\n  c\n", "a: |-\n  wwwwwww\n  c\n"},
		{"all there is", "a: |\n  {{ x }}\nb: {{ y }}\n", "a: |\n  wwwwwww\nb: wwwwwww\n"},
		{"left of the text", "a: |\n    b\n{{ xyz }}\n    c\n", "a: |\n    b\n....wwwww\n    c\n"},
		{"left of the text, indents itself", "a: |\n{{ x | indent 2 }}\nb: 1\n", "a: |\n..wwwwwwwwwwwwwwww\nb: 1\n"},
		{"left of the text, no room", "a:\n  b: |\n        b\n{{ x }}\n        c\n", "a:\n  b: |\n        b\n.......\n        c\n"},
		{"behind the text", "a: |\n  b\n{{ x }}\nc: 1\n", "a: |\n  b\n#------\nc: 1\n"},
		{"condition", "a: |\n  {{ if x }}\n  b\n  {{ end }}\n", "a: |\n  #---------\n  b\n  #--------\n"},
		{"condition left of the text", "a: |\n    b\n{{ if x }}\n    c\n{{ end }}\nd: 1\n", "a: |\n    b\n....#-----\n    c\n#--------\nd: 1\n"},
		{"condition before the text", "a: |\n      {{ if x }}\n    b\n", "a: |\n    #-----------\n    b\n"},
		{"value between conditions", "a: |\n  {{if x}}{{ y }}{{end}}\n  b\n", "a: |\n  ........wwwwwww.......\n  b\n"},
		{"over several lines", "a: |\n    b\n    {{ f\n x }}\n    {{/* c\n*/}}\n    d\n", "a: |\n    b\n    wwww\n.....\n    #-----\n....\n    d\n"},
		{"folded list item", "- >-\n  b\n  {{ x }}\n- c\n", "- >-\n  b\n  wwwwwww\n- c\n"},
		{"indentation indicator", "a: |2\n    b\n  {{ x }}\n", "a: |2\n    b\n  wwwwwww\n"},
		{"tag behind the header", "a: | {{- if x }}\n  b\n", "a: | ...........\n  b\n"},
		{"quotes and colons are text", "a: |\n  \"b: {{ x }}\n  - {{ y }}\nc: {{ z }}\n", "a: |\n  \"b: wwwwwww\n  - wwwwwww\nc: wwwwwww\n"},
		{"line that begins left of the text", "a: |\n   b\n{{ if x }}c{{ end }}\n   d\n", "a: |\n   b\n...wwwwwwwcwwwwwwwww\n   d\n"},
		{"a pipe in a value is no header", "a: b |\n  {{ x }}\nc: 1\n", "a: b |\n  .......\nc: 1\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := New([]byte(tt.text), dialectsNamed(t))
			if diff := cmp.Diff(tt.want, readableMask(m)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
