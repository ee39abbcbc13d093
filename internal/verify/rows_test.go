package verify_test

import (
	"strings"
	"testing"

	"shellfree/internal/verify"
)

func TestCompareVerdicts(t *testing.T) {
	checkRows(t, []row{
		{
			name:   "the same command in another style",
			before: "command: [sh, -c, \"exec /a 'b c'\"]\n", after: "command:\n- sh\n- -c\n- |-\n  exec /a 'b c'\n",
			verdict: verify.Unchanged,
		},
		{
			name:   "exec form",
			before: "command: [sh, -c, \"exec /a 'b c'\"]\n", after: "command: [/a]\nargs: [b c]\n",
			verdict: verify.Same,
		},
		{
			name:   "another shell and another spelling",
			before: "command: [sh, -c, \"exec /a 'b c'\"]\n", after: "command: [bash, -c, '/a \"b c\"']\n",
			verdict: verify.Same,
		},
		{
			name:   "another image",
			before: "image: i:1\ncommand: [/a]\n", after: "image: i:2\ncommand: [/a]\n",
			verdict: verify.Same,
		},
		{
			name:   "a wrapper that stays",
			before: "command: [/tini, --, sh, -c, exec /a b]\n", after: "command: [/tini, --, /a, b]\n",
			verdict: verify.Same,
		},
		{
			name:   "a wrapper that went with the shell",
			before: "command: [/tini, --, sh, -c, exec /a b]\n", after: "command: [/a, b]\n",
			verdict: verify.Different, differences: []string{"the program was /tini, now it is /a", "the argument `--` is gone", "the argument `/a` is gone"},
		},
		{
			name:   "no command any more",
			before: "image: i\ncommand: [/a]\n", after: "image: i\n",
			verdict: verify.Different, differences: []string{"there is no command any more: the image's ENTRYPOINT starts, if the container is still there"},
		},
		{
			name:   "no command before",
			before: "image: i\n", after: "image: i\ncommand: [/a]\n",
			verdict: verify.Different, differences: []string{"the command is new: before, the image's ENTRYPOINT started, or there was no such container"},
		},
		{
			name:   "args without command, another argument",
			before: "image: i\ncommand: [/a]\nargs: [b]\n", after: "image: i\nargs: [c]\n",
			verdict: verify.Different, differences: []string{"command is gone: the image's ENTRYPOINT starts with the words of args", "the argument `b` is gone", "the argument `c` is new"},
		},
		{
			name:   "a command before args that stood alone",
			before: "image: i\nargs: [b]\n", after: "image: i\ncommand: [/a]\nargs: [b]\n",
			verdict: verify.Different, differences: []string{"command is new: before, the image's ENTRYPOINT started with the words of args"},
		},
		{
			name:   "args without command, another argument of the same ENTRYPOINT",
			before: "image: i\nargs: [b, c]\n", after: "image: i\nargs: [b, d]\n",
			verdict: verify.Different, differences: []string{"the argument `c` is gone", "the argument `d` is new"},
		},
		{
			name:   "the command became args",
			before: "image: i\ncommand: [/a, b]\n", after: "image: i\nargs: [/a, b]\n",
			verdict: verify.Different, differences: []string{"command is gone: the image's ENTRYPOINT starts with the words of args", "the argument `/a` is new"},
		},
		{
			name:   "a script of which only the last command is compared",
			before: "command: [sh, -c, 'mkdir -p /x; exec /a']\n", after: "command: [/a]\n",
			verdict: verify.Different, differences: []string{"before the program the script ran `mkdir -p /x;`, now nothing"},
		},
		{
			name:   "another prelude",
			before: "command: [sh, -c, 'mkdir /x; exec /a']\n", after: "command: [sh, -c, 'mkdir   /y; exec /a']\n",
			verdict: verify.Different, differences: []string{"before the program the script ran `mkdir /x;`, now `mkdir /y;`"},
		},
		{
			name:   "unclear before",
			before: "command: [sh, -c, 'for i in 1 2; do /a; done']\n", after: "command: [/a]\n",
			verdict: verify.Unclear, differences: []string{"before it can't be told: the script uses a for loop: keep the shell, or move that work into the program or an init container"},
		},
		{
			name:   "unclear now",
			before: "command: [/a]\n", after: "command: [sh, -c, '/a | /b']\n",
			verdict: verify.Unclear, differences: []string{"now it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell"},
		},
		{
			name:   "unclear before and now",
			before: "command: [sh, -c, '/a | /b']\n", after: "command: [sh, -c, '/a | /c']\n",
			verdict: verify.Unclear, differences: []string{
				"before it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell",
				"now it can't be told: the script is a pipeline (/c): let the program do that work, or keep the shell",
			},
		},
		{
			name:   "an unclear script that stayed",
			before: "image: i:1\ncommand: [sh, -c, '/a | /b']\n", after: "image: i:2\ncommand: [sh, -c, '/a | /b']\n",
			verdict: verify.Same,
		},
		{
			name:   "a script that can be told now, since its variable is declared",
			before: "command: [sh, -c, '/a $X']\n", after: "command: [sh, -c, '/a $X']\nenv: [{name: X, value: v}]\n",
			verdict: verify.Unclear, differences: []string{
				"the variable X is new in env",
				"before it can't be told: `$X` is not in the container's env (the image or the template may set it): declare it there",
			},
		},
		{
			name:   "an unclear script under another shell",
			before: "command: [sh, -c, '/a | /b']\n", after: "command: [bash, -c, '/a | /b']\n",
			verdict: verify.Unclear, differences: []string{
				"before it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell",
				"now it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell",
			},
		},
		{
			name:   "an unclear script behind another wrapper",
			before: "command: [timeout, '1', sh, -c, '/a | /b']\n", after: "command: [timeout, '2', sh, -c, '/a | /b']\n",
			verdict: verify.Unclear, differences: []string{
				"before it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell",
				"now it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell",
			},
		},
	})
}

func TestCompareEnvironment(t *testing.T) {
	checkRows(t, []row{
		{
			name:   "what the script set up is declared now",
			before: "command: [sh, -c, 'export A=b; cd /d; exec /a']\n", after: "command: [/a]\nenv: [{name: A, value: b}]\nworkingDir: /d\n",
			verdict: verify.Same,
		},
		{
			name:   "what the script set up is gone",
			before: "command: [sh, -c, 'export A=b; cd /d; exec /a']\n", after: "command: [/a]\n",
			verdict: verify.Different, differences: []string{"the variable A is gone from env", "the program started in /d, now in the image's own directory"},
		},
		{
			name:    "env and workingDir",
			before:  "command: [/a]\nenv: [{name: X, value: v}, {name: Z, value: v}]\nworkingDir: /x\n",
			after:   "command: [/a]\nenv: [{name: Y, value: v}, {name: Z, value: w}]\nworkingDir: /y\n",
			verdict: verify.Different, differences: []string{
				"the variable X is gone from env", "the variable Z has another value in env", "the variable Y is new in env", "the program started in /x, now in /y",
			},
		},
		{
			name:   "workingDir alone",
			before: "command: [/a]\n", after: "command: [/a]\nworkingDir: /d\n",
			verdict: verify.Different, differences: []string{"the program started in the image's own directory, now in /d"},
		},
		{
			name:    "env of an unclear script that stayed",
			before:  "command: [sh, -c, '/a | /b']\nenv: [{name: X, value: v}]\n",
			after:   "command: [sh, -c, '/a | /b']\nenv: [{name: X, value: w}]\n",
			verdict: verify.Different, differences: []string{"the variable X has another value in env"},
		},
	})
}

// TestCompareProbe: a probe runs in its container's environment, of which only the
// container's own comparison tells.
func TestCompareProbe(t *testing.T) {
	const probe = "livenessProbe: {exec: {command: "
	got := compared(t, pod("command: [/a]\n"+probe+"[sh, -c, /b c]}}\n"), pod("command: [/a]\nenv: [{name: X, value: v}]\nworkingDir: /d\n"+probe+"[/b, c]}}\n"))
	if len(got) != 2 {
		t.Fatalf("%d comparisons, want 2", len(got))
	}
	if c := got[0]; c.After.Site != "container" || c.Verdict != verify.Different || len(c.Differences) != 2 {
		t.Errorf("the container: %s %q", c.Verdict, c.Differences)
	}
	if c := got[1]; c.After.Site != "livenessProbe" || c.Verdict != verify.Same || len(c.Differences) != 0 {
		t.Errorf("the probe: %s %q", c.Verdict, c.Differences)
	}
}

func TestCompareWords(t *testing.T) {
	const empty = "env: [{name: X, value: ''}]\n"
	long := strings.Repeat("x", 120)
	checkRows(t, []row{
		{
			name:   "the program",
			before: "command: [sh, -c, exec /a b]\n", after: "command: [/c, b]\n",
			verdict: verify.Different, differences: []string{"the program was /a, now it is /c"},
		},
		{
			name:   "an argument that stood twice, and a new one",
			before: "command: [sh, -c, exec /a b c b]\n", after: "command: [/a, c, d, b]\n",
			verdict: verify.Different, differences: []string{"the argument `b` is gone", "the argument `d` is new"},
		},
		{
			name:   "a long argument is cut",
			before: "command: [/a, b, " + long + "]\n", after: "command: [/a, b]\n",
			verdict: verify.Different, differences: []string{"the argument `" + long[:97] + "...` is gone"},
		},
		{
			name:   "the order",
			before: "command: [sh, -c, exec /a --x=1 --x=2 --y]\n", after: "command: [/a, --x=2, --x=1, --y]\n",
			verdict: verify.Different, differences: []string{"the order changed: `--x=1` stood before `--x=2` and stands behind it now; of equal flags the last wins"},
		},
		{
			name:   "the order of what stayed, and a value",
			before: "command: [/a, --x=1, b, c]\n", after: "command: [/a, c, --x=2, b]\n",
			verdict: verify.Different, differences: []string{
				"--x was `1`, now it is `2`", "the order changed: `b` stood before `c` and stands behind it now; of equal flags the last wins",
			},
		},
		{
			name:   "values of flags that stand several times",
			before: "command: [/a, --x=1, --x=2]\n", after: "command: [/a, --x=3, --x=2]\n",
			verdict: verify.Different, differences: []string{"--x was `1`, now it is `3`"},
		},
		{
			name:   "a variable of the arguments is no flag",
			before: "command: [/a, x=1]\n", after: "command: [/a, x=2]\n",
			verdict: verify.Different, differences: []string{"the argument `x=1` is gone", "the argument `x=2` is new"},
		},
		{
			name:   "quotes that were the shell's",
			before: "command: [sh, -c, \"exec /a --x='1' 'b c'\"]\n", after: "command: [/a, \"--x='1'\", \"'b c'\"]\n",
			verdict: verify.Different, differences: []string{
				"the quotes in `--x='1'` were the shell's, now the program gets them", "the quotes in `'b c'` were the shell's, now the program gets them",
			},
		},
		{
			name:   "a flag and its value as one word",
			before: "command: [sh, -c, exec /a --b c -d e f]\n", after: "command: [/a, --b=c, -d=e, f]\n",
			verdict: verify.Same, notes: []string{"`--b c` is written with = now", "`-d e` is written with = now"},
		},
		{
			name:   "a flag and its value as two words",
			before: "command: [sh, -c, exec /a --b=c]\n", after: "command: [/a, --b, c]\n",
			verdict: verify.Same, notes: []string{"`--b=c` is written as two words now"},
		},
		{
			name:   "two words that are no flag",
			before: "command: [/a, b, c]\n", after: "command: [/a, b=c]\n",
			verdict: verify.Different, differences: []string{"the argument `b` is gone", "the argument `c` is gone", "the argument `b=c` is new"},
		},
		{
			name:   "a placeholder that stays glued",
			before: "command: [sh, -c, 'exec /a {{params}} b']\n", after: "command: [\"/a\"{{params}}, b]\n",
			verdict: verify.Same,
		},
		{
			name:   "a placeholder that became one argument",
			before: "command: [sh, -c, 'exec /a {{params}} b']\n", after: "command: [/a, '{{params}}', b]\n",
			verdict: verify.Different, differences: []string{"`{{params}}` stood for any number of words, now it is one argument, and an empty one when nothing is filled in"},
		},
		{
			name:   "a placeholder that was one argument",
			before: "command: [/a, '{{params}}', b]\n", after: "command: [/a, {{params}}, b]\n",
			verdict: verify.Different, differences: []string{"`{{params}}` was one argument, now it stands for any number of words"},
		},
		{
			name:   "quotes that were the shell's around a whole flag, beside another value",
			before: "command: [sh, -c, \"exec /a '--x=1'\"]\n", after: "command: [/a, \"'--x=1'\", --x=2]\n",
			verdict: verify.Different, differences: []string{"the quotes in `'--x=1'` were the shell's, now the program gets them", "the argument `--x=2` is new"},
		},
		{
			name:   "double quotes that were the shell's",
			before: "command: [sh, -c, 'exec /a --x=\"1\"']\n", after: "command: [/a, '--x=\"1\"']\n",
			verdict: verify.Different, differences: []string{"the quotes in `--x=\"1\"` were the shell's, now the program gets them"},
		},
		{
			name:   "quotes that are no pair",
			before: "command: [/a, b, c]\n", after: "command: [/a, \"'b\\\"\", \"'\"]\n",
			verdict: verify.Different, differences: []string{"the argument `b` is gone", "the argument `c` is gone", "the argument `'b\"` is new", "the argument `'` is new"},
		},
		{
			name:   "a flag and its placeholder as one word",
			before: "command: [sh, -c, 'exec /a --b {{x}}']\n", after: "command: [/a, '--b={{x}}']\n",
			verdict: verify.Same, notes: []string{"`--b {{x}}` is written with = now"},
		},
		{
			name:    "a variable that the shell dropped",
			before:  "command: [sh, -c, '/a $X']\n" + empty,
			after:   "command: [/a, $(X)]\n" + empty,
			verdict: verify.Different, differences: []string{"`$(X)` is one argument now, even when it is empty; the shell split it, or dropped it"},
		},
		{
			name:    "a variable that the shell could not drop",
			before:  "command: [sh, -c, '/a $X \"$Y\" $Y-b']\nenv: [{name: X, value: v}, {name: Y, value: ''}]\n",
			after:   "command: [/a, $(X), $(Y), $(Y)-b]\nenv: [{name: X, value: v}, {name: Y, value: ''}]\n",
			verdict: verify.Same,
		},
		{
			name:    "a variable that is gone",
			before:  "command: [sh, -c, '/a $X']\n" + empty,
			after:   "command: [/a]\n" + empty,
			verdict: verify.Different, differences: []string{"the argument `$(X)` is gone"},
		},
		{
			name:    "a variable that a shell still drops",
			before:  "command: [sh, -c, '/a $X']\n" + empty,
			after:   "command: [sh, -c, '/a $X b']\n" + empty,
			verdict: verify.Different, differences: []string{"the argument `b` is new"},
		},
		{
			name:    "a variable that no shell dropped",
			before:  "command: [/a, $(X)]\n" + empty,
			after:   "command: [/a, $(X), b]\n" + empty,
			verdict: verify.Different, differences: []string{"the argument `b` is new"},
		},
	})
}
