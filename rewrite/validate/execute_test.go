package validate_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/validate"
)

var (
	stdout = validate.Stream{Kind: invocation.ToStdout}
	stderr = validate.Stream{Kind: invocation.ToStderr}
	null   = validate.Stream{Kind: invocation.ToNull}
)

// @DIR stands for the folder of the log files in the table: /var/log here, a
// temporary one under real shells. @PROG is the program.
func file(name string) validate.Stream {
	return validate.Stream{Kind: invocation.ToFile, Path: "@DIR/" + name}
}

func appendedFile(name string) validate.Stream {
	s := file(name)
	s.Append = true
	return s
}

func tee(s validate.Stream) validate.Stream {
	s.Tee = true
	return s
}

// runs are scripts that start one program. Each is also run by the real shells.
var runs = []struct {
	script   string
	bash     bool // for bash alone
	env      []string
	words    []string // after the program
	added    []string
	dir      string
	out, err validate.Stream
}{
	// Redirections of real manifests.
	{script: `exec @PROG --v=2 1>>@DIR/a.log 2>&1`, words: []string{"--v=2"}, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG --v=2 >>@DIR/a.log 2>&1`, words: []string{"--v=2"}, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG 2>>@DIR/a.log 1>&2`, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG >@DIR/a.log 2>&1`, out: file("a.log"), err: file("a.log")},
	{script: `@PROG >|@DIR/a.log 2>&1`, out: file("a.log"), err: file("a.log")},
	{script: `@PROG 2>&1 >>@DIR/a.log`, out: appendedFile("a.log"), err: stdout},
	{script: `@PROG 2>&1 >> @DIR/a.log`, out: appendedFile("a.log"), err: stdout},
	{script: `@PROG >> @DIR/a.log`, out: appendedFile("a.log"), err: stderr},
	{script: `@PROG 2>@DIR/a.log`, out: stdout, err: file("a.log")},
	{script: `@PROG 2>@DIR/a.log >@DIR/b.log`, out: file("b.log"), err: file("a.log")},
	{script: `@PROG >>@DIR/a.log 2>>@DIR/a.log`, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG 2>&1`, out: stdout, err: stdout},
	{script: `@PROG 1>&2`, out: stderr, err: stderr},
	{script: `@PROG 1>&2 2>&1`, out: stderr, err: stderr},
	{script: `@PROG >&2`, out: stderr, err: stderr},
	{script: `@PROG 1>>@DIR/a.log --leader-elect 2>&1`, words: []string{"--leader-elect"}, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `>>@DIR/a.log 2>&1 @PROG x`, words: []string{"x"}, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG >@DIR/a-$NODE.log`, env: []string{"NODE=n1"}, out: file("a-n1.log"), err: stderr},
	{script: `@PROG >"@DIR/a $NODE.log"`, env: []string{"NODE=n 1"}, out: file("a n 1.log"), err: stderr},
	{script: `@PROG >@DIR/sh-interp-1 2>&1`, out: file("sh-interp-1"), err: file("sh-interp-1")},
	{script: `@PROG > /dev/null 2>&1`, out: null, err: null},
	{script: `@PROG 1>/dev/null`, out: null, err: stderr},
	{script: `@PROG 2>/dev/null >@DIR/a.log`, out: file("a.log"), err: null},
	{script: `@PROG >/dev/stdout 2>/dev/stderr`, out: stdout, err: stderr},
	{script: `@PROG 2>/dev/stdout`, out: stdout, err: stdout},
	{script: `@PROG &>@DIR/a.log`, bash: true, out: file("a.log"), err: file("a.log")},
	{script: `@PROG &>>@DIR/a.log`, bash: true, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `@PROG >&@DIR/a.log`, bash: true, out: file("a.log"), err: file("a.log")},
	{script: `@PROG &>/dev/null`, bash: true, out: null, err: null},

	// Tee, by a pipe and by the named pipe of kops.
	{script: `@PROG 2>&1 | tee -a @DIR/a.log`, out: tee(appendedFile("a.log")), err: tee(appendedFile("a.log"))},
	{script: `exec @PROG 2>&1 | /usr/bin/tee --append @DIR/a.log`, out: tee(appendedFile("a.log")), err: tee(appendedFile("a.log"))},
	{script: `@PROG | tee @DIR/a.log`, out: tee(file("a.log")), err: stderr},
	{script: `@PROG 2>@DIR/b.log | tee @DIR/a.log`, out: tee(file("a.log")), err: file("b.log")},
	{script: `@PROG 2>&1 >@DIR/b.log | tee @DIR/a.log`, out: file("b.log"), err: tee(file("a.log"))},
	{script: `@PROG |& tee @DIR/a.log`, bash: true, out: tee(file("a.log")), err: tee(file("a.log"))},
	{script: `@PROG 2>/dev/null |& tee @DIR/a.log`, bash: true, out: tee(file("a.log")), err: tee(file("a.log"))},
	{script: `mkfifo @DIR/pipe; (tee -a @DIR/a.log < @DIR/pipe & ) ; exec @PROG --x > @DIR/pipe 2>&1`,
		words: []string{"--x"}, out: tee(appendedFile("a.log")), err: tee(appendedFile("a.log"))},
	{script: `mkfifo "@DIR/pipe"; (tee @DIR/a.log <'@DIR/pipe' & ) ; exec @PROG >> @DIR/pipe`, out: tee(file("a.log")), err: stderr},

	// Statements before the program, and the environment.
	{script: "set -e\nset -uo errexit\n:\ntrue\nexec @PROG # with a comment", out: stdout, err: stderr},
	{script: `set -euo pipefail; @PROG;`, bash: true, out: stdout, err: stderr},
	{script: `export A=1 B="x y"; exec @PROG`, added: []string{"A=1", "B=x y"}, out: stdout, err: stderr},
	{script: "set -e\nexport A=\nexport B='$x'\n@PROG >>@DIR/a.log 2>&1", added: []string{"A=", "B=$x"}, out: appendedFile("a.log"), err: appendedFile("a.log")},
	{script: `export B=a\b\\c\ ; A=\$x\"y exec @PROG`, added: []string{`A=$x"y`, `B=ab\c `}, out: stdout, err: stderr},
	{script: `A=1; B=2; export A; exec @PROG`, added: []string{"A=1"}, out: stdout, err: stderr},
	{script: `export A=1 && C=3 exec @PROG 2>&1`, added: []string{"A=1", "C=3"}, out: stdout, err: stdout},
	{script: `export A=1; @PROG | tee -a @DIR/a.log`, added: []string{"A=1"}, out: tee(appendedFile("a.log")), err: stderr},
	{script: `export A=$V; V=w exec @PROG`, env: []string{"V=v"}, added: []string{"A=v", "V=w"}, out: stdout, err: stderr},
	{script: `cd /usr && exec @PROG`, dir: "/usr", out: stdout, err: stderr},
	{script: `cd /; cd "/usr/bin"; exec @PROG a`, words: []string{"a"}, dir: "/usr/bin", out: stdout, err: stderr},
	{script: `set -e && cd $V/bin && export A=1; exec @PROG`, env: []string{"V=/usr"}, dir: "/usr/bin", added: []string{"A=1"}, out: stdout, err: stderr},
	{script: `A=1 B= C="x y" exec @PROG`, added: []string{"A=1", "B=", "C=x y"}, out: stdout, err: stderr},
	{script: `A=$NODE/x G=same N=new @PROG`, env: []string{"NODE=a  b", "G=same", "N=old"}, added: []string{"A=a  b/x", "N=new"}, out: stdout, err: stderr},
	{script: `TMPDIR=/x @PROG`, env: []string{"TMPDIR=/y"}, added: []string{"TMPDIR=/x"}, out: stdout, err: stderr},

	// Words.
	{script: `@PROG --resource-container="" '' "" a""b`, words: []string{"--resource-container=", "", "", "ab"}, out: stdout, err: stderr},
	{script: `@PROG "a b" 'c  "d"' e\ f g\\h \"i "j\"k\$l\m"`, words: []string{"a b", `c  "d"`, "e f", `g\h`, `"i`, `j"k$l\m`}, out: stdout, err: stderr},
	{script: "@PROG a\\\nb \\\n\tc \"d\\\ne\" \"f\ng\"", words: []string{"ab", "c", "de", "f\ng"}, out: stdout, err: stderr},
	{script: `@PROG a#b 'http://h/?q=1&r=2' x=y -- {} {a {x} a~b @ % ^ , foo$ "bar$"`,
		words: []string{"a#b", "http://h/?q=1&r=2", "x=y", "--", "{}", "{a", "{x}", "a~b", "@", "%", "^", ",", "foo$", "bar$"}, out: stdout, err: stderr},
	{script: `@PROG $A "$A" x${A}y z$A"$A"`, env: []string{"A= 1  2 "},
		words: []string{"1", "2", " 1  2 ", "x", "1", "2", "y", "z", "1", "2", " 1  2 "}, out: stdout, err: stderr},
	{script: `@PROG $E "$E" $E$E a$E ${E}""`, env: []string{"E="}, words: []string{"", "a", ""}, out: stdout, err: stderr},
	{script: `$E @PROG x`, env: []string{"E="}, words: []string{"x"}, out: stdout, err: stderr},
	{script: `@PROG $A '$A' \$A`, env: []string{`A='q';"$B" \x`}, words: []string{`'q';"$B"`, `\x`, "$A", "$A"}, out: stdout, err: stderr},
	{script: `@PROG $A`, env: []string{"A=first", "A=last"}, words: []string{"last"}, out: stdout, err: stderr},
	{script: `@PROG /no/such/* [x]? http://h//a*//b /no//\** "*" $A`, env: []string{"A=/no//such*"},
		words: []string{"/no/such/*", "[x]?", "http://h//a*//b", "/no//**", "*", "/no//such*"}, out: stdout, err: stderr},
	{script: "@PROG grün ☃", words: []string{"grün", "☃"}, out: stdout, err: stderr},
	{script: `@PROG $'a\tb\n\'\\' $"c"`, bash: true, words: []string{"a\tb\n'\\", "c"}, out: stdout, err: stderr},
}

func TestExecute(t *testing.T) {
	fill := strings.NewReplacer("@DIR", "/var/log", "@PROG", "/bin/program").Replace
	for _, tt := range runs {
		t.Run(tt.script, func(t *testing.T) {
			want := validate.Run{Argv: append([]string{"/bin/program"}, tt.words...), Env: tt.added, Dir: tt.dir, Stdout: tt.out, Stderr: tt.err}
			want.Stdout.Path, want.Stderr.Path = fill(want.Stdout.Path), fill(want.Stderr.Path)
			for _, shell := range []string{"bash", "/bin/sh"} {
				if tt.bash && shell != "bash" {
					continue
				}
				got, err := validate.Execute(context.Background(), validate.Script{Shell: shell, Text: fill(tt.script), Env: tt.env})
				if err != nil {
					t.Fatal(shell, ": ", err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", shell, diff)
				}
			}
		})
	}
}
