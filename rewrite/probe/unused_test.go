package probe_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/probe"
)

func TestUnused(t *testing.T) {
	for _, c := range []struct {
		site    string
		words   []string // the script and the words behind it
		message string   // part of it, "" for no finding
		want    string   // the command to paste, "" for none
	}{
		{"livenessProbe", []string{"A=3", "etcdctl", "get"}, "so the livenessProbe always passes", `["etcdctl", "get"]`},
		{"preStop", []string{"A=3", "etcdctl", "get"}, "so the preStop hook does nothing", `["etcdctl", "get"]`},
		{"initContainer", []string{"A=3 B=4", "etcdctl", "get"}, "with A=3 and B=4 in the container's env", `["etcdctl", "get"]`},
		{"container", []string{"", "serve"}, "an empty script", `["serve"]`},
		{"container", []string{":", "serve $(NAME)"}, "write one script", `["sh", "-c", "serve $(NAME)"]`},
		{"container", []string{`A="$B"`, "serve -x"}, "write one script", `["sh", "-c", "A=\"$B\" serve -x"]`},
		{"container", []string{`A="$B"`, "serve", "-x"}, "write one script, or", ""},
		{"container", []string{"A=1 # x", "serve -x"}, "write one script", `["sh", "-c", "serve -x"]`},
		{"container", []string{"A=1", "serve", "$HOME"}, "write one script, or", ""},
		{"container", []string{"A=1", "serve", "{{m}}"}, "write one script, or", ""},
		{"container", []string{"serve", "-x", "a b"}, "runs only `serve` without the words", `["serve", "-x", "a b"]`},
		{"container", []string{"exec serve", "-x"}, "runs only `exec serve` without", `["serve", "-x"]`},
		{"container", []string{"serve", "$X"}, "write one script, or", ""},
		{"container", []string{"serve -a", "serve -b"}, "`serve -b` after it is never run", ""},
		{"container", []string{"serve -a", "b", "c"}, "`b` after it is never run", ""},
		{"container", []string{"a; b", "c", "d"}, "`c` after it is never run", ""},
		{"container", []string{"serve -a", "serve"}, "", ""}, // a name for $0
		{"container", []string{"serve", "sh"}, "", ""},
		{"container", []string{"serve", "--"}, "", ""},
		{"container", []string{"serve", "{{m}}"}, "", ""},
		{"container", []string{"serve xMARKx", "a", "b"}, "", ""},
		{"container", []string{`exec "$@"`, "sh", "serve"}, "", ""},
		{"container", []string{`serve "${1:-x}"`, "sh", "y"}, "", ""},
		{"container", []string{`test $# -gt 1`, "sh", "y"}, "", ""},
		{"container", []string{`while getopts a x; do :; done`, "sh", "y"}, "", ""},
	} {
		s := invocation.Script{Text: c.words[0], Shell: invocation.Shell{Name: "sh"}, Marks: []invocation.Mark{{Word: "xMARKx", Text: "{{m}}"}}}
		outline, ok := s.Outline()
		if !ok {
			t.Fatalf("%q is no script", c.words[0])
		}
		got, found := probe.Unused(probe.Command{
			Site: c.site, Words: append([]string{"sh", "-c"}, c.words...), Script: 2, Outline: outline, Placeholders: []string{"{{m}}"},
		})
		if found != (c.message != "") || !strings.Contains(got.Message, c.message) {
			t.Errorf("%q: want %q, got %q", c.words, c.message, got.Message)
		}
		want := ""
		if c.want != "" {
			want = "command: " + c.want
		}
		if pasteText(got) != want {
			t.Errorf("%q: want %s, got %s", c.words, want, pasteText(got))
		}
	}
}
