package invocation

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/expansion"
)

// Call is one simple command, as far as it can be read without running it.
type Call struct {
	// Words are the program and its arguments; what only a shell or the kubelet
	// knows is [Unread]. There is none in a command that only redirects.
	Words []Word
	// Files are the targets of its redirections.
	Files []Word
}

// Outline lists the commands that a script calls, with an exec form or without.
type Outline struct {
	Calls []Call // in the order of the text
	// Alone reports whether the script is the one call and no more, so that
	// the call's exit status decides as the script's does.
	Alone bool
	// Idle reports whether the script starts nothing: assignments, `:`, `true`,
	// comments, or no text at all.
	Idle bool
	// Positional reports whether the script may look at the words after it, as
	// far as it can be read: placeholders and unknown values may hold anything.
	Positional bool
}

// Outline reads what the script calls. It reports false for a script that is no
// valid shell.
func (s Script) Outline() (Outline, bool) {
	a := newAnalysis(s)
	a.parsed = a.hideReferences()
	file, err := syntax.NewParser(syntax.Variant(s.Shell.variant())).Parse(strings.NewReader(a.parsed), "")
	if err != nil {
		if file, err = syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(a.parsed), ""); err != nil {
			return Outline{}, false
		}
	}
	o := Outline{Alone: a.alone(file.Stmts), Idle: idle(file.Stmts)}
	syntax.Walk(file, func(n syntax.Node) bool {
		if s, ok := n.(*syntax.Stmt); ok {
			if c, ok := a.outlined(s); ok {
				o.Calls = append(o.Calls, c)
			}
		}
		o.Positional = o.Positional || positional(n)
		return true
	})
	if o.Alone = o.Alone && len(o.Calls) == 1; o.Alone {
		if inner, ok := s.nested(o.Calls[0]); ok {
			return inner, true
		}
	}
	o.Positional = o.Positional || a.unsettled()
	return o, true
}

// unsettled reports whether the script holds a placeholder, or a reference of
// the kubelet's whose value may be more than plain text.
func (a *analysis) unsettled() bool {
	for _, p := range a.splitOpaque(a.parsed, false) {
		if p.Kind == Placeholder || p.Kind == Variable && !a.binding(p.Text).Safe {
			return true
		}
	}
	return false
}

// positional reports whether a node looks at the shell's positional parameters.
// A file that is sourced, or a text that is evaluated, may do that as well.
func positional(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.ParamExp:
		return n.Param != nil && strings.Trim(n.Param.Value, "0123456789@*#") == ""
	case *syntax.ForClause:
		words, each := n.Loop.(*syntax.WordIter)
		return each && !words.InPos.IsValid()
	case *syntax.CallExpr:
		return len(n.Args) > 0 && n.Args[0].Lit() != "" && Lists(". source eval shift getopts", n.Args[0].Lit())
	}
	return false
}

// nested outlines the script of a shell that a call starts, with or without a
// wrapper: timeout 1 bash -c '…'.
func (s Script) nested(c Call) (Outline, bool) {
	argv := make([]string, len(c.Words))
	for i, w := range c.Words {
		if !w.IsLiteral() {
			return Outline{}, false
		}
		argv[i] = w.String()
	}
	shell, found := FindShell(argv)
	if !found || shell.Obstacle != nil || len(c.Files) > 0 {
		return Outline{}, false
	}
	s.Text, s.Shell, s.Place = argv[shell.Script], shell, expansion.Hook // the kubelet's expansion is over
	return s.Outline()
}

// Call reads the items of an array that no shell reads.
func (s Script) Call(items []string) Call {
	a := newAnalysis(s)
	var c Call
	for _, item := range items {
		a.Text = item
		c.Words = append(c.Words, Word{Parts: a.settled(a.splitOpaque(a.hideReferences(), true), false)})
	}
	return c
}

// alone reports whether statements come down to one whose exit status counts:
// `set -e; X`, `X || exit 1`, `{ X; }`.
func (a *analysis) alone(stmts []*syntax.Stmt) bool {
	var left []*syntax.Stmt
	for _, s := range stmts {
		if dropped, bad := a.prelude(s); !dropped || bad != nil {
			left = append(left, s)
		}
	}
	if len(left) != 1 || left[0].Negated || left[0].Background || hereDocument(left[0]) {
		return false
	}
	switch c := left[0].Cmd.(type) {
	case nil:
		return true
	case *syntax.CallExpr:
		return len(c.Args) > 0
	case *syntax.Block:
		return toDevices(left[0].Redirs) && a.alone(c.Stmts)
	case *syntax.Subshell:
		return toDevices(left[0].Redirs) && a.alone(c.Stmts)
	case *syntax.BinaryCmd:
		return c.Op == syntax.OrStmt && fails(c.Y) && a.alone([]*syntax.Stmt{c.X})
	}
	return false
}

// toDevices reports whether redirections leave every file alone: >/dev/null 2>&1.
func toDevices(redirs []*syntax.Redirect) bool {
	for _, r := range redirs {
		if r.Op != syntax.DplIn && r.Op != syntax.DplOut && !strings.HasPrefix(r.Word.Lit(), "/dev/") {
			return false
		}
	}
	return true
}

// fails reports whether a statement does nothing but fail, as `exit 1`.
func fails(s *syntax.Stmt) bool {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 || s.Negated || len(s.Redirs) > 0 {
		return false
	}
	switch call.Args[0].Lit() {
	case "false":
		return true
	case "exit":
		return len(call.Args) == 1 || len(call.Args) == 2 && call.Args[1].Lit() != "" && call.Args[1].Lit() != "0"
	}
	return false
}

// idle reports whether no statement starts anything.
func idle(stmts []*syntax.Stmt) bool {
	for _, s := range stmts {
		call, ok := s.Cmd.(*syntax.CallExpr)
		if !ok || s.Negated || len(s.Redirs) > 0 {
			return false
		}
		if len(call.Args) > 0 && call.Args[0].Lit() != ":" && call.Args[0].Lit() != "true" {
			return false
		}
	}
	return true
}

// outlined reads a statement that is a simple command. What follows || and only
// fails is none, nor is a prelude such as set -e.
func (a *analysis) outlined(s *syntax.Stmt) (Call, bool) {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok && s.Cmd != nil || fails(s) {
		return Call{}, false
	}
	var c Call
	for _, r := range s.Redirs {
		if r.Word != nil && r.Hdoc == nil && r.Op != syntax.DplIn && r.Op != syntax.DplOut {
			c.Files = append(c.Files, a.outlineWord(r.Word))
		}
	}
	if !ok {
		return c, len(c.Files) > 0
	}
	args := call.Args
	for len(args) > 1 && (args[0].Lit() == "exec" || args[0].Lit() == "command") {
		args = args[1:]
	}
	if len(args) == 0 || args[0].Lit() == "set" {
		return c, len(args) == 0 && len(c.Files) > 0
	}
	for _, w := range args {
		c.Words = append(c.Words, a.outlineWord(w))
	}
	return c, true
}

func (a *analysis) outlineWord(w *syntax.Word) Word {
	return Word{Parts: a.outlineParts(w.Parts, false)}
}

// outlineParts reads the parts of a word, quotes undone.
func (a *analysis) outlineParts(parts []syntax.WordPart, quoted bool) []Part {
	var all []Part
	for _, p := range parts {
		switch p := p.(type) {
		case *syntax.Lit:
			text := unescape(p.Value)
			if quoted {
				text = unescapeDouble(p.Value)
			}
			all = append(all, a.settled(a.splitOpaque(text, quoted), true)...)
		case *syntax.SglQuoted:
			all = append(all, a.settled(a.splitOpaque(p.Value, true), true)...)
		case *syntax.DblQuoted:
			all = append(all, a.outlineParts(p.Parts, true)...)
		default:
			all = append(all, a.fromShell(p))
		}
	}
	return all
}

// settled writes the value for each of the kubelet's references that is known.
// Where a shell reads it, only a plain value is sure to arrive as it is.
func (a *analysis) settled(parts []Part, shell bool) []Part {
	for i, p := range parts {
		if p.Kind != Variable {
			continue
		}
		parts[i] = Part{Kind: Unread, Text: "$(" + p.Text + ")"}
		if b := a.binding(p.Text); b.Known && (b.Safe || !shell) {
			parts[i] = Part{Kind: Literal, Text: b.Value}
		}
	}
	return parts
}

// fromShell reads what a shell expands: $NAME with a plain value in the
// container's env is that value.
func (a *analysis) fromShell(p syntax.WordPart) Part {
	unread := Part{Kind: Unread, Text: a.source(p)}
	v, ok := p.(*syntax.ParamExp)
	if !ok || v.Param == nil || !simpleParameter(v) || ownedByShell(v.Param.Value) || a.Shell.OwnEnvironment {
		return unread
	}
	if b := a.inShell(v.Param.Value); b.Known && b.Safe {
		return Part{Kind: Literal, Text: b.Value}
	}
	return unread
}
