package validate

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// plan is a script on the allow-list, in the steps that are run one by one.
type plan struct {
	// setup holds assignments, export and cd, which come before all else.
	setup   []*syntax.Stmt
	program *syntax.Stmt
	// tee is the tee that the program writes to, nil without one.
	tee *syntax.Stmt
	// mkfifo and reads are set where tee reads a named pipe: the statement that
	// makes it and the word after tee's <.
	mkfifo *syntax.Stmt
	reads  *syntax.Word
}

// plan parses the script and checks it against the allow-list.
func (s Script) plan() (plan, *checker, error) {
	c, err := newChecker(s)
	if err != nil {
		return plan{}, nil, err
	}
	lang := syntax.LangPOSIX
	if c.bash {
		lang = syntax.LangBash
	}
	file, err := syntax.NewParser(syntax.Variant(lang)).Parse(strings.NewReader(s.Text), "")
	if err != nil {
		return plan{}, nil, problem("not valid shell: %s in", s.Text, err)
	}
	p, err := c.plan(file.Stmts)
	return p, c, err
}

// plan recognises the three shapes that start one program: alone, with a pipe
// into tee, and with a named pipe into tee.
func (c *checker) plan(stmts []*syntax.Stmt) (plan, error) {
	setup, stmts, err := c.before(parted(stmts))
	if err != nil {
		return plan{}, err
	}
	p := plan{}
	switch len(stmts) {
	case 0:
		return p, problem("starts no program:", c.text)
	case 1:
		p, err = c.single(stmts[0])
	case 3:
		p, err = c.namedPipe(stmts)
	default:
		return p, c.refuse("several commands", stmts[1])
	}
	p.setup = setup
	if err != nil {
		return p, err
	}
	return p, c.program(p.program)
}

// prelude reports a statement that changes neither the words nor the streams
// of the one program after it, so it need not be run: `:`, `true`, and options
// of set that are about failures and traces. A shell that doesn't know
// pipefail would stop here; a script that works has one that does.
func prelude(s *syntax.Stmt) bool {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || !foreground(s) || len(s.Redirs)+len(call.Assigns) > 0 || len(call.Args) == 0 {
		return false
	}
	words := make([]string, len(call.Args))
	for i, w := range call.Args {
		words[i] = w.Lit()
	}
	switch words[0] {
	case ":", "true":
		return len(words) == 1
	case "set":
		return len(words) > 1 && harmlessOptions(words[1:])
	}
	return false
}

func harmlessOptions(words []string) bool {
	for len(words) > 0 {
		letters, ok := strings.CutPrefix(words[0], "-")
		words = words[1:]
		if !ok || letters == "" || strings.Trim(letters, "euvxo") != "" {
			return false
		}
		for range strings.Count(letters, "o") {
			if len(words) == 0 || !slices.Contains([]string{"errexit", "nounset", "pipefail", "verbose", "xtrace"}, words[0]) {
				return false
			}
			words = words[1:]
		}
	}
	return true
}

// single takes a script of one statement apart: a program, or one piped into tee.
func (c *checker) single(s *syntax.Stmt) (plan, error) {
	pipe, ok := s.Cmd.(*syntax.BinaryCmd)
	if !ok {
		return plan{program: s}, nil
	}
	switch {
	case !foreground(s) || len(s.Redirs) > 0:
		return plan{}, c.refuse("pipeline", s)
	case pipe.Op == syntax.PipeAll && c.bash:
		// bash's |& is 2>&1 | and comes after the command's own redirections
		// (Bash Reference Manual, Pipelines).
		pipe.X.Redirs = append(pipe.X.Redirs, stderrToStdout())
	case pipe.Op != syntax.Pipe:
		return plan{}, c.refuse("several commands", s)
	}
	return plan{program: pipe.X, tee: pipe.Y}, c.helper(pipe.Y, "tee")
}

func stderrToStdout() *syntax.Redirect {
	return &syntax.Redirect{
		Op:   syntax.DplOut,
		N:    &syntax.Lit{Value: "2"},
		Word: &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: "1"}}},
	}
}

// namedPipe takes the idiom of kops' manifests apart, which keeps exec and tee:
//
//	mkfifo P; (tee -a F < P &); exec PROGRAM … > P 2>&1
//
// The background job is tee's, checked here and run in the foreground.
func (c *checker) namedPipe(stmts []*syntax.Stmt) (plan, error) {
	sub, ok := stmts[1].Cmd.(*syntax.Subshell)
	if !ok || len(sub.Stmts) != 1 || len(stmts[1].Redirs) > 0 || !foreground(stmts[1]) {
		return plan{}, c.refuse("several commands", stmts[1])
	}
	tee := *sub.Stmts[0]
	if !tee.Background || len(tee.Redirs) != 1 || tee.Redirs[0].Op != syntax.RdrIn || tee.Redirs[0].N != nil {
		return plan{}, c.refuse("subshell", stmts[1])
	}
	p := plan{program: stmts[2], tee: &tee, mkfifo: stmts[0], reads: tee.Redirs[0].Word}
	tee.Background, tee.Redirs = false, nil
	if err := c.helper(p.mkfifo, "mkfifo"); err != nil {
		return p, err
	}
	if err := c.helper(p.tee, "tee"); err != nil {
		return p, err
	}
	return p, c.target(p.reads)
}

// helper checks a statement that must be just the named program with words.
func (c *checker) helper(s *syntax.Stmt, name string) error {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(s.Redirs)+len(call.Assigns) > 0 || len(call.Args) == 0 || path.Base(call.Args[0].Lit()) != name {
		return c.refuse("other than "+name, s)
	}
	return c.program(s)
}

func foreground(s *syntax.Stmt) bool {
	return !s.Negated && !s.Background && !s.Coprocess && !s.Disown
}
