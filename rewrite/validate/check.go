package validate

import (
	"fmt"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// checker compares a script's syntax tree with the allow-list. Every kind of node
// that isn't named here is refused.
type checker struct {
	text string
	bash bool
	env  map[string]string
	room int // number of bytes that variables may still expand to
}

// newChecker returns the checker for a script, and an error for a shell, a text or an
// environment that no script may have.
func newChecker(s Script) (*checker, error) {
	shell := path.Base(s.Shell)
	if shell == "zsh" {
		return nil, problem("splits and expands words in its own way:", s.Shell)
	}
	if len(s.Text) > textLimit {
		return nil, problem("longer than the %d bytes that a program can be given:", s.Text, textLimit)
	}
	// Shells read a carriage return as text, where the parser takes it for a blank,
	// and drop a NUL or stop there.
	if i := strings.IndexAny(s.Text, "\r\x00"); i >= 0 {
		return nil, problem("control character at byte %d of", s.Text, i)
	}
	c := &checker{text: s.Text, bash: shell == "bash", env: map[string]string{}, room: expansionLimit}
	for _, pair := range s.Env {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || changesShell(name) || strings.Contains(value, "\x00") {
			return nil, problem("changes what a shell does, or is no variable:", pair)
		}
		c.env[name] = value
	}
	return c, nil
}

// changesShell reports variables that make a shell read a file, set options,
// define functions or split differently, and the empty name.
func changesShell(name string) bool {
	switch name {
	case "", "ENV", "IFS", "SHELLOPTS", "BASHOPTS", "POSIXLY_CORRECT":
		return true
	}
	return strings.HasPrefix(name, "BASH_")
}

// ownedByShell reports variables that shells set themselves, over the environment (the
// interpreter makes some of them up), and parameters that no environment sets, such
// as $1 and $$.
func ownedByShell(name string) bool {
	switch name {
	case "_", "BASH", "BASHPID", "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME", "GID", "GROUPS",
		"HISTCMD", "LINENO", "OLDPWD", "OPTARG", "OPTERR", "OPTIND", "PATHSEP", "PGRP", "PIPESTATUS", "PPID",
		"PS1", "PS2", "PS4", "PWD", "RANDOM", "REPLY", "SECONDS", "SHLVL", "SRANDOM", "UID", "USER_ID":
		return true
	}
	return changesShell(name) || strings.HasPrefix(name, "KSH") || !syntax.ValidName(name)
}

// checkProgram checks a simple command in the foreground.
func (c *checker) checkProgram(s *syntax.Stmt) error {
	call, ok := s.Cmd.(*syntax.CallExpr)
	switch {
	case !isForeground(s):
		return c.refusal("job or negation", s)
	case !ok || len(call.Args) == 0:
		return c.refusal("no simple command", s)
	}
	if err := c.checkAssigns(call.Assigns); err != nil {
		return err
	}
	for _, w := range call.Args {
		if err := c.checkWord(w); err != nil {
			return err
		}
	}
	for i, r := range s.Redirs {
		if i > 0 && r.Pos() == s.Redirs[i-1].Word.End() && strings.Trim(s.Redirs[i-1].Word.Lit(), "0123456789") == "" {
			return c.refusal("number before a redirection", s.Redirs[i-1])
		}
		if err := c.checkRedirect(r); err != nil {
			return err
		}
	}
	return nil
}

// checkAssigns checks NAME=word before a program. Shells differ in whether one
// assignment sees the one before it.
func (c *checker) checkAssigns(list []*syntax.Assign) error {
	assigned := map[string]bool{}
	for _, a := range list {
		if a.Name == nil || a.Append || a.Naked || a.Index != nil || a.Array != nil || ownedByShell(a.Name.Value) {
			return c.refusal("assignment", a)
		}
		if a.Value != nil {
			if err := c.checkWord(a.Value); err != nil {
				return err
			}
			for _, name := range variables(a.Value) {
				if assigned[name] {
					return c.refusal("assignment that uses another", a)
				}
			}
			quoteEscapes(a.Value)
		}
		assigned[a.Name.Value] = true
	}
	return nil
}

// checkRedirect checks a redirection of stdout or stderr. It turns those that the
// interpreter doesn't know into the equal ones that it knows.
func (c *checker) checkRedirect(r *syntax.Redirect) error {
	if r.N != nil && r.N.Value != "1" && r.N.Value != "2" {
		return c.refusal("descriptor", r)
	}
	switch r.Op {
	case syntax.RdrOut, syntax.AppOut:
	case syntax.RdrClob:
		r.Op = syntax.RdrOut // the same unless noclobber is set, and set -C is refused
	case syntax.RdrAll, syntax.AppAll:
		if !c.bash || r.N != nil {
			return c.refusal("redirection", r)
		}
	case syntax.DplOut:
		to := r.Word.Lit()
		if to == "1" || to == "2" {
			return nil
		}
		// bash: >&WORD is &>WORD unless the word is digits or a minus, which
		// copy, move or close a descriptor.
		if !c.bash || r.N != nil || to == "" || strings.ContainsAny(to[:1], "-0123456789") {
			return c.refusal("redirection", r)
		}
		r.Op = syntax.RdrAll
	default:
		return c.refusal("redirection", r)
	}
	return c.checkTarget(r.Word)
}

// refusal returns the error for a node that is not on the allow-list; what names its
// kind.
func (c *checker) refusal(what string, node syntax.Node) error {
	from, to := int(node.Pos().Offset()), int(node.End().Offset())
	if !node.Pos().IsValid() || from >= to || to > len(c.text) {
		from, to = 0, len(c.text)
	}
	return problem("not on the allow-list: %s", c.text[from:to], what)
}

// problem returns an error: the reason, formatted with args, the text of the script
// that it is about, and what to do.
func problem(format, text string, args ...any) error {
	if len(text) > 60 {
		text = text[:60] + "…"
	}
	return fmt.Errorf("%s %q: convert this command by hand", fmt.Sprintf(format, args...), text)
}
