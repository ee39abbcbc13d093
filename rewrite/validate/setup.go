package validate

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"time"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/invocation"
)

// splitAndLists splits lists of && into their statements. They are compared for the
// case that each statement before the program succeeds.
func splitAndLists(stmts []*syntax.Stmt) []*syntax.Stmt {
	var all []*syntax.Stmt
	var part func(s *syntax.Stmt)
	part = func(s *syntax.Stmt) {
		list, ok := s.Cmd.(*syntax.BinaryCmd)
		if !ok || list.Op != syntax.AndStmt || !isForeground(s) || len(s.Redirs) > 0 {
			all = append(all, s)
			return
		}
		part(list.X)
		part(list.Y)
	}
	for _, s := range stmts {
		part(s)
	}
	return all
}

// takeSetup returns the statements at the front of a script that only prepare the
// program, checked and without preludes, and the rest.
func (c *checker) takeSetup(stmts []*syntax.Stmt) (setup, rest []*syntax.Stmt, err error) {
	for ; len(stmts) > 0; stmts = stmts[1:] {
		s := stmts[0]
		call, _ := s.Cmd.(*syntax.CallExpr)
		if call != nil && isExport(call) {
			s.Cmd = exportDeclaration(call)
		}
		switch {
		case isPrelude(s):
			continue
		case !isForeground(s) || len(s.Redirs) > 0:
			return setup, stmts, nil
		case call != nil && len(call.Args) == 0:
			err = c.checkAssigns(call.Assigns)
		case call != nil && len(call.Args) == 2 && call.Args[0].Lit() == "cd" && len(call.Assigns) == 0:
			err = c.checkWord(call.Args[1])
		default:
			d, ok := s.Cmd.(*syntax.DeclClause)
			if !ok || d.Variant.Value != "export" {
				return setup, stmts, nil
			}
			err = c.checkExports(d.Args)
		}
		if err != nil {
			return nil, nil, err
		}
		setup = append(setup, s)
	}
	return setup, nil, nil
}

// checkExports checks NAME=word and NAME after export.
func (c *checker) checkExports(list []*syntax.Assign) error {
	var assigns []*syntax.Assign
	for _, a := range list {
		if a.Naked && a.Name != nil && syntax.ValidName(a.Name.Value) && !ownedByShell(a.Name.Value) {
			continue
		}
		if a.Value != nil && c.maySplit(a.Value) {
			return c.refusal("variable that may be split", a.Value)
		}
		assigns = append(assigns, a)
	}
	return c.checkAssigns(assigns)
}

// maySplit reports an unquoted variable in a word that some shells split, as
// they do any argument's: bash does not after export, and older ones do.
func (c *checker) maySplit(w *syntax.Word) bool {
	return slices.ContainsFunc(w.Parts, func(part syntax.WordPart) bool {
		p, ok := part.(*syntax.ParamExp)
		return ok && strings.ContainsAny(c.env[p.Param.Value], " \t\n*?[\\")
	})
}

// isExport reports an export in a POSIX script. The parser takes it for a program,
// and the interpreter knows it as a keyword only.
func isExport(call *syntax.CallExpr) bool {
	return len(call.Args) > 1 && len(call.Assigns) == 0 && call.Args[0].Lit() == "export"
}

// exportDeclaration returns the keyword export with the words of a call. A word other
// than NAME and NAME=word gets no name, so that it is refused later.
func exportDeclaration(call *syntax.CallExpr) *syntax.DeclClause {
	d := &syntax.DeclClause{Variant: call.Args[0].Parts[0].(*syntax.Lit)}
	for _, w := range call.Args[1:] {
		a := &syntax.Assign{Value: w}
		if lit, ok := w.Parts[0].(*syntax.Lit); ok {
			name, value, assigned := strings.Cut(lit.Value, "=")
			switch {
			case assigned:
				text := *lit
				text.Value = value
				a.Name = &syntax.Lit{ValuePos: lit.ValuePos, ValueEnd: lit.ValueEnd, Value: name}
				a.Value = &syntax.Word{Parts: slices.Concat([]syntax.WordPart{&text}, w.Parts[1:])}
			case len(w.Parts) == 1:
				a.Name, a.Naked, a.Value = lit, true, nil
			}
		}
		d.Args = append(d.Args, a)
	}
	return d
}

// runSetup runs one statement of the setup, which starts nothing.
func (r *recorder) runSetup(ctx context.Context, s *syntax.Stmt) error {
	r.calls, r.started = 0, nil
	r.messages.Reset()
	if err := interp.StdIO(nil, r.newOutput(invocation.ToStdout), r.newOutput(invocation.ToStderr))(r.runner); err != nil {
		return err
	}
	r.cd = true
	err := r.runner.Run(ctx, s)
	r.cd = false
	if err != nil {
		return problem("the shell stopped there: %v", strings.TrimSpace(r.messages.String()), err)
	}
	return nil
}

// directory is the file information of any path while cd is run.
type directory struct{}

func (directory) Name() string       { return "" }
func (directory) Size() int64        { return 0 }
func (directory) Mode() fs.FileMode  { return fs.ModeDir | 0o755 }
func (directory) ModTime() time.Time { return time.Time{} }
func (directory) IsDir() bool        { return true }
func (directory) Sys() any           { return nil }
