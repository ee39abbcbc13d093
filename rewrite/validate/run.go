package validate

import (
	"context"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/invocation"
)

// runPlan runs the steps of the plan and returns the program that they start.
func (p plan) runPlan(ctx context.Context, r *recorder) (Run, error) {
	var err error
	if r.runner, err = interp.New(r.options()...); err != nil {
		return Run{}, problem("interpreter: %v for", "", err)
	}
	for _, s := range p.setup {
		if err := r.runSetup(ctx, s); err != nil {
			return Run{}, err
		}
	}
	tee, pipe, err := p.runTee(ctx, r)
	if err != nil {
		return Run{}, err
	}
	stdout := invocation.ToStdout
	if p.tee != nil && p.mkfifo == nil {
		stdout = toPipe
	}
	s, err := r.runStep(ctx, p.program, stdout)
	if err != nil {
		return Run{}, err
	}
	if err := s.checkFiles(pipe); err != nil {
		return Run{}, err
	}
	run := Run{Argv: s.argv, Env: s.env, Dir: s.dir, Stdout: s.stdout.Stream, Stderr: s.stderr.Stream}
	reached := false
	for _, stream := range []*Stream{&run.Stdout, &run.Stderr} {
		if stream.Kind == toPipe || pipe != "" && stream.Path == pipe {
			*stream, reached = tee, true
		}
	}
	if p.tee != nil && !reached {
		return Run{}, problem("nothing reaches the tee to", tee.Path)
	}
	return run, nil
}

// runTee runs tee and returns the stream that it writes, and the name of the pipe that
// it reads where that is a named one.
func (p plan) runTee(ctx context.Context, r *recorder) (tee Stream, pipe string, err error) {
	if p.tee == nil {
		return tee, "", nil
	}
	if p.mkfifo != nil {
		if pipe, err = p.runMkfifo(ctx, r); err != nil {
			return tee, "", err
		}
	}
	s, err := r.runStep(ctx, p.tee, invocation.ToStdout)
	if err != nil {
		return tee, "", err
	}
	args := s.argv[1:]
	tee = Stream{Kind: invocation.ToFile, Tee: true}
	if len(args) == 2 && (args[0] == "-a" || args[0] == "--append") {
		tee.Append, args = true, args[1:]
	}
	if len(args) != 1 || args[0] == "" || args[0] == pipe || args[0][0] == '-' || strings.HasPrefix(args[0], "/dev/") || isSpecialFile(args[0]) {
		return tee, "", problem("not tee [-a] FILE:", strings.Join(s.argv, " "))
	}
	tee.Path = args[0]
	return tee, pipe, nil
}

// runMkfifo runs mkfifo and returns the name of the pipe. It must be the one that tee
// reads.
func (p plan) runMkfifo(ctx context.Context, r *recorder) (string, error) {
	s, err := r.runStep(ctx, p.mkfifo, invocation.ToStdout)
	if err != nil {
		return "", err
	}
	read, err := expand.Literal(&expand.Config{Env: r.runner.Env}, p.reads)
	if err != nil || len(s.argv) != 2 || s.argv[1] != read || read == "" || read[0] == '-' {
		return "", problem("not a named pipe that is made and then read:", strings.Join(s.argv, " "))
	}
	return read, nil
}

// runStep runs one simple command and returns the program that it starts.
func (r *recorder) runStep(ctx context.Context, s *syntax.Stmt, stdout invocation.DestinationKind) (*startedProgram, error) {
	r.calls, r.opened, r.started = 0, nil, nil
	r.messages.Reset()
	if err := interp.StdIO(nil, r.newOutput(stdout), r.newOutput(invocation.ToStderr))(r.runner); err != nil {
		return nil, err
	}
	if err := r.runner.Run(ctx, s); err != nil {
		if status, ok := err.(interp.ExitStatus); ok {
			return nil, problem("the shell stopped with status %d:", strings.TrimSpace(r.messages.String()), status)
		}
		return nil, err
	}
	if r.started == nil {
		return nil, problem("starts no program%s", r.messages.String(), ":")
	}
	return r.started, nil
}

// checkFiles refuses redirections with further effects than the program's two
// streams: a file that is made or emptied and not used, and one that is opened
// twice, where the streams overwrite each other unless both append.
func (s *startedProgram) checkFiles(pipe string) error {
	for _, f := range s.opened {
		if f != s.stdout && f != s.stderr {
			return problem("opened and not used:", f.Path)
		}
	}
	out, err := s.stdout, s.stderr
	if out != err && out.Path != "" && out.Path == err.Path && out.Path != pipe && !(out.Append && err.Append) {
		return problem("opened twice, so that one stream overwrites the other:", out.Path)
	}
	return nil
}
