package invocation

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/rule"
)

// step is a statement of a list that is parted by ; newline and &&.
type step struct {
	stmt    *syntax.Stmt
	and     bool // && follows: its failure passes over what is behind
	errexit bool // set -e holds
}

// steps takes && lists apart. Every other operator stays in its statement.
func steps(stmts []*syntax.Stmt) []step {
	var all []step
	for _, s := range stmts {
		all = appendSteps(all, s)
	}
	return all
}

func appendSteps(all []step, s *syntax.Stmt) []step {
	list, ok := s.Cmd.(*syntax.BinaryCmd)
	if !ok || list.Op != syntax.AndStmt || s.Negated || s.Background || s.Coprocess || s.Disown || len(s.Redirs) > 0 {
		return append(all, step{stmt: s})
	}
	all = appendSteps(all, list.X)
	all[len(all)-1].and = true
	return appendSteps(all, list.Y)
}

// setsUp reports a statement that only prepares the program's environment or
// directory, as fields of a container do: assignments, export, cd.
func setsUp(s *syntax.Stmt) bool {
	if s.Negated || s.Background || s.Coprocess || s.Disown || len(s.Redirs) > 0 {
		return false
	}
	switch c := s.Cmd.(type) {
	case *syntax.DeclClause:
		return c.Variant.Value == "export"
	case *syntax.CallExpr:
		if len(c.Args) == 0 {
			return len(c.Assigns) > 0
		}
		name := c.Args[0].Lit()
		return len(c.Assigns) == 0 && (name == "export" || name == "cd")
	}
	return false
}

// setup analyses what comes before the program, then the program.
func (a *analysis) setup(before []step, program *syntax.Stmt) *Obstacle {
	listed := len(before) // the steps from here on are one && list with the program
	for listed > 0 && before[listed-1].and {
		listed--
	}
	for i, s := range before {
		// A failure in a && list ends only that list, under set -e too.
		if bad := a.prepare(s.stmt, i >= listed || s.errexit && !s.and); bad != nil {
			return bad
		}
	}
	return a.command(program, nil)
}

// prepare analyses one statement that setsUp reports; ends tells whether its
// failure ends the script.
func (a *analysis) prepare(s *syntax.Stmt, ends bool) *Obstacle {
	assigns, exported := []*syntax.Assign{}, true
	switch c := s.Cmd.(type) {
	case *syntax.DeclClause:
		assigns = c.Args
	case *syntax.CallExpr:
		switch {
		case len(c.Args) == 0:
			assigns, exported = c.Assigns, false
		case c.Args[0].Lit() == "cd":
			return a.changeDirectory(s, c.Args[1:], ends)
		default:
			for _, w := range c.Args[1:] {
				assigns = append(assigns, asAssign(w))
			}
		}
	}
	for _, as := range assigns {
		if bad := a.assign(as, exported); bad != nil {
			return bad
		}
	}
	return nil
}

// asAssign reads a word after export, which a POSIX parser takes for an
// argument. A word that is no assignment gives one without a name.
func asAssign(w *syntax.Word) *syntax.Assign {
	lit, ok := w.Parts[0].(*syntax.Lit)
	if !ok {
		return &syntax.Assign{Value: w}
	}
	name, value, found := strings.Cut(lit.Value, "=")
	switch {
	case !isName(name):
		return &syntax.Assign{Value: w}
	case !found && len(w.Parts) == 1:
		return &syntax.Assign{Naked: true, Name: lit}
	case !found:
		return &syntax.Assign{Value: w}
	}
	as := &syntax.Assign{Name: &syntax.Lit{ValuePos: lit.ValuePos, ValueEnd: lit.ValueEnd, Value: name}}
	parts := w.Parts[1:]
	if value != "" {
		rest := *lit
		at := lit.ValuePos
		rest.ValuePos = syntax.NewPos(at.Offset()+uint(len(name))+1, at.Line(), at.Col()+uint(len(name))+1)
		rest.Value = value
		parts = append([]syntax.WordPart{&rest}, parts...)
	}
	if len(parts) > 0 {
		as.Value = &syntax.Word{Parts: parts}
	}
	return as
}

// changeDirectory analyses cd DIR, whose counterpart is workingDir.
func (a *analysis) changeDirectory(s *syntax.Stmt, args []*syntax.Word, ends bool) *Obstacle {
	text := quoteShort(a.source(s))
	switch {
	case len(args) != 1:
		return obstacle(rule.Compound, text, " is no cd to one directory: write cd /DIR, or set workingDir")
	case a.Place != expansion.Container:
		return obstacle(rule.Compound, text, " has no counterpart in a probe or hook, which starts in the container's workingDir: name the files by their whole paths")
	case a.Shell.OwnEnvironment:
		return obstacle(rule.Compound, text, " stands behind env, which may change the directory as well: set workingDir, without env")
	case len(a.inv.Dir.Parts) > 0:
		return obstacle(rule.Compound, text, " is a second cd: write one with the whole path")
	}
	w, bad := a.redirectedFile(args[0])
	if bad != nil {
		return obstacle(rule.Compound, text, " can't become workingDir, ", bad.Message)
	}
	if slices.ContainsFunc(w.Parts, func(p Part) bool { return p.Kind == Variable }) {
		return obstacle(rule.Compound, text, " can't become workingDir, which the kubelet doesn't expand: write the directory's path")
	}
	dir := w.String()
	if len(w.Parts) == 0 || w.Parts[0].Kind != Literal || !strings.HasPrefix(dir, "/") || path.Clean(dir) != dir {
		return obstacle(rule.Compound, text, " can't become workingDir, which must be a plain absolute path: write it from / on, without . and ..")
	}
	a.inv.Dir, a.inv.DirRequired = w, ends
	return nil
}

// relativeProgram notes how a program is found that is named relative to the
// directory of cd: runc changes the directory before it looks for the program
// (libcontainer/standard_init_linux.go), as the shell did.
func (a *analysis) relativeProgram() {
	name := a.inv.Words[0].String()
	if len(a.inv.Dir.Parts) > 0 && strings.Contains(name, "/") && !strings.HasPrefix(name, "/") {
		a.notes = append(a.notes, name+" is found from workingDir on by the runtime, as it was by the shell")
	}
}
