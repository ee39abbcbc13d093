package dialect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// textsFault returns the fault of a mask whose placeholders may share words with
// others of the same text, "" when it has none.
func textsFault(m *Mask) string {
	listed, words := m.Placeholders[:0:0], map[string]string{}
	for i, word := range m.Words() {
		p := m.Placeholders[i]
		if text, known := words[word]; known && text != p.Text {
			return fmt.Sprintf("%q stands for %q and %q", word, text, p.Text)
		}
		words[word] = p.Text
		if found, ok := m.Lookup(word); !ok || m.Placeholders[found].Text != p.Text {
			return fmt.Sprintf("%q of %q is looked up as %d", word, p.Text, found)
		}
		listed = append(listed, p)
	}
	found := m.Occurrences(string(m.Text))
	if len(found) != len(listed) {
		return fmt.Sprintf("%d words, %d of them found", len(listed), len(found))
	}
	for i, o := range found {
		if p := listed[i]; o.Start < p.Start || o.End > p.End || m.Placeholders[o.Index].Text != p.Text {
			return fmt.Sprintf("%q at %d is found as %q at %d", p.Text, p.Start, m.Placeholders[o.Index].Text, o.Start)
		}
	}
	return ""
}

// TestWordsDoNotRunOut: however many placeholders a text holds, and however
// short they are, each has a word that leads back to its text.
func TestWordsDoNotRunOut(t *testing.T) {
	const names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	for _, tt := range []struct {
		name, head, unit, tail string // ? is the name of a placeholder
		n                      int
	}{
		{"five bytes", "", "- a {{?}} b\n", "", 100_000},
		{"glued", "- ", "{{?}}", "\n", 100_000},
		{"keys without a blank", "", "- a:{{?}}\n", "", 100_000},
		{"four bytes", "", "- a ${?} b\n", "", 200_000},
		{"three bytes", "", "- a $a?.b\n", "", 20_000},
		{"numbers", `{"a":[0`, `,{"b":{{?}}}`, "]}", 100_000},
		{"items", `{"a":[0`, `,{{?}}`, "]}", 100_000},
		{"strings", `{"a":[0`, `,"{{?}}{{?}}"`, "]}", 100_000},
		{"keys", `{"a":[0`, `,{{{?}}:1}`, "]}", 100_000},
		{"everything", `{"a":[0`, `,{"{{?}}":{{?}},"c":["{{?}}",{{?}}]}`, "]}", 25_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString(tt.head)
			for i := range tt.n {
				at := i % len(names)
				text.WriteString(strings.ReplaceAll(tt.unit, "?", names[at:at+1]))
			}
			m := New([]byte(text.String()+tt.tail), All())
			for i, p := range m.Placeholders {
				if _, ok := m.Word(i); !ok {
					t.Fatalf("%s, the placeholder %d of %d, has no word", p.Text, i, len(m.Placeholders))
				}
			}
			if len(m.Placeholders) != tt.n*strings.Count(tt.unit, "?") {
				t.Errorf("%d placeholders", len(m.Placeholders))
			}
			if problem := textsFault(m); problem != "" {
				t.Error(problem)
			}
			if m.IsJSON() && !json.Valid(m.Text) {
				t.Error("no JSON")
			}
			var n yaml.Node
			if err := yaml.Unmarshal(m.Text, &n); err != nil {
				t.Error(err)
			}
			if problem := textsFault(m.WithWords(m.Within(0, len(m.Text)))); problem != "" {
				t.Errorf("with words: %s", problem)
			}
		})
	}
}

// TestOwnWords requires that placeholders don't share a word unless there are very
// many: two with the same text may be filled with different values.
func TestOwnWords(t *testing.T) {
	m := New([]byte("a: "+strings.Repeat("{{x}}", 100_000)+"\n"), dialectsNamed(t))
	if problem := textsFault(m); problem != "" {
		t.Fatal(problem)
	}
	for i, word := range m.Words() {
		if found, _ := m.Lookup(word); found != i {
			t.Fatalf("%q of placeholder %d is looked up as %d", word, i, found)
		}
	}
}

// TestCrowdedText: a text that holds every stem of three bytes, of letters and
// of digits, leaves words all the same.
func TestCrowdedText(t *testing.T) {
	var crowd strings.Builder
	for _, list := range []struct{ first, rest string }{{initials, letters}, {digits, digits}} {
		for _, a := range list.first {
			for _, b := range list.rest {
				for _, c := range list.rest {
					crowd.WriteString(string([]rune{a, b, c, ' '}))
				}
			}
		}
	}
	text := `{"a": "` + crowd.String() + `", "b": {{x}}, "{{y}}": [{{z}}, "{{x}}"]}`
	m := New([]byte(text), dialectsNamed(t))
	if problem := maskFault([]byte(text), m); problem != "" {
		t.Error(problem)
	}
	for i, p := range m.Placeholders {
		if _, ok := m.Word(i); !ok {
			t.Errorf("%s has no word", p.Text)
		}
	}
}

// TestWordsMeanNothing: YAML reads words as strings, they can be no special value
// of YAML 1.1 or 1.2, and a backslash before one begins no escape.
func TestWordsMeanNothing(t *testing.T) {
	m := New([]byte("- {{x}}\n"+strings.Repeat("- ${x}\n- $ab\n- {{ a_longer_name }}\n", 5000)), All())
	for _, word := range m.Words() {
		var n yaml.Node
		if err := yaml.Unmarshal([]byte(word), &n); err != nil || n.Content[0].Tag != "!!str" {
			t.Fatalf("%q: %v, %+v", word, err, n)
		}
		if strings.Trim(word, letters) != "" || !strings.Contains(initials, word[:1]) {
			t.Fatalf("%q is more than letters, or begins with none of %s", word, initials)
		}
	}
	for _, initial := range initials {
		for _, meant := range strings.Fields("Yes No Y N On Off True False Null NaN Inf Infinity L P U") {
			if strings.ContainsRune(meant[:1], initial) {
				t.Errorf("a word may begin like %s, or like an escape", meant)
			}
		}
	}
}

// TestNoRoom requires that a placeholder shorter than a word has none, and that no
// byte is taken for a word in a text without words of digits.
func TestNoRoom(t *testing.T) {
	m := New([]byte("a: $x $y\nb: \"Q\x00{{x}}\"\n"), All())
	for i, p := range m.Placeholders {
		if word, ok := m.Word(i); ok != (p.Text == "{{x}}") {
			t.Errorf("%s has the word %q", p.Text, word)
		}
	}
	if got := m.Occurrences("\x00 Q \x00"); got != nil {
		t.Errorf("found %v", got)
	}
}
