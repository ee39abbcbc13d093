package rewrite_test

import (
	"slices"
	"strings"
)

// listedTrial is a trial of the table with what the engine makes of it.
type listedTrial struct {
	title string
	sink  string
	rule  string // of the finding, or refused
	trial
}

// differentialEnv is the environment of the listed trials.
var differentialEnv = []variable{
	{"X", "plain"}, {"EMPTY", ""}, {"TWO", "two words"}, {"QUOTE", `it's "x"`}, {"STAR", "*"}, {"DOLLAR", "a$$b"},
	{"NEST", "$(X)/$(UNDECLARED)"}, {"ADDRESS", "http://$(X):80/a,b"}, {"POD", "pod-0"}, {"UMLAUT", "äöü"}, {"BACK", `a\b`},
	{"FOLDER", "DIR/log"}, {"BINARY", "DIR/bin/prog"}, {"DUP", "first"}, {"DUP", "second"},
	{"ASSIGN", "A=1"}, {"EXEC", "exec"}, {"DIGIT", "2"}, {"COMMA", "a,b"}, {"DOTS", "1..3"}, {"LINES_", "x\nDIR/bin/prog second"}, {"DASH", "-a"},
	{"BUILTIN", "cd"}, {"RESERVED", "if"}, {"NEWLINE", "\nx"}, {"my.var", "dotted"}, {"FLAG", "--f=1"},
}

// differentialTable returns the listed trials. Each script runs under sh
// unless it names its shell.
func differentialTable() []listedTrial {
	var table []listedTrial
	for _, group := range []struct {
		sink, site string
		shell      string
		entries    string
	}{
		{"runner", "", "/bin/sh -c", redirectionTrials},
		{"runner", "", "/bin/bash -c", bashTrials},
		{"runner", "", "sh -c", wordTrials + pastedTrials + preludeTrials + setupTrials},
		{"runner", "livenessProbe", "sh -c", probeTrials},
		{"runner", "preStop", "sh -c", hookTrials},
		{"klog", "", "sh -c", klogTrials},
	} {
		for _, entry := range strings.Split(strings.TrimSpace(group.entries), "\n") {
			rule, script, found := strings.Cut(entry, " ")
			if !found {
				continue
			}
			script = strings.ReplaceAll(script, "⏎", "\n")
			script = strings.ReplaceAll(script, "PROG", "DIR/bin/prog")
			script = strings.ReplaceAll(script, "LOG", "DIR/log/a.log")
			table = append(table, listedTrial{entry, group.sink, rule, trial{
				shell: strings.Fields(group.shell), script: script, env: differentialEnv, site: group.site,
			}})
		}
	}
	return slices.Concat(table, bareTrials(), shellTrials())
}

// bareTrials are trials of containers without env, split and not.
func bareTrials() []listedTrial {
	var table []listedTrial
	for _, script := range []string{"A=1 B='$$ $(A_)' exec DIR/bin/prog a", "cd DIR/bin && exec ./prog", "export A='b c'; cd DIR/bin; ./prog >>DIR/log/a.log 2>&1"} {
		for _, split := range []bool{false, true} {
			title := "bare " + script
			rule := "SF101"
			if strings.Contains(script, ">>") {
				rule = "SF102"
			}
			table = append(table, listedTrial{title, "runner", rule, trial{shell: []string{"sh", "-c"}, script: script, split: split, indent: split}})
		}
	}
	return table
}

// shellTrials are the ways to name a shell and to give it its script.
func shellTrials() []listedTrial {
	var table []listedTrial
	for _, entry := range strings.Split(strings.TrimSpace(shellArrays), "\n") {
		rule, shell, _ := strings.Cut(entry, " ")
		for _, split := range []bool{false, true} {
			table = append(table, listedTrial{entry, "runner", rule, trial{
				shell: strings.Fields(shell), script: "DIR/bin/prog --a 'b c' $(X) >>DIR/log/a.log 2>&1", env: differentialEnv, split: split, indent: split,
			}})
		}
	}
	return table
}

// A line is a rule, or refused for any that has no fix, and a script; ⏎ is a newline, PROG the program, LOG a log file.
const redirectionTrials = `
SF102 PROG --v=2 1>>LOG 2>&1
SF102 PROG --v=2 >>LOG 2>&1
SF102 exec PROG --v=2 >> LOG 2>&1
SF102 PROG --v=2 >LOG 2>&1
SF102 PROG --v=2 >|LOG 2>&1
SF102 PROG --v=2 2>>LOG 1>&2
SF102 PROG --v=2 2>LOG >&2
SF102 PROG --v=2 >>LOG 2>>LOG
SF102 1>>LOG 2>&1 PROG --v=2
SF102 PROG 1>>LOG --leader-elect 2>&1
SF102 PROG >>LOG --a 2>&1 --b
SF102 exec 2>>LOG PROG --a 1>&2 --b
SF102 PROG >>"LOG" 2>&1
SF102 PROG >>'DIR/log/b c.log' 2>&1
SF102 PROG >>DIR/log/é.log 2>&1
SF102 PROG >>DIR/log/$(POD).log 2>&1
SF102 PROG >>"$FOLDER/${POD}.log" 2>&1
SF102 PROG >>log/a.log 2>&1
SF103 PROG --v=2 >LOG
SF103 PROG --v=2 1>>LOG
SF103 PROG --v=2 2>&1 >>LOG
SF103 PROG --v=2 2>&1 >LOG
SF103 2>&1 >>LOG PROG
SF106 PROG --v=2 2>&1
SF106 PROG --v=2 1>&2
SF106 PROG --v=2 >&2
SF106 PROG --v=2 2>&1 1>&2
SF101 PROG --v=2
SF101 PROG
SF101 exec PROG
SF101 PROG 2>&2
SF101 PROG >/dev/stdout
SF101 PROG >>/dev/stdout 2>/dev/stderr
SF106 PROG 2>/dev/stdout
SF106 PROG >/dev/fd/2
SF102 PROG >>LOG 2>&1 2>&1
refused PROG >LOG 2>&1 >LOG
refused PROG >LOG | tee DIR/log/b
SF107 PROG >/dev/null
SF107 PROG >/dev/null 2>&1
SF107 PROG 2>&1 >/dev/null
SF107 PROG >>/dev/null 2>/dev/null
SF105 PROG 2>&1 | tee LOG
SF105 PROG 2>&1 | tee -a LOG
SF105 PROG 2>&1 | /usr/bin/tee --append LOG
SF105 exec PROG 2>&1 | tee -a "LOG"
SF105 PROG | tee LOG
SF105 PROG --a | tee -a LOG
SF105 mkfifo DIR/log/p; (tee -a LOG < DIR/log/p & ) ; exec PROG --a > DIR/log/p 2>&1
SF105 mkfifo DIR/log/p⏎(tee LOG <DIR/log/p &)⏎exec PROG --a 'b c' >DIR/log/p 2>&1
SF202 PROG 2>&1 | tee -a LOG >/dev/null
SF202 PROG | tee
SF202 PROG | tee LOG DIR/log/b
SF206 PROG >>LOG 2>>DIR/log/b
SF206 PROG >LOG 2>LOG
SF206 PROG >LOG >>DIR/log/b
SF206 PROG >>LOG 2>/dev/null
SF206 PROG 3>&1 >>LOG
SF206 PROG </dev/null
SF206 PROG >&LOG
SF206 PROG &>LOG
SF206 PROG &>>LOG
SF215 PROG 2>>LOG
SF215 PROG 2>/dev/null
SF204 PROG >>DIR/lo*/a.log
`

const bashTrials = `
SF102 PROG --v=2 &>LOG
SF102 PROG --v=2 &>>LOG
SF102 exec PROG &>>LOG --a
SF105 PROG |& tee LOG
SF105 PROG --a |& tee -a LOG
SF107 PROG &>/dev/null
SF101 PROG $'a\tb' $'it\'s'
SF102 set -euo pipefail⏎exec PROG --a >>LOG 2>&1
SF105 set -o pipefail; PROG 2>&1 | tee LOG
SF204 PROG {a,b}
SF203 PROG $"a"
SF206 PROG >&LOG
`

const wordTrials = `
SF101 PROG '' "" --x="" --y='' "a"'b'c
SF101 PROG 'a b' "c d" e\ f g"  "h
SF101 PROG 'it'"'"'s' "say \"hi\"" \'\"
SF101 PROG '$$' '$$$$' "\$\$" \$\$
SF101 PROG '$X' "\$X" \$X '${X}' '$y'
SF101 PROG '$$(X)' '$(X)' "$(X)" $(X) a$(X)b
SF101 PROG '$(UNDECLARED)' '$$(UNDECLARED)' '$(' '$()'
SF101 PROG $X "$X" ${X} "${X}" a${X}b --x=$X
SF101 PROG "$EMPTY" "$(EMPTY)" --e=$EMPTY --f=$(EMPTY)
SF101 PROG "$TWO" "$(TWO)" '$(TWO)' "${TWO}s"
SF101 PROG "$QUOTE" "${STAR}" '$(STAR)' "$(STAR)"
SF101 PROG "$DOLLAR" "$NEST" --a=$ADDRESS --b="$(ADDRESS)" '$(NEST)'
SF101 PROG "$BACK" "$UMLAUT" ä$UMLAUT '$(BACK)'
SF101 PROG a#b a# \#c '#d' "#" --x=#y
SF101 PROG a\\b 'a\b' "a\b" "a\\b" 'a\\b' a\b "\$" "\a"
SF101 PROG é '日本' "€ \é" \é
SF003 PROG a$é
SF101 PROG --a=1 \⏎  --b=2 \⏎--c\⏎=3 "d\⏎e" 'f\⏎g'
SF101 PROG 'a⏎b' "c⏎d"
SF101 PROG '*' "?" \[a] --x='*' --x=\* "*"/
SF101 PROG --url=http://h/?a=b
SF101 PROG --x=* '--x=?'
SF101 PROG a=b -- -x - + % , : @ ^ ! = == ] } {} {a} a{b}c
SF101 PROG '{a,b}' "{1..3}" \{a,b} '~' "~/x" \~ a~ --d='~'
SF101 PROG ';' "&&" \| '>x' "<y>" \>z '(a)' \( 2\>1
SF101 PROG	a		b  c
SF101 "PROG" a
SF101 'DIR/bin/'prog a
SF101 prog a
SF101 "$BINARY" a
SF101 $(BINARY) a
SF101 PROG 'b$'
SF101 PROG $
SF101 PROG a$
SF101 PROG "a$"
SF101 PROG "$"
SF101 PROG "\` + "`" + `x\` + "`" + `" '` + "`" + `x` + "`" + `' "!" '!' a!b
SF101 PROG if then '!' do done case time function select
SF203 PROG $TWO
SF203 PROG $STAR
SF203 PROG $(TWO)
SF203 PROG '$(QUOTE)'
SF203 PROG "$(QUOTE)"
SF203 PROG "$(BACK)"
SF203 PROG $EMPTY
SF203 PROG $(EMPTY)
SF203 PROG $UNDECLARED
SF203 PROG "${UNDECLARED}"
SF203 PROG $(UNDECLARED)
SF203 PROG ${X:-y}
SF203 PROG $((1+2))
SF203 PROG ` + "`true`" + `
SF101 PROG $$ "$$" '$(X)'
SF203 PROG $#
SF203 PROG "$@"
SF204 PROG *
SF204 PROG DIR/*
SF204 PROG x=?
SF204 PROG ~
SF204 PROG --d=~/x
SF204 PROG {a,b}
`
