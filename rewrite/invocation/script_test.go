package invocation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

var environment = expansion.Environment{Variables: []expansion.Variable{
	{Name: "SAFE", Value: "one-word"},
	{Name: "BLANKS", Value: "two words"},
	{Name: "QUOTE", Value: `it's`},
	{Name: "EMPTY", Value: ""},
	{Name: "ACCENT", Value: "café"},
	{Name: "NODE", Kind: expansion.Field, Path: "metadata.name"},
	{Name: "SECRET", Kind: expansion.Secret},
	{Name: "PS1", Value: "x"},
	{Name: "my.var", Value: "x"},
	{Name: "MAYBE", Kind: expansion.ConfigMap, Optional: true},
}}

func analyse(shell, script string) (invocation.Invocation, *invocation.Obstacle) {
	return invocation.Analyse(invocation.Script{
		Text:  script,
		Shell: invocation.Shell{Name: shell},
		Marks: []invocation.Mark{
			{Word: "M1M", Text: "{{params}}", Policy: invocation.Words},
			{Word: "M2M", Text: "{{one}}", Policy: invocation.OneWord},
			{Word: "M3M", Text: "{{ .x }}", Policy: invocation.Refuse},
		},
		Env:      environment,
		Variable: func(string) invocation.Policy { return invocation.Refuse },
	})
}

// said returns what an analysis says on one line: the words in brackets, the
// streams where they are redirected, or the obstacle's code.
func said(inv invocation.Invocation, bad *invocation.Obstacle) string {
	if bad != nil {
		return bad.Rule.Code
	}
	var b strings.Builder
	for _, w := range inv.Words {
		b.WriteString("[" + w.String() + "]")
		if w.Several {
			b.WriteString("*")
		}
	}
	inv.Remarks = slices.DeleteFunc(inv.Remarks, func(r invocation.Remark) bool { return strings.HasPrefix(r.Sentence, "PS1 ") })
	for _, d := range []struct {
		name string
		to   invocation.Destination
		keep invocation.DestinationKind
	}{{" 1", inv.Stdout, invocation.ToStdout}, {" 2", inv.Stderr, invocation.ToStderr}} {
		if d.to.Kind == d.keep && !d.to.Tee {
			continue
		}
		b.WriteString(d.name + ">" + destination(d.to))
	}
	if len(inv.Remarks) > 0 {
		b.WriteString(" review")
	}
	return b.String()
}

func destination(d invocation.Destination) string {
	switch d.Kind {
	case invocation.ToStdout:
		return "stdout"
	case invocation.ToStderr:
		return "stderr"
	case invocation.ToNull:
		return "null"
	}
	text := d.Path.String()
	if d.Append {
		text = ">" + text
	}
	if d.Tee {
		text += "+tee"
	}
	return text
}

func TestAnalyse(t *testing.T) {
	tests := []struct{ shell, script, want string }{
		// Redirections, in the order of the script.
		{"sh", "exec x 1>>/l 2>&1", "[x] 1>>/l 2>>/l"},
		{"sh", "x >>/l 2>&1", "[x] 1>>/l 2>>/l"},
		{"sh", "x 2>>/l 1>&2", "[x] 1>>/l 2>>/l"},
		{"sh", "x >/l 2>&1", "[x] 1>/l 2>/l"},
		{"sh", "x >|/l 2>&1", "[x] 1>/l 2>/l"},
		{"sh", "x >/l", "[x] 1>/l"},
		{"sh", "x 2>>/l", "[x] 2>>/l"},
		{"sh", "x 2>&1 >>/l", "[x] 1>>/l 2>stdout"},
		{"sh", "x 2>&1", "[x] 2>stdout"},
		{"sh", "x 1>&2", "[x] 1>stderr"},
		{"sh", ">>/l 2>&1 x a", "[x][a] 1>>/l 2>>/l"},
		{"sh", "x 1>>/l --elect 2>&1", "[x][--elect] 1>>/l 2>>/l"},
		{"sh", "x >/dev/null 2>&1", "[x] 1>null 2>null"},
		{"sh", "x 2>/dev/null", "[x] 2>null"},
		{"sh", "x >/dev/stderr", "[x] 1>stderr"},
		{"sh", "x >/a 2>/b", "SF206"},
		{"sh", "x >/a 2>/dev/stdout", "SF206"},
		{"sh", "x >/a 2>/dev/null", "SF206"},
		{"sh", "x </in", "SF206"},
		{"sh", "x >/a >/b", "SF206"},
		{"sh", "x >/a 2>/a", "SF206"},
		{"sh", "x >>/a 2>>/a", "[x] 1>>/a 2>>/a"},
		{"sh", "x >/proc/1/fd/1", "SF206"},
		{"sh", "x 3>/a", "SF206"},
		{"sh", "x 2>&-", "SF206"},
		{"sh", "x <<E\na\nE", "SF206"},
		{"bash", "x &>/l", "[x] 1>/l 2>/l"},
		{"bash", "x &>>/l", "[x] 1>>/l 2>>/l"},
		{"sh", "x &>/l", "SF206"},
		{"sh", "x &>>/l", "SF206"},
		{"sh", "x >& /l", "SF206"},
		{"sh", "x >/l-$(NODE).log", "[x] 1>/l-$(NODE).log"},
		{"sh", "x >>/l/M2M.log 2>&1", "[x] 1>>/l/{{one}}.log 2>>/l/{{one}}.log review"},
		// Tee.
		{"sh", "x 2>&1 | tee -a /l", "[x] 1>>/l+tee 2>>/l+tee"},
		{"sh", "x | /bin/tee /l", "[x] 1>/l+tee"},
		{"bash", "x |& tee /l", "[x] 1>/l+tee 2>/l+tee"},
		{"sh", "mkfifo /p; (tee -a /l < /p & ) ; exec x a > /p 2>&1", "[x][a] 1>>/l+tee 2>>/l+tee"},
		{"sh", "mkfifo /p; (tee -a /l < /q & ) ; exec x a > /p 2>&1", "SF205"},
		{"sh", "x | tee /a /b", "SF202"},
		{"sh", "x | grep y", "SF202"},
		{"sh", "x | tee", "SF202"},
		// Words.
		{"sh", `x --a="" '' "b c" d\ e`, "[x][--a=][][b c][d e]"},
		{"sh", `x "a\"b\x$"`, `[x][a"b\x$]`},
		{"sh", `x 'a\b'`, `[x][a\b]`},
		{"sh", "x \\\n  y", "[x][y]"},
		{"sh", "x a#b", "[x][a#b]"},
		{"sh", "x --u=http://h?a=b", "[x][--u=http://h?a=b] review"},
		{"sh", "x /etc/*.conf", "SF204"},
		{"sh", "x '/etc/*.conf'", "[x][/etc/*.conf]"},
		{"sh", `x /etc/\*`, "[x][/etc/*]"},
		{"sh", "x ~/y", "SF204"},
		{"sh", "x a~", "[x][a~]"},
		{"sh", "x --p=$(SAFE)~", "SF204"},
		{"sh", "x $SAFE~", "[x][$(SAFE)~]"},
		{"sh", "x {a,b}", "SF204"},
		{"sh", `x '{"a","b"}'`, `[x][{"a","b"}]`},
		{"sh", "x {a}", "[x][{a}]"},
		{"bash", `x $'a\tb'`, "[x][a\tb]"},
		{"bash", `x $'\>a'`, "SF203"},
		{"bash", `x $'$(SAFE)'`, "SF203"},
		{"sh", `x $'a'`, "SF203"},
		{"sh", `x "a$[1]"`, "SF203"},
		{"sh", "x --p=a$[b", "SF203"},
		{"sh", `x "\$[1]" '$[' a$^b`, "[x][$[1]][$[][a$^b]"},
		// Variables and the kubelet's references.
		{"sh", "x $(SAFE) $SAFE ${SAFE}", "[x][$(SAFE)][$(SAFE)][$(SAFE)]"},
		{"sh", "x --n=$(NODE)", "[x][--n=$(NODE)]"},
		{"sh", "x $(BLANKS)", "SF203"},
		{"sh", `x "$(BLANKS)"`, "[x][$(BLANKS)] review"},
		{"sh", `x "$(QUOTE)"`, "[x][$(QUOTE)] review"},
		{"sh", "x '$(QUOTE)'", "SF203"},
		{"sh", "x $BLANKS", "SF203"},
		{"sh", `x "$BLANKS"`, "[x][$(BLANKS)] review"},
		{"sh", "x $(EMPTY)", "SF203"},
		{"sh", "x --e=$(EMPTY)", "[x][--e=$(EMPTY)] review"},
		{"sh", "x a$(ACCENT)", "[x][a$(ACCENT)] review"},
		{"sh", "x $(SECRET)", "SF203"},
		{"sh", "x --s=$(SECRET)", "[x][--s=$(SECRET)] review"},
		{"sh", `x "$SECRET"`, "[x][$(SECRET)] review"},
		{"sh", "x $(MAYBE)", "SF203"},
		{"sh", "x $OTHER", "SF203"},
		{"sh", "x $PS1", "SF203"},
		{"sh", "x $(SAFE)>>/l", "SF206"},
		{"sh", "x 1M2M>>/l", "SF206"},
		{"sh", "x >&1>/l", "SF206"},
		{"sh", "x >&1 >/l", "[x] 1>/l"},
		{"sh", "x 2>/l1>&2", "[x] 1>/l1 2>/l1"},
		{"sh", "x --a=M2M>>/l", "[x][--a={{one}}] 1>>/l review"},
		{"sh", "x 'a'>>/l", "[x][a] 1>>/l"},
		{"sh", "x $(OTHER)", "SF203"},
		{"sh", "x ${SAFE:-d}", "SF203"},
		{"sh", "x $(date)", "SF203"},
		{"sh", "x `date`", "SF203"},
		{"sh", "x $((1+2))", "SF203"},
		{"sh", "x $1", "SF203"},
		{"sh", "x $$$$", "SF203"},
		{"sh", "x '$$SAFE'", "[x][$SAFE]"},
		{"bash", "x <(y)", "SF203"},
		// Placeholders.
		{"sh", "x M1M b", "[x][{{params}}]*[b] review"},
		{"sh", `x "M1M"`, "[x][{{params}}] review"},
		{"sh", "x --a=M1M", "[x][--a={{params}}] review"},
		{"sh", "x M2M", "[x][{{one}}] review"},
		{"sh", "x M3M", "SF209"},
		{"sh", "x M1MM1M", "SF209"},
		{"sh", "M1M a", "SF209"},
		{"sh", "M3M/x a", "[{{ .x }}/x][a] review"},
		// Preludes and lists.
		{"sh", "set -e; exec x", "[x]"},
		{"sh", "set -eu\nset -o errexit\n: \nx", "[x]"},
		{"sh", "set -x; x", "[x] review"},
		{"bash", "set -euo pipefail; x", "[x]"},
		{"sh", "set -f; x", "SF214"},
		{"sh", "set -o pipefail; x", "SF214"},
		{"sh", "a; b", "SF201"},
		{"sh", "a && b", "SF201"},
		{"sh", "a &", "SF201"},
		{"sh", "a\nb", "SF201"},
		{"sh", "if a; then b; fi; x", "SF205"},
		{"sh", "! x", "SF205"},
		{"sh", "echo a", "SF205"},
		{"sh", "exec echo a", "[echo][a]"},
		{"sh", "exec -a n x", "SF205"},
		{"sh", "[[ a ]]", "SF205"},
		{"sh", "", "SF216"},
		{"sh", "set -e", "SF216"},
		{"sh", "x 'a", "SF003"},
		{"sh", "if", "SF003"},
		{"sh", "x\r", "SF003"},
		// What is started.
		{"sh", "./run.sh", "SF211"},
		{"sh", "./run.sh >>/l 2>&1", "[./run.sh] 1>>/l 2>>/l review"},
		{"sh", "sh -c 'x'", "SF205"},
		{"sh", "bash y", "SF211"},
		{"sh", "nsenter -t 1 x", "SF212"},
		{"sh", "timeout 5 x", "[timeout][5][x] review"},
		{"sh", "x # why", "[x] review"},
	}
	for _, tt := range tests {
		t.Run(tt.shell+" "+tt.script, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, said(analyse(tt.shell, tt.script))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnalyseInPlaces(t *testing.T) {
	tests := []struct {
		place        expansion.Place
		script, want string
	}{
		{expansion.Probe, "x $(SAFE)", "[x][$(SAFE)]"},
		{expansion.Probe, "x $SAFE", "[x][$(SAFE)]"},
		{expansion.Probe, "x --n=$NODE", "SF203"},
		{expansion.Probe, "x --n=$(NODE)", "[x][--n=$(NODE)] review"},
		{expansion.Hook, "x $(SAFE)", "SF203"},
		{expansion.Hook, "x $SAFE", "SF203"},
		{expansion.Hook, "x '$(SAFE)'", "[x][$(SAFE)]"},
		{expansion.Hook, "x 'a$$b'", "[x][a$$b]"},
	}
	for _, tt := range tests {
		inv, bad := invocation.Analyse(invocation.Script{
			Text: tt.script, Shell: invocation.Shell{Name: "sh"}, Env: environment, Place: tt.place,
		})
		if diff := cmp.Diff(tt.want, said(inv, bad)); diff != "" {
			t.Errorf("%s: %s", tt.script, diff)
		}
	}
}

func TestEnvironmentOnItsWay(t *testing.T) {
	inv, bad := analyse("sh", "x")
	if bad != nil || !slices.ContainsFunc(inv.Remarks, func(r invocation.Remark) bool { return strings.HasPrefix(r.Sentence, "PS1 is declared") }) ||
		!slices.ContainsFunc(inv.Notes, func(s string) bool { return strings.Contains(s, "my.var") }) {
		t.Errorf("PS1 and my.var are not named: %v %v %v", bad, inv.Remarks, inv.Notes)
	}
}

func TestOwnEnvironment(t *testing.T) {
	for script, want := range map[string]string{"x $SAFE": "SF208", "x $(SAFE)": "[x][$(SAFE)]"} {
		inv, bad := invocation.Analyse(invocation.Script{Text: script, Shell: invocation.Shell{Name: "sh", OwnEnvironment: true}, Env: environment})
		if got := said(inv, bad); got != want {
			t.Errorf("%s behind env -i: got %s, want %s", script, got, want)
		}
	}
}

func TestStartupFiles(t *testing.T) {
	_, bad := invocation.Analyse(invocation.Script{
		Text: "x", Shell: invocation.Shell{Name: "bash"},
		Env: expansion.Environment{Variables: []expansion.Variable{{Name: "BASH_ENV", Value: "/etc/env"}}},
	})
	if bad == nil || bad.Rule.Code != "SF208" {
		t.Errorf("BASH_ENV: got %v, want SF208", bad)
	}
}

// TestTraps: bytes that the parser reads otherwise than shells do, or that shells read
// in different ways, have no exec form; near misses do.
func TestTraps(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{"exec /app --a \\\n  # --b \\\n  --c", "SF003"},
		{"set -e # stop at errors \\\nexec /app --a", "SF003"},
		{"# a comment \\\\\nexec /app", "SF003"},
		{"exec /app --a # done\n", "[/app][--a] review"},
		{"exec /app '# a \\\nb'", "[/app][# a \\\nb]"},
		{"exec /app $\\\n{A}", "SF203"},
		{"exec /app $\\\n(date)", "SF203"},
		{"exec /app $\\\n\\\nA", "SF203"},
		{"exec /app a$ \\\n b", "[/app][a$][b]"},
		{"exec /app --a \\", "SF003"},
		{"exec /app --a\\\\\\", "SF003"},
		{"exec /app --a\\\\", "[/app][--a\\]"},
	} {
		if got := said(analyse("sh", tt.script)); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.script, got, tt.want)
		}
	}
}
