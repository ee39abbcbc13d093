package invocation

import (
	"path"

	"mvdan.cc/sh/v3/syntax"
)

// teePipe is the idiom of kops' manifests that keeps both outputs in a file
// and in the container's log while the program is started with exec:
//
//	mkfifo P; (tee -a F < P & ) ; exec PROGRAM … > P 2>&1
type teePipe struct {
	pipe  string      // P
	to    Destination // what tee does
	start *syntax.Stmt
}

// teePipe recognises the idiom, all of it or not at all.
func (a *analysis) teePipe(stmts []*syntax.Stmt) (*teePipe, bool) {
	if len(stmts) != 3 {
		return nil, false
	}
	p := &teePipe{start: stmts[2]}
	mkfifo, ok := plainCall(stmts[0])
	if !ok || len(mkfifo) != 2 || path.Base(mkfifo[0].Lit()) != "mkfifo" || mkfifo[1].Lit() == "" {
		return nil, false
	}
	p.pipe = mkfifo[1].Lit()
	reader, ok := backgroundReader(stmts[1], p.pipe)
	if !ok {
		return nil, false
	}
	p.to, ok = a.teeWords(reader)
	if ok {
		a.notes = append(a.notes, "the named pipe "+p.pipe+" is no longer made")
	}
	return p, ok
}

// plainCall returns the words of a simple command that does nothing else.
func plainCall(s *syntax.Stmt) ([]*syntax.Word, bool) {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Assigns)+len(s.Redirs) > 0 || s.Background || s.Negated {
		return nil, false
	}
	return call.Args, true
}

// backgroundReader returns the words of ( PROGRAM < pipe & ).
func backgroundReader(s *syntax.Stmt, pipe string) ([]*syntax.Word, bool) {
	sub, ok := s.Cmd.(*syntax.Subshell)
	if !ok || len(sub.Stmts) != 1 || len(s.Redirs) > 0 || s.Background || s.Negated {
		return nil, false
	}
	job := sub.Stmts[0]
	call, ok := job.Cmd.(*syntax.CallExpr)
	if !ok || !job.Background || len(call.Assigns) > 0 || len(job.Redirs) != 1 {
		return nil, false
	}
	r := job.Redirs[0]
	if r.Op != syntax.RdrIn || r.N != nil || r.Word.Lit() != pipe {
		return nil, false
	}
	return call.Args, true
}
