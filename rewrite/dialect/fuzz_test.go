package dialect

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shellfree/rewrite/source"
)

// maskFault returns the fault of a mask of text, "" when it has none.
func maskFault(text []byte, m *Mask) string {
	if len(m.Text) != len(text) {
		return fmt.Sprintf("length %d, want %d", len(m.Text), len(text))
	}
	inside := make([]bool, len(text))
	last := 0
	for _, p := range m.Placeholders {
		if p.Start < last || p.End <= p.Start || string(text[p.Start:p.End]) != p.Text {
			return fmt.Sprintf("placeholder %q at %d–%d", p.Text, p.Start, p.End)
		}
		last = p.End
		for i := p.Start; i < p.End; i++ {
			inside[i] = true
		}
	}
	for from, to := range m.Omitted() {
		for i := from; i < to; i++ {
			inside[i] = true
		}
	}
	for i := range text {
		same := m.Text[i] == text[i]
		blanked := text[i] == '\t' && m.Text[i] == ' '                              // a line blanked as a whole
		remark := source.IsBlank(text[i]) && (m.Text[i] == '#' || m.Text[i] == '-') // before a control tag
		if source.IsBreak(text[i]) != source.IsBreak(m.Text[i]) || !same && (source.IsBreak(text[i]) || !inside[i] && !blanked && !remark) {
			return fmt.Sprintf("byte %d is %q, was %q", i, m.Text[i], text[i])
		}
	}
	return wordsFault(m)
}

func wordsFault(m *Mask) string {
	for i, word := range m.Words() {
		p := m.Placeholders[i]
		if at := bytes.Index(m.Text, []byte(word)); at < p.Start || at+len(word) > p.End || len(word) < shortestWord {
			return fmt.Sprintf("word %q of %q is at %d, the placeholder at %d–%d", word, p.Text, at, p.Start, p.End)
		}
		if bytes.Contains(m.original, []byte(word)) {
			return fmt.Sprintf("word %q of %q occurs in the text", word, p.Text)
		}
		if found, ok := m.Lookup(word); !ok || found != i {
			return fmt.Sprintf("word %q is looked up as %d, want %d", word, found, i)
		}
	}
	var listed, occurring []int
	for i := range m.Words() {
		listed = append(listed, i)
	}
	for _, o := range m.Occurrences(string(m.Text)) {
		occurring = append(occurring, o.Index)
	}
	if !slices.Equal(listed, occurring) {
		return fmt.Sprintf("words of %v, occurrences of %v", listed, occurring)
	}
	return ""
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{
		"a: {{x}}\n{{if b}}\n- |\n {{y}}\n{{else}}\n\t{{z}}\r\n{{end}}", `{"a":[{{x}} "b"{{y}}],{{k}}:{{v}}}`,
		"a: >-\n    {{ f `x\n}}` }}\n  {{/* c */}}\nb: \"{{ \"q\" }}\n\"", "{% if a %}{# b #}<% c %>__D__ ##e## <f> ${G} ${{H}}",
		"x: Qa Qb 10 11{{{a}}}{{b}}'{{c}}", "key:{{x}}\n{{ define \"a\" }}\n  {{ end }}\n{{ end }}",
		"}\n{{\n\n define \"a\" }}\n  {Z end }}\n{{ end }}", "a: >-\n \t  {{ /*`x\n}}",
	} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, onRequest bool) {
		dialects := dialectsNamed(t)
		if onRequest {
			dialects = All()
		}
		m := New([]byte(text), dialects)
		check := func(what string, m *Mask) {
			if problem := maskFault([]byte(text), m); problem != "" {
				t.Fatalf("%s of %q: %s\n%q", what, text, problem, m.Text)
			}
		}
		check("mask", m)
		check("mask with words", m.WithWords(m.Within(0, len(text))))
		for v := range m.Variants() {
			check("variant", v)
		}
		m.JSON(func(int) string { return "" })
	})
}

// TestLinear reads texts made of openers, tags or quotes only. Their time must not
// grow with the square of their length.
func TestLinear(t *testing.T) {
	const n = 1 << 17
	for _, unit := range []string{
		"{{", "{{{ ", "{{ ' ", "{{ \"}}\" ", "{% if ", "{#", "<%", "{{x}}", "{{ if a }}\n", "[ {{ if a }} ", "a: {{x | nindent 2}}",
		" {{x}}\n", "a: |\n {{x}}\n", "\"", "'{{x}}\n", "\\\"", "{{ end }}", "{% endif %}", "__", "##a", "- {{/* */}} ", "{{{x}} ",
	} {
		for _, head := range []string{"", "{", "a: |\n  "} {
			text := head + strings.Repeat(unit, n/len(unit)) + "}}} %} #} %>\n  b: c\n"
			began := time.Now()
			New([]byte(text), dialectsNamed(t))
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%d bytes of %q behind %q took %v", n, unit, head, took)
			}
		}
	}
}
