package validate

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"

	"shellfree/rewrite/invocation"
)

// toPipe is the kind of a stream that goes into tee, until it is replaced by the
// stream that tee writes.
const toPipe invocation.DestinationKind = -1

// output stands for an open file. It keeps the messages of the shell itself, for
// errors; the program writes nothing, since it is not started.
type output struct {
	Stream
	messages *strings.Builder
}

func (s *output) Read([]byte) (int, error)    { return 0, io.EOF }
func (s *output) Write(p []byte) (int, error) { return s.messages.Write(p) }
func (s *output) Close() error                { return nil }

// startedProgram describes the program that the exec handler was asked to start.
type startedProgram struct {
	argv, env      []string
	dir            string // "" where no cd was run
	stdout, stderr *output
	opened         []*output // files, in the order of the redirections
}

// recorder holds the handlers that the interpreter calls in the place of the system.
// It records one simple command at a time.
type recorder struct {
	given    map[string]string // the environment, by name
	runner   *interp.Runner
	messages strings.Builder
	calls    int
	// cd is set while cd may be run, the only builtin on the allow-list. moved is set
	// once it was run.
	cd, moved bool
	opened    []*output
	started   *startedProgram
}

// noTempDir is the interpreter's TMPDIR. In that directory the interpreter opens files
// itself, past the handler, where their names look like the named pipes of its process
// substitutions. No word of a script holds a NUL, so none names a file in there.
const noTempDir = "/\x00"

func newRecorder(given map[string]string) *recorder {
	return &recorder{given: given}
}

// options returns the interpreter's options: no environment of the host, no file
// system.
func (r *recorder) options() []interp.RunnerOption {
	env := make([]string, 0, len(r.given)+1)
	for name, value := range r.given {
		if name != "TMPDIR" {
			env = append(env, name+"="+value)
		}
	}
	env = append(env, "TMPDIR="+noTempDir)
	return []interp.RunnerOption{
		interp.Env(expand.ListEnviron(env...)),
		// interp.Dir would ask the system about the directory.
		func(runner *interp.Runner) error { runner.Dir = "/"; return nil },
		interp.Params("-f"), // no pathname expansion: no file is known to match
		interp.CallHandler(r.checkCall),
		interp.ExecHandlers(func(interp.ExecHandlerFunc) interp.ExecHandlerFunc { return r.recordExec }),
		interp.OpenHandler(r.recordOpen),
		interp.StatHandler(func(_ context.Context, name string, _ bool) (fs.FileInfo, error) {
			if r.cd {
				return directory{}, nil
			}
			return nil, notExistError("stat", name)
		}),
		interp.ReadDirHandler2(func(_ context.Context, name string) ([]fs.DirEntry, error) {
			return nil, notExistError("open", name)
		}),
		interp.AccessHandler(func(_ context.Context, name string, _ interp.AccessMode) error {
			if r.cd {
				return nil
			}
			return notExistError("access", name)
		}),
		interp.StdIO(nil, r.newOutput(invocation.ToStdout), r.newOutput(invocation.ToStderr)),
	}
}

// notExistError returns the error of a system call for a file that does not exist.
func notExistError(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// newOutput returns an output that goes to a destination.
func (r *recorder) newOutput(kind invocation.DestinationKind) *output {
	return &output{Stream{Kind: kind}, &r.messages}
}

// checkCall is called with the words of every simple command before it is run. It
// allows one, a program: neither a builtin nor a name that some shell runs itself.
func (r *recorder) checkCall(_ context.Context, args []string) ([]string, error) {
	if r.calls++; r.calls > 1 {
		return nil, problem("a second command:", args[0])
	}
	name := args[0]
	if r.cd && name == "cd" && len(args) == 2 && strings.HasPrefix(args[1], "/") {
		r.moved = true
		return args, nil
	}
	if name == "exec" && len(args) > 1 {
		if name = args[1]; strings.HasPrefix(name, "-") {
			return nil, problem("option of exec:", name)
		}
	} else if interp.IsBuiltin(name) || knownToSomeShell(name) {
		return nil, problem("builtin of the shell:", name)
	}
	if name == "" {
		return nil, problem("no program in", strings.Join(args, " "))
	}
	return args, nil
}

// knownToSomeShell reports names that bash, mksh or busybox read as a keyword or run
// themselves, and that the interpreter doesn't know.
func knownToSomeShell(name string) bool {
	switch name {
	case "[[", "]]", "chdir", "coproc", "fc", "function", "global", "let", "nameref", "print", "rename", "select",
		"setvar", "time", "whence":
		return true
	}
	return false
}

// recordExec is called in the place of starting a program and records it.
func (r *recorder) recordExec(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	stdout, okOut := hc.Stdout.(*output)
	stderr, okErr := hc.Stderr.(*output)
	if !okOut || !okErr || r.started != nil {
		return problem("its output can't be followed:", strings.Join(args, " "))
	}
	r.started = &startedProgram{slices.Clone(args), r.addedEnv(hc.Env), "", stdout, stderr, r.opened}
	if r.moved {
		r.started.dir = hc.Dir
	}
	return nil
}

// addedEnv returns the NAME=value pairs of a program's environment that were not
// given, sorted.
func (r *recorder) addedEnv(env expand.Environ) []string {
	values := map[string]string{}
	for name, v := range env.Each {
		if r.moved && (name == "PWD" || name == "OLDPWD") {
			continue // the shell's own record of cd
		}
		if v.Exported && v.Kind == expand.String && v.Str != noTempDir {
			values[name] = v.Str
		}
	}
	var list []string
	for name, value := range values {
		if old, given := r.given[name]; !given || old != value {
			list = append(list, name+"="+value)
		}
	}
	slices.Sort(list)
	return list
}

// recordOpen is called in the place of opening a file for a redirection and records
// it.
func (r *recorder) recordOpen(ctx context.Context, name string, flag int, _ os.FileMode) (io.ReadWriteCloser, error) {
	hc := interp.HandlerCtx(ctx)
	switch file := path.Clean("/" + name); {
	case name == "" || flag&os.O_WRONLY == 0:
		return nil, problem("not a file to write to:", name)
	case file == "/dev/null":
		return r.newOutput(invocation.ToNull), nil
	case file == "/dev/stdout" || file == "/dev/fd/1" || file == "/proc/self/fd/1":
		return reopenStream(name, hc.Stdout)
	case file == "/dev/stderr" || file == "/dev/fd/2" || file == "/proc/self/fd/2":
		return reopenStream(name, hc.Stderr)
	case isSpecialFile(file):
		return nil, problem("no file on a disk:", name)
	}
	s := r.newOutput(invocation.ToFile)
	s.Path, s.Append = name, flag&os.O_APPEND != 0
	r.opened = append(r.opened, s)
	return s, nil
}

// reopenStream returns a stream of the container that a redirection names, such as
// /dev/stdout. Where the stream is a file, the shell would open that a second time,
// with a position of its own, so it is refused.
func reopenStream(name string, current io.Writer) (io.ReadWriteCloser, error) {
	if s, ok := current.(*output); ok && (s.Kind == invocation.ToStdout || s.Kind == invocation.ToStderr) {
		return s, nil
	}
	return nil, problem("opens a file a second time:", name)
}

// isSpecialFile reports names for which the system, or bash, opens no file on a disk:
// descriptors, those of other processes too, and network connections.
func isSpecialFile(file string) bool {
	for _, dir := range []string{"/dev/fd/", "/dev/stdin", "/dev/tcp/", "/dev/udp/", "/proc/"} {
		if strings.HasPrefix(file, dir) {
			return true
		}
	}
	return false
}
