package edit_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
)

// TestItemText asserts how a word is written as an item of a list: without quotes
// where every reader of YAML takes it as this very string, else in the list's own
// quotes, else in double quotes.
func TestItemText(t *testing.T) {
	const same = "as is"
	tests := []struct {
		word                        string
		block, flow, single, double string // the item's text by the list's style
	}{
		{"/usr/bin/a", same, same, `'/usr/bin/a'`, `"/usr/bin/a"`},
		{"--b=/c/d.e", same, same, `'--b=/c/d.e'`, `"--b=/c/d.e"`},
		{"a:b", same, same, `'a:b'`, `"a:b"`},
		{"a#b", same, same, `'a#b'`, `"a#b"`},
		{"--b=c,d", same, `"--b=c,d"`, `'--b=c,d'`, `"--b=c,d"`},
		{"--b=[c]", same, `"--b=[c]"`, `'--b=[c]'`, `"--b=[c]"`},
		{"--b={}", same, `"--b={}"`, `'--b={}'`, `"--b={}"`},
		{"it's", same, same, `'it''s'`, `"it's"`},
		{`a"b`, same, same, `'a"b'`, `"a\"b"`},
		{`a\b`, same, same, `'a\b'`, `"a\\b"`},
		{`"a"`, `'"a"'`, `'"a"'`, `'"a"'`, `"\"a\""`},
		{`"it's"`, `"\"it's\""`, `"\"it's\""`, `'"it''s"'`, `"\"it's\""`},
		{`\d, \w`, same, `'\d, \w'`, `'\d, \w'`, `"\\d, \\w"`},
		{"a: b", `"a: b"`, `"a: b"`, `'a: b'`, `"a: b"`},
		{"a #b", `"a #b"`, `"a #b"`, `'a #b'`, `"a #b"`},
		{" a", `" a"`, `" a"`, `' a'`, `" a"`},
		{"a ", `"a "`, `"a "`, `'a '`, `"a "`},
		{"", `""`, `""`, `''`, `""`},
		{"-", `"-"`, `"-"`, `'-'`, `"-"`},
		{"--", same, same, `'--'`, `"--"`},
		{"&a", `"&a"`, `"&a"`, `'&a'`, `"&a"`},
		{"*a", `"*a"`, `"*a"`, `'*a'`, `"*a"`},
		{"!a", `"!a"`, `"!a"`, `'!a'`, `"!a"`},
		{"@a", `"@a"`, `"@a"`, `'@a'`, `"@a"`},
		{"%a", `"%a"`, `"%a"`, `'%a'`, `"%a"`},
		{"[a]", `"[a]"`, `"[a]"`, `'[a]'`, `"[a]"`},
		{"|", `"|"`, `"|"`, `'|'`, `"|"`},
		{"yes", `"yes"`, `"yes"`, `'yes'`, `"yes"`},
		{"Off", `"Off"`, `"Off"`, `'Off'`, `"Off"`},
		{"y", `"y"`, `"y"`, `'y'`, `"y"`},
		{"null", `"null"`, `"null"`, `'null'`, `"null"`},
		{"~", `"~"`, `"~"`, `'~'`, `"~"`},
		{"<<", `"<<"`, `"<<"`, `'<<'`, `"<<"`},
		{"=", `"="`, `"="`, `'='`, `"="`},
		{"30", `"30"`, `"30"`, `'30'`, `"30"`},
		{"1.24", `"1.24"`, `"1.24"`, `'1.24'`, `"1.24"`},
		{"0x1f", `"0x1f"`, `"0x1f"`, `'0x1f'`, `"0x1f"`},
		{"1e3", `"1e3"`, `"1e3"`, `'1e3'`, `"1e3"`},
		{"12:30:00", `"12:30:00"`, `"12:30:00"`, `'12:30:00'`, `"12:30:00"`},
		{"-.inf", `"-.inf"`, `"-.inf"`, `'-.inf'`, `"-.inf"`},
		{"30s", same, same, `'30s'`, `"30s"`},
		{"日本", same, same, `'日本'`, `"日本"`},
		{"a\tb", `"a\tb"`, `"a\tb"`, `"a\tb"`, `"a\tb"`},
		{"a\nb", `"a\nb"`, `"a\nb"`, `"a\nb"`, `"a\nb"`},
		{"a\rb", `"a\rb"`, `"a\rb"`, `"a\rb"`, `"a\rb"`},
		{"\"\t", `"\"\t"`, `"\"\t"`, `"\"\t"`, `"\"\t"`},
		{"\x01", `"\u0001"`, `"\u0001"`, `"\u0001"`, `"\u0001"`},
		{"a\x7f", `"a\u007f"`, `"a\u007f"`, `"a\u007f"`, `"a\u007f"`},
		{"a\u0085", `"a\u0085"`, `"a\u0085"`, `"a\u0085"`, `"a\u0085"`},
		{"a\u2028", `"a\u2028"`, `"a\u2028"`, `"a\u2028"`, `"a\u2028"`},
		{"a\u2029", `"a\u2029"`, `"a\u2029"`, `"a\u2029"`, `"a\u2029"`},
		{"a\ufeff", `"a\ufeff"`, `"a\ufeff"`, `"a\ufeff"`, `"a\ufeff"`},
		{"$(NODE)-a", same, same, `'$(NODE)-a'`, `"$(NODE)-a"`},
		{`\$(NODE)`, `$$(NODE)`, `$$(NODE)`, `'$$(NODE)'`, `"$$(NODE)"`},
		{"--a={{b}}", same, same, `'--a={{b}}'`, `"--a={{b}}"`},
		{"{{b}}", `"{{b}}"`, `"{{b}}"`, `'{{b}}'`, `"{{b}}"`},
		{"{{b}}-a", `"{{b}}-a"`, `"{{b}}-a"`, `'{{b}}-a'`, `"{{b}}-a"`},
		{"1{{b}}", `"1{{b}}"`, `"1{{b}}"`, `'1{{b}}'`, `"1{{b}}"`},
		{"+{{b}}", `"+{{b}}"`, `"+{{b}}"`, `'+{{b}}'`, `"+{{b}}"`},
		{`--a={{b["c"]}}'"`, same, same, `'--a={{b["c"]}}''"'`, `"--a={{b["c"]}}'\""`},
		{"--a={{b\nc}}", "\"--a={{b\nc}}\"", "\"--a={{b\nc}}\"", "'--a={{b\nc}}'", "\"--a={{b\nc}}\""},
		{"a {{b}}", `"a {{b}}"`, `"a {{b}}"`, `'a {{b}}'`, `"a {{b}}"`},
		{"no{{b}}", `"no{{b}}"`, `"no{{b}}"`, `'no{{b}}'`, `"no{{b}}"`},
	}
	for _, tt := range tests {
		for text, want := range map[string]string{
			"command:\n- x\n": tt.block, "command: [x]\n": tt.flow, "command: ['x']\n": tt.single, "command:\n- \"x\"\n": tt.double, `{"command":["x"]}`: tt.double,
		} {
			if want == same {
				want = tt.word
			}
			after := strings.NewReplacer(`'x'`, want, `"x"`, want, `x`, want).Replace(text)
			checkArrays(t, []arrayRow{{name: tt.word, text: text, argv: []string{tt.word}, want: after}}, asParsed)
		}
	}
}

// TestItemInHook: the kubelet expands nothing in a hook, so nothing is escaped.
func TestItemInHook(t *testing.T) {
	checkArrays(t, []arrayRow{{
		name: "hook", argv: []string{`\$(A)`, "a$"},
		text: "command: [sh, -c, \"'$(A)' a$\"]\n",
		want: "command: [\"$(A)\", \"a$\"]\n",
	}}, func(r *edit.Request) { r.Hook = true })
}

func TestValue(t *testing.T) {
	variable := invocation.Part{Kind: invocation.Variable, Text: "NAME"}
	placeholder := invocation.Part{Kind: invocation.Placeholder, Text: "{{x}}"}
	literal := func(s string) invocation.Part { return invocation.Part{Text: s} }
	tests := []struct {
		parts      []invocation.Part
		want, hook string
	}{
		{[]invocation.Part{literal("a$b")}, "a$b", "a$b"},
		{[]invocation.Part{literal("$(NAME)")}, "$$(NAME)", "$(NAME)"},
		{[]invocation.Part{literal("$"), literal("(NAME)")}, "$$(NAME)", "$(NAME)"},
		{[]invocation.Part{literal("$"), literal("NAME)")}, "$NAME)", "$NAME)"},
		{[]invocation.Part{literal("$"), variable}, "$$$(NAME)", "$$(NAME)"},
		{[]invocation.Part{literal("$"), placeholder}, "$${{x}}", "${{x}}"},
		{[]invocation.Part{placeholder, variable, literal("$")}, "{{x}}$(NAME)$", "{{x}}$(NAME)$"},
		{nil, "", ""},
	}
	for _, tt := range tests {
		w := invocation.Word{Parts: tt.parts}
		if got := edit.Value(w, false); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.parts, got, tt.want)
		}
		if got := edit.Value(w, true); got != tt.hook {
			t.Errorf("%v in a hook: got %q, want %q", tt.parts, got, tt.hook)
		}
	}
}
