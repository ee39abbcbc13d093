package invocation_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// TestLimits: a script that Linux can't pass on, or that nests deeper than the
// shell's parser can go, is an obstacle. Without the limits most of these end
// the program or fill the memory.
func TestLimits(t *testing.T) {
	const most = 128<<10 - 1
	env := expansion.Environment{Variables: []expansion.Variable{{Name: "A", Value: strings.Repeat("x", 1000)}}}
	long := "and Linux starts no program with an argument of more than 131071: move it into a file"
	deep := "and no more than 4096 are read: move it into a file"
	for _, c := range []struct{ title, text, want string }{
		{"longest", "exec a " + strings.Repeat("b", most-7), ""},
		{"too long", "exec a " + strings.Repeat("b", most-6), long},
		{"longest when expanded", "exec a " + strings.Repeat("$(A)", 131), ""},
		{"too long when expanded", "exec a " + strings.Repeat("$(A)", 132), long},
		{"deepest", "exec a '" + strings.Repeat("(", 4096) + "'", ""},
		{"subshells", strings.Repeat("(", 4097), deep},
		{"substitutions", strings.Repeat("$(", most/2), deep},
		{"arithmetic", "echo $((" + strings.Repeat("(", most-8), deep},
		{"brackets", strings.Repeat("$[", most/2), deep},
		{"backquotes", strings.Repeat("`", most), deep},
		{"parameters", strings.Repeat("${a:-", most/5), deep},
		{"braces", "exec a " + strings.Repeat("a{", most/2-4), deep},
		{"closed in quotes", strings.Repeat("(')'", 5000), deep},
	} {
		s := invocation.Script{Text: c.text, Shell: invocation.Shell{Name: "bash"}, Env: env}
		_, bad := invocation.Analyse(s)
		switch {
		case c.want == "" && bad != nil:
			t.Errorf("%s: %s", c.title, bad.Message)
		case c.want != "" && (bad == nil || bad.Rule != rule.BadScript || !strings.Contains(bad.Message, c.want)):
			t.Errorf("%s: got %+v, want %q", c.title, bad, c.want)
		}
	}
}
