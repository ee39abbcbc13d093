package validate_test

import (
	"context"
	"strings"
	"testing"

	"shellfree/rewrite/validate"
)

// TestRefuse holds scripts that are no start of one program, or that shells
// read differently; each error says why.
func TestRefuse(t *testing.T) {
	env := []string{"X=x", "E=", "BLANK=a b", "STAR=*", "SET=set", "DASH=-a", "DEV=/dev", "TMPDIR=/t", "PWD=/p", "1=/one"}
	for _, tt := range []struct {
		script string
		bash   bool // read by bash, otherwise by sh
		want   string
	}{
		// Lists, jobs, compound commands.
		{script: ``, want: "starts no program"},
		{script: `set -e; :`, want: "starts no program"},
		{script: `a; b`, want: "several commands"},
		{script: `exec a; b`, want: "several commands"},
		{script: "a\nb\nc\nd", want: "several commands"},
		{script: `a && b`, want: "several commands"},
		{script: `cd /d && a && b`, want: "several commands"},
		{script: `a && cd /d`, want: "several commands"},
		{script: `a || true`, want: "several commands"},
		{script: `a &`, want: "job or negation"},
		{script: `! a`, want: "job or negation"},
		{script: `(a)`, want: "no simple command"},
		{script: `{ a; } >f`, want: "no simple command"},
		{script: `if a; then b; fi`, want: "no simple command"},
		{script: `while :; do a; done`, want: "no simple command"},
		{script: `f() { f; }; f`, want: "several commands"},
		{script: `coproc a`, bash: true, want: "no simple command"},
		{script: `time a`, bash: true, want: "no simple command"},
		{script: `if`, want: "not valid shell"},

		// Builtins, and names that some shells take for one.
		{script: `echo a`, want: "builtin of the shell"},
		{script: `. /f`, want: "builtin of the shell"},
		{script: `source /f`, want: "builtin of the shell"},
		{script: `eval a`, want: "builtin of the shell"},
		{script: `command a`, want: "builtin of the shell"},
		{script: `trap a EXIT`, want: "builtin of the shell"},
		{script: `cd /d`, want: "starts no program"},
		{script: `cd d; a`, want: "builtin of the shell"},
		{script: `cd; a`, want: "several commands"},
		{script: `cd -P /d; a`, want: "several commands"},
		{script: `cd -; a`, want: "builtin of the shell"},
		{script: `cd "$BLANK"; a`, want: "builtin of the shell"},
		{script: `cd $BLANK; a`, want: "builtin of the shell"},
		{script: `cd ~; a`, want: "tilde"},
		{script: `cd /d >f; a`, want: "several commands"},
		{script: `! cd /d; a`, want: "several commands"},
		{script: `cd /d & a`, want: "several commands"},
		{script: `A=1 export B=2; a`, want: "several commands"},
		{script: `A=1 cd /d; a`, want: "several commands"},
		{script: `cd /d | a`, want: "other than tee"},
		{script: `exec cd; a`, want: "several commands"},
		{script: `$SET -e`, want: "builtin of the shell"},
		{script: `time a`, want: "builtin of the shell"},
		{script: `[[ a ]]`, want: "builtin of the shell"},
		{script: `true`, want: "starts no program"},
		{script: `: a`, want: "builtin of the shell"},
		{script: `: >f; a`, want: "several commands"},
		{script: `set -f; a`, want: "several commands"},
		{script: `set -o noglob; a`, want: "several commands"},
		{script: `set -o; a`, want: "several commands"},
		{script: `set +e; a`, want: "several commands"},
		{script: `set -- x; a`, want: "several commands"},
		{script: `exec`, want: "builtin of the shell"},
		{script: `exec >f`, want: "builtin of the shell"},
		{script: `exec -a x a`, want: "option of exec"},
		{script: `exec -- a`, want: "option of exec"},
		{script: `exec $DASH x a`, want: "option of exec"},
		{script: `exec ""`, want: "no program"},
		{script: `"$E"`, want: "no program"},
		{script: `$E`, want: "starts no program"},
		{script: `$E >f`, want: "starts no program"},

		// Expansions.
		{script: `a $(b)`, want: "expansion"},
		{script: "a \"`b`\"", want: "expansion"},
		{script: `a $((1))`, want: "expansion"},
		{script: `a <(b)`, bash: true, want: "expansion"},
		{script: `a >(b)`, bash: true, want: "expansion"},
		{script: `a @(b|c)`, bash: true, want: "expansion"},
		{script: `a ${X:-b}`, want: "expansion"},
		{script: `a "${#X}"`, want: "expansion"},
		{script: `a ${X[0]}`, bash: true, want: "expansion"},
		{script: `a ${!X}`, bash: true, want: "expansion"},
		{script: `a $$`, want: "expansion"},
		{script: `a "$@" $1`, want: "expansion"},
		{script: `a $?`, want: "expansion"},
		{script: `a $PWD`, want: "expansion"},
		{script: `a $TMPDIR`, want: "expansion"},
		{script: `a $RANDOM`, want: "expansion"},
		{script: `a $HOME`, want: "was not given"},
		{script: `a "$UNKNOWN"`, want: "was not given"},
		{script: `a ~/x`, want: "tilde"},
		{script: `a --x=~/x`, want: "tilde"},
		{script: `a {b,c}`, want: "braces"},
		{script: `a x"y"{1..3}`, bash: true, want: "braces"},
		{script: `a $'b'`, want: "not on the allow-list: $"},
		{script: `a $"b"`, want: "not on the allow-list: $"},
		{script: `a $[1]`, want: "not on the allow-list: $"},
		{script: `a "$[1]"`, want: "not on the allow-list: $"},
		{script: `a $'\x41'`, bash: true, want: "$'…'"},
		{script: "a b\r\n", want: "control character"},
		{script: "a b\x00", want: "control character"},
		{script: "a \xff", want: "not valid shell"},

		// Assignments.
		{script: `A=1`, want: "starts no program"},
		{script: `A=1; a $A`, want: "was not given"},
		{script: `export A=$(a); a`, want: "expansion"},
		{script: `export A=~; a`, want: "tilde"},
		{script: `export A=$BLANK; a`, want: "may be split"},
		{script: `export A=$BLANK; a`, bash: true, want: "may be split"},
		{script: `export "$X"; a`, want: "assignment"},
		{script: `export x$X=1; a`, want: "assignment"},
		{script: `export -n X; a`, want: "assignment"},
		{script: `export -n X; a`, bash: true, want: "assignment"},
		{script: `export; a`, want: "several commands"},
		{script: `export PATH_=1 IFS=x; a`, want: "assignment"},
		{script: `export BASH_ENV; a`, want: "assignment"},
		{script: `export A+=1; a`, bash: true, want: "assignment"},
		{script: `A=(1); a`, bash: true, want: "assignment"},
		{script: `readonly A=1; a`, want: "several commands"},
		{script: `declare -x A=1; a`, bash: true, want: "several commands"},
		{script: `A=1 B=$A a`, want: "was not given"},
		{script: `X=1 B=$X a`, want: "assignment that uses another"},
		{script: `IFS=: a`, want: "assignment"},
		{script: `UID=1 a`, want: "assignment"},
		{script: `A+=1 a`, bash: true, want: "assignment"},
		{script: `A=~ a`, want: "tilde"},
		{script: `A=$(b) a`, want: "expansion"},

		// Redirections.
		{script: `a <f`, want: "redirection"},
		{script: `a <>f`, want: "redirection"},
		{script: "a <<E\nE\n", want: "redirection"},
		{script: `a <<<f`, bash: true, want: "redirection"},
		{script: `a 3>f`, want: "descriptor"},
		{script: `a 2>&3`, want: "redirection"},
		{script: `a >&1>f`, want: "number before a redirection"},
		{script: `a >&-`, want: "redirection"},
		{script: `a >&1-`, bash: true, want: "redirection"},
		{script: `a >&f`, want: "redirection"},
		{script: `a 2>&f`, bash: true, want: "redirection"},
		{script: `a >&$X`, bash: true, want: "redirection"},
		{script: `a {fd}>f`, bash: true, want: "descriptor"},
		{script: `a &>f`, want: "not valid shell"},
		{script: `a >$BLANK`, want: "may be split"},
		{script: `a >$STAR`, want: "may be split"},
		{script: `a >$E`, want: "not a file to write to"},
		{script: `a >""`, want: "not a file to write to"},
		{script: `a >f >g`, want: "opened and not used"},
		{script: `a >f 1>&2`, want: "opened and not used"},
		{script: `a >f 2>f`, want: "opened twice"},
		{script: `a >f 2>>f`, want: "opened twice"},
		{script: `a >f 2>/dev/stdout`, want: "opens a file a second time"},
		{script: `a 2>/dev/null >/dev/stderr`, want: "opens a file a second time"},
		{script: `a >$DEV/fd/3`, want: "no file"},
		{script: `a >/dev/tcp/h/1`, want: "no file"},
		{script: `a >/dev/../proc/1/fd/1`, want: "no file"},

		// Pipelines.
		{script: `a | b`, want: "other than tee"},
		{script: `a | b | tee f`, want: "no simple command"},
		{script: `a & | tee f`, want: "not valid shell"},
		{script: `a | tee f &`, want: "pipeline"},
		{script: `! a | tee f`, want: "pipeline"},
		{script: `a | tee f | b`, want: "other than tee"},
		{script: `a | tee f >g`, want: "other than tee"},
		{script: `a | (tee f)`, want: "other than tee"},
		{script: `a | tee`, want: "not tee [-a] FILE"},
		{script: `a | tee f g`, want: "not tee [-a] FILE"},
		{script: `a | tee -i f`, want: "not tee [-a] FILE"},
		{script: `a | tee -a`, want: "not tee [-a] FILE"},
		{script: `a | tee /dev/stderr`, want: "not tee [-a] FILE"},
		{script: `a | tee $BLANK`, want: "not tee [-a] FILE"},
		{script: `a >f | tee g`, want: "nothing reaches"},
		{script: `echo a | tee f`, want: "builtin of the shell"},
		{script: `a 2>f |& tee g`, bash: true, want: "opened and not used"},

		// The named pipe of kops, each part changed.
		{script: `mkfifo p; (tee f <q &); exec a >p`, want: "made and then read"},
		{script: `mkfifo -m 600 p; (tee f <p &); exec a >p`, want: "made and then read"},
		{script: `mkfifo p q; (tee f <p &); exec a >p`, want: "made and then read"},
		{script: `mkfifo p; (tee p <p &); exec a >p`, want: "not tee [-a] FILE"},
		{script: `mkfifo p; (tee f <p); exec a >p`, want: "subshell"},
		{script: `mkfifo p; (tee f <p &) & exec a >p`, want: "several commands"},
		{script: `mkfifo p; tee f <p & exec a >p`, want: "several commands"},
		{script: `mkfifo p; (tee f &); exec a >p`, want: "subshell"},
		{script: `mkfifo p; (tee f <p >g &); exec a >p`, want: "subshell"},
		{script: `mkfifo p; (tee f <p & b); exec a >p`, want: "several commands"},
		{script: `mkfifo p; (b <p &); exec a >p`, want: "other than tee"},
		{script: `mkfifo p; (tee f <$BLANK &); exec a >p`, want: "may be split"},
		{script: `rm p; (tee f <p &); exec a >p`, want: "other than mkfifo"},
		{script: `exec mkfifo p; (tee f <p &); exec a >p`, want: "other than mkfifo"},
		{script: `mkfifo p; (tee f <p &); exec a`, want: "nothing reaches"},
		{script: `mkfifo p; (tee f <p &); exec a | b`, want: "no simple command"},
	} {
		t.Run(tt.script, func(t *testing.T) {
			s := validate.Script{Shell: "sh", Text: tt.script, Env: env}
			if tt.bash {
				s.Shell = "bash"
			}
			got, err := validate.Execute(context.Background(), s)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%+v, error %v, want one with %q", got, err, tt.want)
			}
		})
	}
}

// TestLimits holds scripts that are refused for their size or their environment,
// each beside one that just isn't.
func TestLimits(t *testing.T) {
	value := strings.Repeat("v", 1<<20)
	for _, tt := range []struct {
		name   string
		script validate.Script
		want   string // "" runs
	}{
		{"longest", validate.Script{Text: "a " + strings.Repeat("b", 128<<10-3)}, ""},
		{"too long", validate.Script{Text: "a " + strings.Repeat("b", 128<<10-2)}, "longer than"},
		{"much expanded", validate.Script{Text: `a $V "$V"`, Env: []string{"V=" + value}}, ""},
		{"too much expanded", validate.Script{Text: `a $V$V$V`, Env: []string{"V=" + value}}, "more than 2 MiB"},
		{"nested", validate.Script{Text: strings.Repeat("(", 100_000)}, "not valid shell"},
		{"many statements", validate.Script{Text: strings.Repeat(":;", 60_000) + "a"}, ""},
		{"zsh", validate.Script{Shell: "/bin/zsh", Text: "a"}, "in its own way"},
		{"ksh", validate.Script{Shell: "/bin/ksh", Text: "a"}, ""},
		{"BASH_ENV", validate.Script{Text: "a", Env: []string{"BASH_ENV=/f"}}, "changes what a shell does"},
		{"ENV", validate.Script{Text: "a", Env: []string{"ENV=/f"}}, "changes what a shell does"},
		{"IFS", validate.Script{Text: "a", Env: []string{"IFS=:"}}, "changes what a shell does"},
		{"no variable", validate.Script{Text: "a", Env: []string{"A"}}, "is no variable"},
		{"NUL", validate.Script{Text: "a", Env: []string{"A=\x00"}}, "is no variable"},
		{"like ENV", validate.Script{Text: "a", Env: []string{"MY_ENV=/f", "MY_BASH_ENV=/f"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := validate.Execute(context.Background(), tt.script)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := validate.Execute(ctx, validate.Script{Text: "a"}); err == nil {
		t.Errorf("%+v, want an error", r)
	}
}
