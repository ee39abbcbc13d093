package invocation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

// outlined prints an outline: calls by their words, targets behind @, then what
// else is known. What nobody can read stands in ‹›.
func outlined(o invocation.Outline) string {
	var lines []string
	word := func(w invocation.Word) string {
		text := ""
		for _, p := range w.Parts {
			if p.Kind == invocation.Literal || p.Kind == invocation.Placeholder {
				text += p.Text
			} else {
				text += "‹" + p.Text + "›"
			}
		}
		return text
	}
	for _, c := range o.Calls {
		var words []string
		for _, w := range c.Words {
			words = append(words, word(w))
		}
		for _, f := range c.Files {
			words = append(words, "@"+word(f))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, is := range []struct {
		so   bool
		name string
	}{{o.Alone, "alone"}, {o.Idle, "idle"}, {o.Positional, "positional"}} {
		if is.so {
			lines = append(lines, "("+is.name+")")
		}
	}
	return strings.Join(lines, "; ")
}

func TestOutline(t *testing.T) {
	env := expansion.Environment{Variables: []expansion.Variable{
		{Name: "PORT", Value: "80"}, {Name: "TWO", Value: "a b"}, {Name: "IP", Kind: expansion.Field, Path: "status.podIP"},
	}}
	for script, want := range map[string]string{
		"a b 'c d' \"e\" \\f":             "a b c d e f; (alone)",
		"a $PORT ${PORT}x $(PORT)":        "a 80 80x 80; (alone)",
		"a $TWO \"$TWO\" $(TWO)":          "a ‹$TWO› ‹$TWO› ‹$(TWO)›; (alone); (positional)",
		"a $IP $(IP) $X $(x y) ${X:-1}":   "a ‹$IP› ‹$(IP)› ‹$X› ‹$(x y)› ‹${X:-1}›; x y; (positional)",
		"a xMARKx":                        "a {{m}}; (alone); (positional)",
		"a >/x 2>&1 </y":                  "a @/x @/y; (alone)",
		">/x":                             "@/x; (alone)",
		"A=1 a; B=2":                      "a",
		"set -e; exec a || exit 1":        "a; (alone)",
		"a || exit 0":                     "a; exit 0",
		"a && b":                          "a; b",
		"a | b":                           "a; b",
		"! a":                             "a",
		"a &":                             "a",
		"(a)":                             "a; (alone)",
		"(a) >/dev/null 2>&1":             "a; (alone)",
		"{ a; } >/x":                      "a",
		"if a; then b; fi":                "a; b",
		"timeout 5 sh -c 'a b'":           "a b; (alone)",
		"timeout 5 sh -c 'a; b'":          "a; b",
		"sh -c \"a $X\"":                  "sh -c a ‹$X›; (alone)",
		"sh /x":                           "sh /x; (alone)",
		"a <(b)":                          "a ‹<(b)›; b", // only bash reads it
		"":                                "(idle)",
		"# x":                             "(idle)",
		"A=1 B=2":                         "(idle)",
		":; true x":                       ":; true x; (idle)",
		"A=1; a":                          "a",
		"true > x":                        "true @x; (alone)",
		"a \"$@\"":                        "a ‹$@›; (alone); (positional)",
		"a ${10}":                         "a ‹${10}›; (alone); (positional)",
		"for x; do a; done":               "a; (positional)",
		"for x in y; do a; done":          "a",
		"eval a":                          "eval a; (alone); (positional)",
		". x":                             ". x; (alone); (positional)",
		"cat <<E\nx\nE":                   "cat",
		"function f { a; }; f":            "a; f",
		"echo $(echo \"`b`\") $((1 + 2))": "echo ‹$(echo \"`b`\")› ‹$((1 + 2))›; echo ‹`b`›; b",
	} {
		s := invocation.Script{
			Text: script, Shell: invocation.Shell{Name: "sh"}, Env: env, Place: expansion.Probe,
			Marks: []invocation.Mark{{Word: "xMARKx", Text: "{{m}}"}},
		}
		o, ok := s.Outline()
		if !ok {
			t.Errorf("%q is no script", script)
		}
		if diff := cmp.Diff(want, outlined(o)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", script, diff)
		}
	}
	if _, ok := (invocation.Script{Text: "a '"}).Outline(); ok {
		t.Error("an open quote is a script")
	}
}

// A hook's words are no references, a probe's are what env has literally.
func TestCall(t *testing.T) {
	env := expansion.Environment{Variables: []expansion.Variable{{Name: "A", Value: "1 2"}, {Name: "IP", Kind: expansion.Field, Path: "status.podIP"}}}
	for place, want := range map[expansion.Place]string{
		expansion.Container: "p 1 2 ‹$(IP)› $(B) $",
		expansion.Probe:     "p 1 2  $(B) $",
		expansion.Hook:      "p $(A) $(IP) $(B) $$",
	} {
		c := invocation.Script{Env: env, Place: place}.Call([]string{"p", "$(A)", "$(IP)", "$(B)", "$$"})
		if diff := cmp.Diff(want, outlined(invocation.Outline{Calls: []invocation.Call{c}})); diff != "" {
			t.Errorf("place %d (-want +got):\n%s", place, diff)
		}
	}
}
