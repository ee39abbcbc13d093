package invocation

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/rule"
)

// Policy says what a placeholder or variable that is a whole word stands for.
type Policy int

const (
	Refuse  Policy = iota // it is not known: an obstacle
	Words                 // any number of arguments, filled in by the template's producer
	OneWord               // exactly one argument
)

// Mark is a placeholder of a script. It stands there as a word of letters and
// digits that occurs nowhere else.
type Mark struct {
	Word   string // in the script
	Text   string // in the file
	Policy Policy
	Quotes bool // it brings quotes for the shell
	Late   bool // it is filled after the YAML was read, so it can't become list items
}

// Script is the argument of a shell's -c with what its meaning depends on.
type Script struct {
	Text  string // as the manifest has it: the kubelet's expansion is still to come
	Shell Shell
	Marks []Mark
	Env   expansion.Environment
	Place expansion.Place
	// Upstream is set where a placeholder of several words becomes an item of
	// its own, instead of being glued to the one before.
	Upstream bool
	// Variable is the policy for a variable that is a whole unquoted word.
	Variable func(name string) Policy
}

// analysis is a script on its way to an invocation.
type analysis struct {
	Script
	parsed string // the text that the shell's parser was given
	// lookup tells the kubelet's value of a variable, inShell that of the shell's
	// environment: they differ in probes and hooks.
	lookup, inShell func(name string) expansion.Binding

	refs    map[string]string // opaque word → name of the kubelet's $(NAME)
	marks   map[string]Mark
	remarks []Remark
	notes   []string
	inv     Invocation
	// assigned holds what the script sets, exported or not.
	assigned []assigned
	// errexit is set once set -e holds, pipefail once set -o pipefail does.
	errexit, pipefail bool
	shown             *strings.Replacer // opaque words and marks → what stands in the file
}

func newAnalysis(s Script) *analysis {
	a := &analysis{
		Script: s, lookup: s.Env.At(s.Place), inShell: s.Env.At(expansion.Container),
		refs: map[string]string{}, marks: map[string]Mark{},
	}
	for _, m := range s.Marks {
		a.marks[m.Word] = m
	}
	return a
}

// Analyse reduces a script to the one program it starts, or says why it can't.
func Analyse(s Script) (Invocation, *Obstacle) {
	a := newAnalysis(s)
	a.remarks = append(a.remarks, s.Shell.Remarks...)
	if s.Shell.Obstacle != nil {
		return Invocation{}, s.Shell.Obstacle
	}
	for _, name := range []string{"BASH_ENV", "ENV"} {
		if s.Env.Has(name) {
			return Invocation{}, obstacle(rule.Environment, name, " in the container's env makes the shell read a file first: remove it, or keep the shell")
		}
	}
	if bad := a.checkLimits(); bad != nil {
		return Invocation{}, bad
	}
	a.environment()
	a.errexit, a.pipefail = s.Shell.Errexit, s.Shell.Pipefail
	file, bad := a.parse()
	if bad != nil {
		return Invocation{}, bad
	}
	if bad := a.statements(file.Stmts); bad != nil {
		return Invocation{}, bad
	}
	a.remarkComments(file)
	a.inv.Remarks = a.remarks
	a.inv.Notes = compact(a.notes)
	return a.inv, nil
}

func compact(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// environment looks for declared variables that the shell changes or drops on
// their way to the program.
func (a *analysis) environment() {
	for _, v := range a.Env.Variables {
		switch {
		case ownedByShell(v.Name):
			a.remark(ShellVariable, "", v.Name+" is declared in env, and shells set it themselves: check that the program wants the declared value, which it gets from now on")
		case !isName(v.Name):
			a.notes = append(a.notes, "some shells drop the variable "+v.Name+" because of its name, now the program gets it")
		}
	}
}

// ownedByShell reports a variable that some shell sets or resets when it starts
// (tried with dash, bash, busybox ash and mksh), so that its value in the script
// is not the container's.
func ownedByShell(name string) bool {
	return Lists("_ BASH BASHPID BASHOPTS BASH_VERSION DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GID GROUPS HISTCMD IFS "+
		"LINENO OLDPWD OPTARG OPTERR OPTIND PATHSEP PGRP PIPESTATUS PPID PS1 PS2 PS4 PWD RANDOM REPLY SECONDS SHELLOPTS SHLVL "+
		"SRANDOM UID USER_ID KSH_VERSION KSHEGID KSHGID KSHUID", name)
}

// remarkComments names the comments of the script, which the array has no place for.
func (a *analysis) remarkComments(file *syntax.File) {
	syntax.Walk(file, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.Comment); ok && !(c.Pos().Offset() == 0 && strings.HasPrefix(c.Text, "!")) {
			a.remark(DroppedComment, "", "the script's comment "+quoteShort(a.unhide("#"+c.Text))+" is dropped: move it above the command if it still says something")
		}
		return true
	})
}

// variant returns the language that the shell's name promises. sh may be dash, busybox
// or bash, so only the forms of POSIX count there.
func (s Shell) variant() syntax.LangVariant {
	switch s.Name {
	case "bash":
		return syntax.LangBash
	case "ksh", "mksh":
		return syntax.LangMirBSDKorn
	}
	return syntax.LangPOSIX
}

// parse reads the script as its shell does, the kubelet's references hidden.
func (a *analysis) parse() (*syntax.File, *Obstacle) {
	text := a.hideReferences()
	a.parsed = text
	if strings.Contains(text, "\r") {
		return nil, obstacle(rule.BadScript, "the script holds a carriage return, which shells take for a letter: save the file with plain line ends")
	}
	if bad := a.checkTraps(text); bad != nil {
		return nil, bad
	}
	file, err := syntax.NewParser(syntax.KeepComments(true), syntax.Variant(a.Shell.variant())).Parse(strings.NewReader(text), "")
	if err == nil {
		return file, a.checkComments(file)
	}
	if other, bashErr := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), ""); bashErr == nil && a.Shell.variant() != syntax.LangBash {
		return nil, a.bashOnly(other)
	}
	var parse syntax.ParseError
	what := err.Error()
	if errors.As(err, &parse) {
		what = parse.Text
	}
	return nil, obstacle(rule.BadScript, "the script is not valid shell: ", a.unhide(what), ": mend it first")
}

// bashOnly names what only bash reads in a script given to another shell.
func (a *analysis) bashOnly(file *syntax.File) *Obstacle {
	probe := *a
	probe.Shell.Name = "bash"
	if bad := probe.statements(file.Stmts); bad != nil && bad.Rule != rule.Expansion {
		return bad
	}
	return obstacle(rule.OtherRedirect, "the script uses what only bash knows, and ", a.Shell.Name,
		" may be another shell: write it for POSIX, or say bash where the image has it")
}

// hideReferences applies the kubelet's expansion: each declared $(NAME)
// becomes an opaque word, since its value is pasted in before the shell parses.
func (a *analysis) hideReferences() string {
	if a.Place == expansion.Hook {
		return a.Text
	}
	letters := "KV"
	for strings.Contains(a.Text, letters) {
		letters += "Q"
	}
	var b strings.Builder
	for _, t := range expansion.Parse(a.Text, a.declared) {
		if t.Name == "" {
			b.WriteString(t.Text)
			continue
		}
		word := letters + "x" + strconv.Itoa(len(a.refs)) + "x"
		a.refs[word] = t.Name
		b.WriteString(word)
	}
	return b.String()
}

func (a *analysis) declared(name string) bool {
	return a.binding(name).State == expansion.Declared
}

// source returns the text of a node as it stands in the file.
func (a *analysis) source(n syntax.Node) string {
	start, end := n.Pos().Offset(), n.End().Offset()
	if start > end || end > uint(len(a.parsed)) {
		return ""
	}
	return a.unhide(a.parsed[start:end])
}

// unhide puts back what stands in the file for the opaque words of a text.
func (a *analysis) unhide(text string) string {
	if a.shown == nil {
		var pairs []string
		for word, name := range a.refs {
			pairs = append(pairs, word, "$("+name+")")
		}
		for word, m := range a.marks {
			pairs = append(pairs, word, m.Text)
		}
		a.shown = strings.NewReplacer(pairs...)
	}
	return a.shown.Replace(text)
}

// Item returns the word that an item of the array stands for when no shell
// reads it: only the kubelet's references and placeholders are told apart.
func (s Script) Item(value string) Word {
	a := newAnalysis(s)
	a.Text = value
	return Word{Parts: a.splitOpaque(a.hideReferences(), true)}
}
