package rewrite_test

// The kubelet pastes a value into the script before the shell reads it.
const pastedTrials = `
SF101 PROG '$'$X '$'"$X" '$('X')' '$$'$(X) \$(X) "\$(X)" '$'
SF101 PROG $$X $${X} "$$X" '$$X' a'$$b' "a\$\$b"
refused PROG $$$(X)
refused PROG $$(X)
refused PROG ${$(X)}
SF101 PROG "$DUP" $(DUP)
refused PROG a # $(LINES_)
refused # $(LINES_)⏎PROG a
refused $(ASSIGN) PROG a
refused $(EXEC) PROG a
refused $(BUILTIN) DIR
refused $(RESERVED) PROG
refused PROG $(DIGIT)>>LOG
refused PROG a $(DIGIT)>LOG
SF103 PROG a$(EMPTY)2>LOG
refused PROG {$(COMMA)}
refused PROG {$(DOTS)}
refused PROG \$(EMPTY) b
refused PROG 'a'\$(EMPTY)'b c'
refused PROG "a\$(NEWLINE)"
refused PROG a $(EMPTY)#b
refused PROG $(EMPTY)~
refused $(EMPTY)exec PROG
refused PROG >$(EMPTY)>LOG
refused PROG >$(EMPTY)&2
refused PROG $(EMPTY)2>LOG
refused PROG | tee $(DASH)
refused PROG | tee $(DASH) LOG
refused PROG >&$(DIGIT)
SF102 PROG >>$(EMPTY)LOG 2>&1
refused PROG a$(EMPTY)=~
refused A$(EMPTY)=1 PROG
`

const preludeTrials = `
SF101 set -e; PROG a
SF101 set -e⏎PROG a⏎
SF101 set -eu⏎⏎exec PROG a;
SF101 set -o errexit; set -o nounset; exec PROG a
SF101 :; PROG a
SF101 :⏎exec PROG a
SF101 # what it does⏎PROG a # and why
SF102 set -o errexit⏎exec PROG a \⏎  --b \⏎  >>LOG 2>&1
SF102 ⏎⏎  PROG a >LOG 2>&1 ⏎ ⏎
SF101 set -x; PROG a
SF201 PROG a; PROG b
SF201 PROG a && PROG b
SF201 PROG a &
SF205 ! PROG a
SF214 set -f; PROG a
SF214 set -a; PROG a
`

const setupTrials = `
SF101 A=1 PROG a
SF101 A=1 exec PROG a
SF102 A=b B="c d" C='$x' D= exec PROG a >>LOG 2>&1
SF101 A='$$' B='$(X)' C='$(NONE)' D="\$\$" E=é F='a$' exec PROG
SF101 A="$X" B=$(X) C="$TWO/$(X)" D='$(TWO)' exec PROG
SF101 A="it's" B='say "hi"' C=a\b D='#x' E=" e " F=- G='[' H="*:" I=1 J=true exec PROG
SF101 A='a⏎b' B='	' exec PROG
SF101 export A=1; exec PROG a
SF101 export A="1 2" B=3; exec PROG a
SF101 export A=1 && PROG a
SF102 set -e⏎export A=1⏎export B='2 3'⏎PROG a >>LOG 2>&1
SF105 export A=1; B=2 PROG a 2>&1 | tee -a LOG
SF101 A=1; B=2; export A; exec PROG
SF101 export A=$X B="$TWO"; exec PROG
SF101 A=1; PROG a
SF101 cd DIR/bin && exec PROG a
SF101 cd DIR/bin && exec ./prog a
SF101 cd DIR/bin; exec ./prog a
SF102 cd DIR && exec bin/prog a >>log/a.log 2>&1
SF102 cd "DIR/log" && A=1 exec PROG a >>a.log 2>&1
SF101 set -e; cd DIR/bin; export A=1 B=2; exec prog
SF105 cd DIR/log && PROG | tee a.log
SF208 X=other PROG a
SF208 export X=other; PROG a
SF208 A=1 PROG '$(A)'
SF208 A=1; PROG $A
SF208 A=1 B=$A PROG
SF208 PATH=DIR/bin prog
SF208 A=$TWO PROG
SF208 A=* PROG
SF208 A=~ PROG
SF208 IFS=, PROG
SF205 cd bin && ./prog
SF205 cd DIR/bin/.. && PROG
SF205 cd $FOLDER && PROG
SF205 cd DIR/none || PROG
`

const probeTrials = `
SF101 PROG $(X) "$(TWO)" '$$' "$X"
SF101 PROG '$(NEST)'
SF203 PROG "$(DOLLAR)"
SF107 PROG >/dev/null 2>&1
SF107 PROG > /dev/null
SF106 PROG 2>&1
SF203 PROG "$NEST"
SF215 PROG >>LOG 2>&1
SF208 A=1 PROG
SF101 A=1; PROG
SF205 cd DIR && PROG
`

const hookTrials = `
SF101 PROG '$(X)' '$$' '$$$$' "\$\$"
SF101 PROG '$$(X)' '$(UNDECLARED)' '$X'
SF107 PROG >/dev/null 2>&1
SF203 PROG $X
SF203 PROG "$(X)"
SF203 PROG $$
SF215 PROG >>LOG 2>&1
`

const klogTrials = `
SF104 kube-scheduler --v=2 2>>LOG
SF104 exec kube-scheduler 2>LOG --v=2
`

const shellArrays = `
SF102 /bin/sh -c
SF102 sh -c
SF102 /bin/sh -ec
SF102 /bin/sh -e -c
SF102 sh -ce
SF102 sh -c --
SF102 sh -eu -c
SF102 sh -o errexit -c
SF102 sh -xc
SF102 /bin/bash -c
SF102 bash -euo pipefail -c
SF102 dash -c
SF102 /bin/ash -c
SF102 ksh -c
SF102 /bin/mksh -c
SF102 busybox sh -c
SF102 /usr/bin/timeout 30 sh -c
SF102 timeout -k 5 30 bash -c
SF102 env sh -c
SF102 env A=1 sh -c
SF102 nice -n 0 sh -c
SF214 bash -lc
SF214 sh -f -c
`

// disagreeing are scripts that dash, bash, busybox and mksh do not all read
// alike under the name sh.
var disagreeing = []string{
	"DIR/bin/prog &>DIR/log/a.log",
	"DIR/bin/prog &>>DIR/log/a.log",
	"DIR/bin/prog >&DIR/log/a.log",
	"DIR/bin/prog {a,b}",
	"DIR/bin/prog --x={1..2}",
	"DIR/bin/prog $'a\\tb'",
	"DIR/bin/prog $\"a\"",
	"DIR/bin/prog a |& tee DIR/log/a.log",
	"DIR/bin/prog <<<a",
	"DIR/bin/prog 2>&1 > >(tee DIR/log/a.log)",
	"[[ a == a ]] && DIR/bin/prog",
	"DIR/bin/prog ${X/p/q}",
	"DIR/bin/prog ${X:0:2}",
	"exec -a other DIR/bin/prog",
	"DIR/bin/prog a{b,c}d",
	"function f { DIR/bin/prog; }; f",
	"DIR/bin/prog \"${X^}\"",
	"DIR/bin/prog @(a|b1)",
}
