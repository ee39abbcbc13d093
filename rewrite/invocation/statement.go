package invocation

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/rule"
)

// statements reduces the script's list to one simple command.
func (a *analysis) statements(stmts []*syntax.Stmt) *Obstacle {
	if p, ok := a.teePipe(stmts); ok {
		return a.command(p.start, p)
	}
	var left []step
	var flags *Obstacle
	for _, s := range steps(stmts) {
		dropped, bad := a.prelude(s.stmt)
		if bad != nil && flags == nil {
			flags = bad
		}
		if !dropped && bad == nil {
			s.errexit = a.errexit
			left = append(left, s)
		}
	}
	if bad := a.list(left); bad != nil {
		return bad
	}
	return flags
}

// list reduces what is left of a script without its preludes.
func (a *analysis) list(left []step) *Obstacle {
	if len(left) == 0 {
		return obstacle(rule.BareShell, "the script of ", a.Shell.Name, " starts no program: name the program that the container should start")
	}
	before, last := left[:len(left)-1], left[len(left)-1].stmt
	if len(before) > 0 && compound(last) != "" || slices.ContainsFunc(before, func(s step) bool { return !setsUp(s.stmt) }) {
		return a.several(left)
	}
	if bad := a.setup(before, last); bad != nil {
		return bad
	}
	return a.placeVariables()
}

// prelude reports whether a statement is one that the exec form can do
// without: `set -e` and the like, `:`.
func (a *analysis) prelude(s *syntax.Stmt) (bool, *Obstacle) {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 || len(call.Assigns)+len(s.Redirs) > 0 || s.Negated || s.Background {
		return false, nil
	}
	words := make([]string, len(call.Args))
	for i, w := range call.Args {
		words[i] = w.Lit()
	}
	switch words[0] {
	case ":":
		return len(words) == 1, nil
	case "set":
		flags := Shell{Name: a.Shell.Name}
		rest, command := flags.flags(words, 1)
		if flags.Obstacle != nil || command || rest < len(words) || len(words) == 1 {
			return false, obstacle(rule.ShellFlags, quoteShort(strings.Join(words, " ")), " changes what the script means: drop it if the script doesn't need it")
		}
		for _, r := range flags.Remarks {
			a.remark(r.Kind, r.Placeholder, r.Sentence)
		}
		a.errexit, a.pipefail = a.errexit || flags.Errexit, a.pipefail || flags.Pipefail
		return true, nil
	}
	return false, nil
}

// several names what a list of statements does that one program can't.
func (a *analysis) several(list []step) *Obstacle {
	assigns := true
	stmts := make([]*syntax.Stmt, len(list))
	for i, s := range list {
		stmts[i] = s.stmt
	}
	for _, s := range stmts[:len(stmts)-1] {
		if what := compound(s); what != "" {
			return obstacle(rule.Compound, "the script uses ", what, ": keep the shell, or move that work into the program or an init container")
		}
		if hereDocument(s) {
			return obstacle(rule.OtherRedirect, "the script writes a here-document: put the text into a ConfigMap")
		}
		assigns = assigns && assignsOnly(s)
	}
	if what := compound(stmts[len(stmts)-1]); what != "" {
		return obstacle(rule.Compound, "the script uses ", what, ": keep the shell, or move that work into the program or an init container")
	}
	if assigns {
		return obstacle(rule.Environment, "the script sets variables before it starts the program: declare them in the container's env")
	}
	return obstacle(rule.SeveralCommands, "the script runs ", strconv.Itoa(len(stmts)), " commands: keep the shell, or move the others into init containers or the program")
}

func hereDocument(s *syntax.Stmt) bool {
	for _, r := range s.Redirs {
		if r.Hdoc != nil {
			return true
		}
	}
	return false
}

func assignsOnly(s *syntax.Stmt) bool {
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		return len(c.Args) == 0 && len(c.Assigns) > 0 || len(c.Args) > 0 && declares(c.Args[0].Lit())
	case *syntax.DeclClause:
		return true
	}
	return false
}

// declares reports a builtin that only sets variables.
func declares(name string) bool {
	return name != "" && Lists("export readonly declare local typeset", name)
}

// compound names the control flow or builtin of a statement, "" for a simple command.
func compound(s *syntax.Stmt) string {
	switch c := s.Cmd.(type) {
	case *syntax.IfClause:
		return "if"
	case *syntax.WhileClause:
		return "a while loop"
	case *syntax.ForClause:
		return "a for loop"
	case *syntax.CaseClause:
		return "case"
	case *syntax.FuncDecl:
		return "a function"
	case *syntax.Block:
		return "a { } group"
	case *syntax.Subshell:
		return "a ( ) subshell"
	case *syntax.TestClause:
		return "[[ ]]"
	case *syntax.ArithmCmd, *syntax.LetClause:
		return "arithmetic"
	case *syntax.TimeClause:
		return "time"
	case *syntax.CoprocClause:
		return "coproc"
	case *syntax.CallExpr:
		if len(c.Args) > 0 && isBuiltin(c.Args[0].Lit()) && !declares(c.Args[0].Lit()) {
			return "the builtin " + c.Args[0].Lit()
		}
	}
	return ""
}

// isBuiltin reports whether some shell runs the name itself, without a program:
// POSIX special and regular built-ins, and the built-ins and reserved words that
// a shell in use adds. sh may be any of them.
func isBuiltin(name string) bool {
	return name != "" && Lists(". : [ [[ alias bg break builtin caller cd chdir command compgen complete compopt continue coproc declare dirs disown "+
		"echo enable eval exit export false fc fg function getopts hash help history jobs kill let local logout mapfile newgrp popd print printf "+
		"pushd pwd read readarray readonly return select set shift shopt source suspend test time times trap true type typeset "+
		"ulimit umask unalias unset wait whence", name)
}

// command analyses the statement that starts the program.
func (a *analysis) command(s *syntax.Stmt, pipe *teePipe) *Obstacle {
	if s.Background || s.Coprocess || s.Disown {
		return obstacle(rule.SeveralCommands, "the script leaves a job in the background (&): run it as a container of its own")
	}
	if s.Negated {
		return obstacle(rule.Compound, "! negates the exit status: keep the shell, or let the program say so")
	}
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		if assignsOnly(s) {
			return obstacle(rule.Environment, "the script only sets variables: declare them in the container's env")
		}
		return a.call(c, s.Redirs, newStreams(), pipe)
	case *syntax.BinaryCmd:
		return a.binary(c, s)
	case *syntax.DeclClause:
		return obstacle(rule.Environment, "the script only declares variables: declare them in the container's env")
	case nil:
		return obstacle(rule.OtherRedirect, "the script only redirects: name the program to start")
	}
	if what := compound(s); what != "" {
		return obstacle(rule.Compound, "the script uses ", what, ": keep the shell, or move that work into the program or an init container")
	}
	return obstacle(rule.Compound, "the script is no simple command: keep the shell, or start one program")
}

// binary analyses a pipeline into tee; every other operator is an obstacle.
func (a *analysis) binary(b *syntax.BinaryCmd, s *syntax.Stmt) *Obstacle {
	if b.Op == syntax.AndStmt || b.Op == syntax.OrStmt {
		return a.several([]step{{stmt: b.X}, {stmt: b.Y}})
	}
	call, ok := b.X.Cmd.(*syntax.CallExpr)
	tee, teeOK := a.tee(b.Y)
	if !ok || !teeOK || len(s.Redirs) > 0 || b.X.Negated || b.X.Background {
		return obstacle(rule.Pipeline, "the script is a pipeline (", a.source(b.Y), "): let the program do that work, or keep the shell")
	}
	start := newStreams()
	start[1] = tee
	if b.Op == syntax.PipeAll {
		start[2] = tee
	}
	if a.inv.TeeStatus = !a.pipefail; a.inv.TeeStatus {
		a.notes = append(a.notes, "the shell waited for tee and gave its exit status; now the program's own counts")
	}
	return a.call(call, b.X.Redirs, start, nil)
}

// tee reads `tee [-a] FILE` and returns where a stream piped into it goes.
func (a *analysis) tee(s *syntax.Stmt) (Destination, bool) {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Assigns)+len(s.Redirs) > 0 || s.Negated || s.Background {
		return Destination{}, false
	}
	return a.teeWords(call.Args)
}

func (a *analysis) teeWords(args []*syntax.Word) (Destination, bool) {
	d := Destination{Kind: ToFile, Tee: true}
	if len(args) == 0 || path.Base(args[0].Lit()) != "tee" {
		return d, false
	}
	args = args[1:]
	if len(args) == 2 && (args[0].Lit() == "-a" || args[0].Lit() == "--append") {
		d.Append, args = true, args[1:]
	}
	if len(args) != 1 || strings.HasPrefix(args[0].Lit(), "-") {
		return d, false
	}
	w, bad := a.redirectedFile(args[0])
	if bad != nil || strings.HasPrefix(w.String(), "/dev/") || strings.HasPrefix(w.String(), "/proc/") {
		return d, false
	}
	d.Path = w
	return d, true
}

// call analyses a simple command: its redirections, then its words.
func (a *analysis) call(c *syntax.CallExpr, redirs []*syntax.Redirect, start streams, pipe *teePipe) *Obstacle {
	for _, as := range c.Assigns {
		if bad := a.assign(as, true); bad != nil {
			return bad
		}
	}
	args := c.Args
	if len(args) > 0 && args[0].Lit() == "exec" {
		a.inv.Exec = start[1].Kind != ToFile && pipe == nil
		if args = args[1:]; len(args) > 0 && strings.HasPrefix(args[0].Lit(), "-") {
			return obstacle(rule.Compound, "exec ", args[0].Lit(), " is a builtin's option: start the program without it")
		}
	} else if len(args) > 0 && isBuiltin(args[0].Lit()) {
		return obstacle(rule.Compound, args[0].Lit(), " is a builtin of the shell: use a program that the image has")
	}
	if len(args) == 0 {
		return obstacle(rule.OtherRedirect, "exec without a program only redirects: name the program to start")
	}
	for _, r := range redirs {
		if bad := a.descriptor(args, r); bad != nil {
			return bad
		}
		if bad := a.touching(redirs, r); bad != nil {
			return bad
		}
	}
	streams, bad := a.redirect(start, redirs, pipe)
	if bad != nil {
		return bad
	}
	a.inv.Stdout, a.inv.Stderr = streams[1], streams[2]
	return a.programWords(args)
}
