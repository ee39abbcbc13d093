package validate

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// plan holds the statements of a script on the allow-list, by the steps in which they
// are run.
type plan struct {
	// setup holds assignments, export and cd, which come first.
	setup   []*syntax.Stmt
	program *syntax.Stmt
	// tee is the tee that the program writes to, nil without one.
	tee *syntax.Stmt
	// mkfifo and reads are set where tee reads a named pipe: the statement that
	// makes the pipe, and the word behind tee's <.
	mkfifo *syntax.Stmt
	reads  *syntax.Word
}

// parsePlan parses the script and checks it against the allow-list.
func (s Script) parsePlan() (plan, *checker, error) {
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
	p, err := c.readPlan(file.Stmts)
	return p, c, err
}

// readPlan recognises the three forms of a script that starts one program: alone, with
// a pipe into tee, and with a named pipe into tee.
func (c *checker) readPlan(stmts []*syntax.Stmt) (plan, error) {
	setup, stmts, err := c.takeSetup(splitAndLists(stmts))
	if err != nil {
		return plan{}, err
	}
	p := plan{}
	switch len(stmts) {
	case 0:
		return p, problem("starts no program:", c.text)
	case 1:
		p, err = c.splitPipe(stmts[0])
	case 3:
		p, err = c.splitNamedPipe(stmts)
	default:
		return p, c.refusal("several commands", stmts[1])
	}
	p.setup = setup
	if err != nil {
		return p, err
	}
	return p, c.checkProgram(p.program)
}

// isPrelude reports a statement that changes neither the words nor the streams of the
// program behind it, so it need not be run: `:`, `true`, and options of set about
// failures and traces. A shell that doesn't know pipefail would stop here, but then
// the script would never have worked.
func isPrelude(s *syntax.Stmt) bool {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || !isForeground(s) || len(s.Redirs)+len(call.Assigns) > 0 || len(call.Args) == 0 {
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

// harmlessOptions reports whether all words are such options of set.
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

// splitPipe returns the plan for one statement: a program, or a program piped into
// tee.
func (c *checker) splitPipe(s *syntax.Stmt) (plan, error) {
	pipe, ok := s.Cmd.(*syntax.BinaryCmd)
	if !ok {
		return plan{program: s}, nil
	}
	switch {
	case !isForeground(s) || len(s.Redirs) > 0:
		return plan{}, c.refusal("pipeline", s)
	case pipe.Op == syntax.PipeAll && c.bash:
		// bash's |& is 2>&1 | and comes after the command's own redirections
		// (Bash Reference Manual, Pipelines).
		pipe.X.Redirs = append(pipe.X.Redirs, stderrToStdout())
	case pipe.Op != syntax.Pipe:
		return plan{}, c.refusal("several commands", s)
	}
	return plan{program: pipe.X, tee: pipe.Y}, c.checkHelper(pipe.Y, "tee")
}

// stderrToStdout returns the redirection 2>&1.
func stderrToStdout() *syntax.Redirect {
	return &syntax.Redirect{
		Op:   syntax.DplOut,
		N:    &syntax.Lit{Value: "2"},
		Word: &syntax.Word{Parts: []syntax.WordPart{&syntax.Lit{Value: "1"}}},
	}
}

// splitNamedPipe returns the plan for three statements as kops' manifests have them,
// to use both exec and tee:
//
//	mkfifo P; (tee -a F < P &); exec PROGRAM … > P 2>&1
//
// The background job must be tee. It is run in the foreground.
func (c *checker) splitNamedPipe(stmts []*syntax.Stmt) (plan, error) {
	sub, ok := stmts[1].Cmd.(*syntax.Subshell)
	if !ok || len(sub.Stmts) != 1 || len(stmts[1].Redirs) > 0 || !isForeground(stmts[1]) {
		return plan{}, c.refusal("several commands", stmts[1])
	}
	tee := *sub.Stmts[0]
	if !tee.Background || len(tee.Redirs) != 1 || tee.Redirs[0].Op != syntax.RdrIn || tee.Redirs[0].N != nil {
		return plan{}, c.refusal("subshell", stmts[1])
	}
	p := plan{program: stmts[2], tee: &tee, mkfifo: stmts[0], reads: tee.Redirs[0].Word}
	tee.Background, tee.Redirs = false, nil
	if err := c.checkHelper(p.mkfifo, "mkfifo"); err != nil {
		return p, err
	}
	if err := c.checkHelper(p.tee, "tee"); err != nil {
		return p, err
	}
	return p, c.checkTarget(p.reads)
}

// checkHelper checks a statement that must be the named program with words only.
func (c *checker) checkHelper(s *syntax.Stmt, name string) error {
	call, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(s.Redirs)+len(call.Assigns) > 0 || len(call.Args) == 0 || path.Base(call.Args[0].Lit()) != name {
		return c.refusal("other than "+name, s)
	}
	return c.checkProgram(s)
}

// isForeground reports a statement that is no job and not negated.
func isForeground(s *syntax.Stmt) bool {
	return !s.Negated && !s.Background && !s.Coprocess && !s.Disown
}
