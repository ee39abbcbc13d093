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

// toPipe is the kind of a stream that goes into tee, as long as nobody knows
// where tee writes.
const toPipe invocation.DestinationKind = -1

// sink stands for an open file. It keeps nothing but what the shell itself
// says, for error messages.
type sink struct {
	Stream
	said *strings.Builder
}

func (s *sink) Read([]byte) (int, error)    { return 0, io.EOF }
func (s *sink) Write(p []byte) (int, error) { return s.said.Write(p) }
func (s *sink) Close() error                { return nil }

// start is what the exec handler was asked to start.
type start struct {
	argv, env      []string
	dir            string // "" where no cd was run
	stdout, stderr *sink
	opened         []*sink // files, in the order of the redirections
}

// recorder holds the handlers that stand between the interpreter and the
// system. It records one simple command at a time.
type recorder struct {
	given  map[string]string
	runner *interp.Runner
	said   strings.Builder
	calls  int
	// cd is set while the one builtin of the allow-list is run; moved once it was.
	cd, moved bool
	opened    []*sink
	started   *start
}

// noTempDir is the directory in which the interpreter opens files itself when
// they look like the named pipes of its process substitutions. No word of a
// script holds a NUL, so none names a file in there.
const noTempDir = "/\x00"

func newRecorder(given map[string]string) *recorder {
	return &recorder{given: given}
}

// options are the interpreter's: no host environment, no file system.
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
		interp.CallHandler(r.call),
		interp.ExecHandlers(func(interp.ExecHandlerFunc) interp.ExecHandlerFunc { return r.exec }),
		interp.OpenHandler(r.open),
		interp.StatHandler(func(_ context.Context, name string, _ bool) (fs.FileInfo, error) {
			if r.cd {
				return directory{}, nil
			}
			return nil, notThere("stat", name)
		}),
		interp.ReadDirHandler2(func(_ context.Context, name string) ([]fs.DirEntry, error) {
			return nil, notThere("open", name)
		}),
		interp.AccessHandler(func(_ context.Context, name string, _ interp.AccessMode) error {
			if r.cd {
				return nil
			}
			return notThere("access", name)
		}),
		interp.StdIO(nil, r.sink(invocation.ToStdout), r.sink(invocation.ToStderr)),
	}
}

func notThere(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

func (r *recorder) sink(kind invocation.DestinationKind) *sink {
	return &sink{Stream{Kind: kind}, &r.said}
}

// call sees every simple command before it is run: one of them, which is
// neither a builtin nor anything that a shell may know better.
func (r *recorder) call(_ context.Context, args []string) ([]string, error) {
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

// knownToSomeShell reports names that a shell reads as a keyword or runs
// itself and that the interpreter doesn't know: bash's, mksh's and busybox'.
func knownToSomeShell(name string) bool {
	switch name {
	case "[[", "]]", "chdir", "coproc", "fc", "function", "global", "let", "nameref", "print", "rename", "select",
		"setvar", "time", "whence":
		return true
	}
	return false
}

// exec records what would be started. Nothing is.
func (r *recorder) exec(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	stdout, okOut := hc.Stdout.(*sink)
	stderr, okErr := hc.Stderr.(*sink)
	if !okOut || !okErr || r.started != nil {
		return problem("not to be followed:", strings.Join(args, " "))
	}
	r.started = &start{slices.Clone(args), r.added(hc.Env), "", stdout, stderr, r.opened}
	if r.moved {
		r.started.dir = hc.Dir
	}
	return nil
}

// added returns what the program finds in its environment besides what was given.
func (r *recorder) added(env expand.Environ) []string {
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

// open records a redirection. It opens nothing.
func (r *recorder) open(ctx context.Context, name string, flag int, _ os.FileMode) (io.ReadWriteCloser, error) {
	hc := interp.HandlerCtx(ctx)
	switch file := path.Clean("/" + name); {
	case name == "" || flag&os.O_WRONLY == 0:
		return nil, problem("not a file to write to:", name)
	case file == "/dev/null":
		return r.sink(invocation.ToNull), nil
	case file == "/dev/stdout" || file == "/dev/fd/1" || file == "/proc/self/fd/1":
		return reopen(name, hc.Stdout)
	case file == "/dev/stderr" || file == "/dev/fd/2" || file == "/proc/self/fd/2":
		return reopen(name, hc.Stderr)
	case special(file):
		return nil, problem("no file, but what", name)
	}
	s := r.sink(invocation.ToFile)
	s.Path, s.Append = name, flag&os.O_APPEND != 0
	r.opened = append(r.opened, s)
	return s, nil
}

// reopen returns a container's stream once more. A file would be opened a
// second time, with a position of its own.
func reopen(name string, current io.Writer) (io.ReadWriteCloser, error) {
	if s, ok := current.(*sink); ok && (s.Kind == invocation.ToStdout || s.Kind == invocation.ToStderr) {
		return s, nil
	}
	return nil, problem("opens a file a second time:", name)
}

// special reports names under which a system, or bash, keeps what is no file
// of its own: descriptors, other processes' too, and network connections.
func special(file string) bool {
	for _, dir := range []string{"/dev/fd/", "/dev/stdin", "/dev/tcp/", "/dev/udp/", "/proc/"} {
		if strings.HasPrefix(file, dir) {
			return true
		}
	}
	return false
}
