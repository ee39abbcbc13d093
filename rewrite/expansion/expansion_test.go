package expansion_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/expansion"
)

func values(name string) (string, bool) {
	v, ok := map[string]string{
		"A": "1", "B": "two words", "EMPTY": "", "Q": `it's "x"; rm`, "NEST": "$(A)", "my.var": "d",
	}[name]
	return v, ok
}

func declared(name string) bool {
	_, ok := values(name)
	return ok
}

// The results are those of the kubelet's own function (v1.34.0) in the
// environment above.
func TestExpand(t *testing.T) {
	for in, want := range map[string]string{
		"$(A)":            "1",
		"$(A)$(B)":        "1two words",
		"x=$(B)":          "x=two words",
		"$(UNDECLARED)":   "$(UNDECLARED)",
		"$$(A)":           "$(A)",
		"$$$(A)":          "$1",
		"$$$$(A)":         "$$(A)",
		"$$":              "$",
		"$$$":             "$$",
		"$":               "$",
		"a$":              "a$",
		"$A":              "$A",
		"${A}":            "${A}",
		"$(A":             "$(A",
		"$()":             "$()",
		"$(A)$":           "1$",
		"$((1+2))":        "$((1+2))",
		"$(A )":           "$(A )",
		"$(EMPTY)":        "",
		"[$(EMPTY)]":      "[]",
		"$(Q)":            `it's "x"; rm`,
		"$(NEST)":         "$(A)",
		"$(my.var)":       "d",
		"5$'":             "5$'",
		"$é":              "$Ã\xa9",
		"a$$b":            "a$b",
		"$(date +%s)":     "$(date +%s)",
		"$(A)(B)":         "1(B)",
		"$)(":             "$)(",
		"`$(A)`":          "`1`",
		"":                "",
		"$(echo $$)":      "$(echo $$)",   // undeclared: nothing inside is undone
		"$(echo $(A))":    "$(echo $(A))", // the name is `echo $(A`
		"$(B $$ $$(A":     "$(B $ $(A",    // unclosed: `$$` still is
		"$() $(A)":        "$() 1",        // nameless: the next one counts
		"$x$(A)${y}$(A)":  "$x1${y}1",     // no reference before one
		"é$(A)\xff$$\x80": "é1\xff$\x80",  // bytes elsewhere are kept
	} {
		if got := expansion.Expand(in, values); got != want {
			t.Errorf("Expand(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	type token = expansion.Token
	for in, want := range map[string][]token{
		"":                   nil,
		"a $$ b":             {{Text: "a $ b"}},
		"--n=$(A).$(EMPTY)x": {{Text: "--n="}, {Name: "A"}, {Text: "."}, {Name: "EMPTY"}, {Text: "x"}},
		"$(A)$(B)":           {{Name: "A"}, {Name: "B"}},
		"x $(date) $(A)":     {{Text: "x $(date) "}, {Name: "A"}},
		"$(date)$(id)":       {{Text: "$(date)$(id)"}},
		"$$(A)":              {{Text: "$(A)"}},
	} {
		if diff := cmp.Diff(want, expansion.Parse(in, declared)); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, c := range []struct {
		in       string
		followed bool
		want     string
	}{
		{"plain", true, "plain"},
		{"$HOME ${x} $", false, "$HOME ${x} $"}, // single `$` stay readable
		{"cost$", true, "cost$$"},
		{"$(A)", false, "$$(A)"},
		{"$$", false, "$$$"},
		{"$$", true, "$$$$"},
		{"$é", false, "$$é"},
	} {
		if got := expansion.Escape(c.in, c.followed); got != c.want {
			t.Errorf("Escape(%q, %v) = %q, want %q", c.in, c.followed, got, c.want)
		}
	}
}

// Kubelet-like input of a megabyte must not take quadratic time.
func TestParseIsLinear(t *testing.T) {
	start := time.Now()
	for _, unit := range []string{"$(", "$a", "$()", "$(A)", "$(x)", "$$"} {
		expansion.Parse(strings.Repeat(unit, 1<<20), declared)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("parsing six strings of some megabytes took %v", took)
	}
}

// expandAsUpstream is the kubelet's algorithm written out anew, byte by byte, to
// compare the package with.
func expandAsUpstream(in string) string {
	var out strings.Builder
	for i := 0; i < len(in); i++ {
		if in[i] != '$' || i+1 == len(in) {
			out.WriteByte(in[i])
			continue
		}
		i++
		switch in[i] {
		case '$':
			out.WriteByte('$')
		case '(':
			end := strings.IndexByte(in[i:], ')')
			if end < 0 {
				out.WriteString("$(")
				continue
			}
			name := in[i+1 : i+end]
			if v, ok := values(name); ok {
				out.WriteString(v)
			} else {
				out.WriteString("$(" + name + ")")
			}
			i += end
		default:
			out.WriteString("$" + string(rune(in[i])))
		}
	}
	return out.String()
}

func FuzzExpand(f *testing.F) {
	for _, seed := range []string{"", "$", "$$(A)$(B)", "$é$(", "$()$(EMPTY)$$$", "$(x $(A))"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := expansion.Expand(expansion.Escape(s, false), values); got != s {
			t.Errorf("Expand(Escape(%q)) = %q", s, got)
		}
		if got := expansion.Expand(expansion.Escape(s, true)+"$(A)", values); got != s+"1" {
			t.Errorf("Expand(Escape(%q)+$(A)) = %q", s, got)
		}
		if got, want := expansion.Expand(s, values), expandAsUpstream(s); got != want {
			t.Errorf("Expand(%q) = %q, the kubelet gives %q", s, got, want)
		}
		before := expansion.Token{Name: "start"}
		for _, token := range expansion.Parse(s, declared) {
			if (token.Name == "") == (token.Text == "") || before.Name == "" && token.Name == "" {
				t.Errorf("Parse(%q) has an empty or doubled token %+v", s, token)
			}
			before = token
		}
	})
}
