package dialect

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func TestWords(t *testing.T) {
	m := New([]byte("a: x{{a}}{{b}} {{ c }}\n{{ d }}\ne: <f>\n"), dialectsNamed(t))
	var got []string
	for _, o := range m.Occurrences(valueOf(t, m.Text, "a")) {
		word, ok := m.Word(o.Index)
		if i, found := m.Lookup(word); !ok || !found || i != o.Index || len(word) != o.End-o.Start {
			t.Errorf("word %q of placeholder %d: ok %v, looked up as %d, %v, at %d–%d", word, o.Index, ok, i, found, o.Start, o.End)
		}
		got = append(got, m.Placeholders[o.Index].Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, got); diff != "" {
		t.Errorf("in the value (-want +got)\n%s", diff)
	}
	for i, name := range []string{3: "a blanked one", 4: "<f>"} {
		if word, ok := m.Word(i); name != "" && ok {
			t.Errorf("%s has the word %q", name, word)
		}
	}
	if i, ok := m.Lookup("Qother"); ok {
		t.Errorf("a word of no placeholder is looked up as %d", i)
	}
}

// valueOf returns the value of a key of the first document.
func valueOf(t *testing.T, text []byte, key string) string {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for i, k := range n.Content[0].Content {
		if k.Value == key {
			return n.Content[0].Content[i+1].Value
		}
	}
	t.Fatalf("no %s in\n%s", key, text)
	return ""
}

func TestWordsAreNotInTheText(t *testing.T) {
	var b strings.Builder
	for _, first := range initials {
		for _, second := range letters {
			b.WriteString(string(first) + string(second) + " ")
		}
	}
	m := New([]byte("a: "+b.String()+"{{x}}\n"), dialectsNamed(t))
	word, ok := m.Word(0)
	if !ok || strings.Count(string(m.Text), word) != 1 {
		t.Errorf("a text with every stem of two letters: word %q, %v", word, ok)
	}
}

func TestWithWords(t *testing.T) {
	const etcd = "a: /usr/local/bin/etcd\n  {{params}}\n  1>>/var/log/etcd.log 2>&1\n"
	m := New([]byte(etcd), dialectsNamed(t))
	if got := m.Occurrences(valueOf(t, m.Text, "a")); len(got) != 0 {
		t.Fatalf("alone in a plain scalar is a word at first: %v", got)
	}
	w := m.WithWords([]int{0})
	value := valueOf(t, w.Text, "a")
	got := w.Occurrences(value)
	if len(got) != 1 || value[:got[0].Start]+"{{params}}"+value[got[0].End:] != "/usr/local/bin/etcd {{params}} 1>>/var/log/etcd.log 2>&1" {
		t.Errorf("value %q, occurrences %v", value, got)
	}
	if word, ok := w.Word(0); !ok || len(word) != len("{{params}}") {
		t.Errorf("Word = %q, %v", word, ok)
	}
	if _, ok := m.Word(0); ok || readableMask(m) != "a: /usr/local/bin/etcd\n  ..........\n  1>>/var/log/etcd.log 2>&1\n" {
		t.Errorf("the mask it came from has changed: %s", readableMask(m))
	}
	if kept := New([]byte("a: b >\n  <c>\n"), dialectsNamed(t)).WithWords([]int{0}); string(kept.Text) != "a: b >\n  <c>\n" {
		t.Errorf("<c> is text in scripts, but was masked: %s", kept.Text)
	}
}

func TestWithin(t *testing.T) {
	m := New([]byte("{{a}}bc{{d}}{{e}}"), dialectsNamed(t))
	for _, tt := range []struct {
		start, end int
		want       []int
	}{
		{0, 17, []int{0, 1, 2}}, {5, 7, nil}, {4, 8, []int{0, 1}}, {12, 13, []int{2}}, {11, 12, []int{1}}, {17, 20, nil},
	} {
		if diff := cmp.Diff(tt.want, m.Within(tt.start, tt.end)); diff != "" {
			t.Errorf("Within(%d, %d) (-want +got)\n%s", tt.start, tt.end, diff)
		}
	}
}

func TestTextWithoutPlaceholders(t *testing.T) {
	text := []byte("a: 1\n")
	m := New(text, dialectsNamed(t))
	if string(m.Text) != "a: 1\n" || m.Within(0, 5) != nil || m.Occurrences("Qa") != nil || m.IsJSON() {
		t.Errorf("mask %+v", m)
	}
	if _, ok := m.Lookup("Qaaaa"); ok {
		t.Error("a word is looked up")
	}
	for v := range m.Variants() {
		t.Errorf("variant %q", v.Text)
	}
}

func TestVariants(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // without blank lines and trailing blanks
	}{
		{"if and else", "{{ if a }}\nb: 1\n{{ else }}\nb: 2\n{{ end }}\nc: {{ d }}\n", []string{
			"b: 1\nc: wwwwwww", "b: 2\nc: wwwwwww"}},
		{"elif", "{% if a %}\nb: 1\n{% elif c %}\nb: 2\n{% else %}\nb: 3\n{% endif %}\n", []string{"b: 1", "b: 2", "b: 3"}},
		{"nested", "{{ if a }}\nb: 1\n{{ if c }}\nd: 2\n{{ else }}\nd: 3\n{{ end }}\n{{ else }}\nb: 4\n{{ end }}\n", []string{
			"b: 1\nd: 2", "b: 4"}},
		{"if alone", "a: 1\n{{ if b }}\nc: 2\n{{ end }}\n", []string{"a: 1"}},
		{"loops and defines stay", "{{ range .a }}\nb: 1\n{{ end }}\n{{ define \"c\" }}\nd: 1\n{{ end }}\n", nil},
		{"on one line", "a: {{ if b }}\"c\"{{ else }}\"d\"{{ end }}\n", []string{
			"a: ..........\"c\"..........   .........", "a: ..........   ..........\"d\"........."}},
		{"inside ERB", "<% if a %>\nb: 1\n<% else %>\nb: 2\n<% end %>\n", []string{"b: 1", "b: 2"}},
		{"variables alone on their line", "a: {{ x }}\n${B}\nc: |\n  ${D}\n", []string{"a: wwwwwww\nc: |\n  ${D}"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for v := range New([]byte(tt.text), dialectsNamed(t)).Variants() {
				got = append(got, withoutBlankLines(readableMask(v)))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// withoutBlankLines leaves out lines that hold nothing but blanks.
func withoutBlankLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if strings.Trim(line, " .\n") != "" {
			lines = append(lines, strings.TrimRight(line, " \n"))
		}
	}
	return strings.Join(lines, "\n")
}

func TestOmitted(t *testing.T) {
	const text = "{{if a}}\nb: 1\n{{else}}\nb: {{ c }}\n{{end}}\n"
	m := New([]byte(text), dialectsNamed(t))
	for from, to := range m.Omitted() {
		t.Errorf("the first mask leaves out %q", text[from:to])
	}
	for v := range m.Variants() {
		var got []string
		for from, to := range v.Omitted() {
			got = append(got, text[from:to])
		}
		if diff := cmp.Diff([]string{"\nb: {{ c }}\n"}, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if word, ok := v.Word(2); ok {
			t.Errorf("{{ c }} is left out but has the word %q", word)
		}
		break
	}
}

func TestJSON(t *testing.T) {
	tests := []struct {
		name, text, masked string
		full, none         bool // strict JSON when filled with items, with nothing
	}{
		{"bare value", `{"a": {{x}}, "b":{{ y }}}`, `{"a": 99999, "b":9999999}`, true, true},
		{"in a string", `{"a": "{{pillar['b']}}/{{ c "d" }}"}`, `{"a": "wwwwwwwwwwwwwww/wwwwwwwwwww"}`, true, true},
		{"key", `{"{{a}}": 1, {{ b }}: 2}`, `{"wwwww": 1, "wwwww": 2}`, true, true},
		{"alone before a member", "{\n\t{{x}}\n\"a\": 1}", "{\n\t.....\n\"a\": 1}", true, true},
		{"alone before an item", "{\"a\": [\n{{x}}\n{{y}}\n{}]}", "{\"a\": [\n.....\n.....\n{}]}", true, true},
		{"behind a value of a mapping", `{"a": 1{{ if x }}, "b": 2{{ end }} {{y}} }`, `{"a": 1.........., "b": 2......... ..... }`, true, true},
		{"glued", `{"a": ["b"{{x}}]}`, `{"a": ["b".....]}`, true, true},
		{"glued with a blank", `{"a": ["b" {{x}}, "c"]}`, `{"a": ["b" ....., "c"]}`, true, true},
		{"item of its own", `{"a": ["b", {{x}}]}`, `{"a": ["b", 99999]}`, true, false},
		{"only item", "{\"a\": [\n  {{x}}\n]}", "{\"a\": [\n  99999\n]}", true, true},
		{"last of several", `{"a": ["b", {{x}} {{y}} ]}`, `{"a": ["b", ..... 99999 ]}`, true, false},
		{"prologue", "{% if a %}\n{# b #}\n{\"a\": {{x}}}\n{% endif %}\n", "..........\n.......\n{\"a\": 99999}\n...........\n", true, true},
		{"nested braces", `{"a":{"b":{{x}}}}`, `{"a":{"b":99999}}`, true, true},
		{"digits before", `{"a": 1{{x}}}`, `{"a": 199999}`, true, true},
		{"angle", `{"a": "<b>", "c": <d>}`, `{"a": "<b>", "c": <d>}`, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := New([]byte(tt.text), dialectsNamed(t))
			if diff := cmp.Diff(tt.masked, readableMask(m)); diff != "" {
				t.Errorf("mask (-want +got)\n%s", diff)
			}
			if strict := json.Valid(m.Text); strict != (tt.name != "angle") {
				t.Errorf("strict JSON: %v", strict)
			}
			full := func(i int) string {
				if m.IsGlued(i) {
					return `, "a", "b"`
				}
				return `"a", "b"`
			}
			for _, c := range []struct {
				fill func(int) string
				want bool
			}{{full, tt.full}, {func(int) string { return "" }, tt.none}} {
				filled, ok := m.JSON(c.fill)
				if got := json.Valid(filled); !ok || got != c.want {
					t.Errorf("%s: valid %v, want %v", filled, got, c.want)
				}
			}
		})
	}
}

func TestJSONForgottenComma(t *testing.T) {
	m := New([]byte(`{"a": ["b"{{x}}]}`), dialectsNamed(t))
	filled, _ := m.JSON(func(int) string { return `"c"` })
	if json.Valid(filled) {
		t.Errorf("a producer that prints no comma goes unnoticed: %s", filled)
	}
}

func TestIsJSON(t *testing.T) {
	for text, want := range map[string]bool{
		"{\"a\": 1}": true, "\xef\xbb\xbf \n{}": true, "{{x}}\n{": true, "{{x}}: {": false, "a: {": false, "[{}]": false, "": false, "<x> {": false,
	} {
		m := New([]byte(text), dialectsNamed(t))
		if _, ok := m.JSON(func(int) string { return "" }); m.IsJSON() != want || ok != want {
			t.Errorf("%q: IsJSON %v, JSON %v, want %v", text, m.IsJSON(), ok, want)
		}
	}
}
