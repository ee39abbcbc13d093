// Package validate runs a script without starting anything and tells what it
// would have started, so that the exec form can be compared with it
// (translation validation).
//
// The run is that of mvdan.cc/sh/v3/interp with handlers that start no process
// and touch no file, on scripts whose every syntax node is on an allow-list.
// Nothing here is shared with the analysis that made the exec form.
package validate

import (
	"context"
	"fmt"
	"time"

	"shellfree/rewrite/invocation"
)

// Stream is where one output stream of a program goes.
type Stream struct {
	Kind invocation.DestinationKind
	// Path names the file of [invocation.ToFile], as the script has it after
	// expansion; "" otherwise.
	Path string
	// Append reports whether the file is appended to (>>, tee -a) or truncated.
	Append bool
	// Tee reports whether the stream reaches the container's standard output as
	// well as the file.
	Tee bool
}

// String returns the stream as a person reads it: "file /var/log/x.log, appended".
func (s Stream) String() string {
	switch s.Kind {
	case invocation.ToStdout:
		return "the container's stdout"
	case invocation.ToStderr:
		return "the container's stderr"
	case invocation.ToNull:
		return "/dev/null"
	}
	text := "file " + s.Path
	if s.Append {
		text += ", appended"
	}
	if s.Tee {
		text += ", and the container's stdout"
	}
	return text
}

// Run is one program as it is started.
type Run struct {
	// Argv is the program and its arguments, at least one word.
	Argv []string
	// Env holds the NAME=value pairs that the program finds in its environment
	// besides those that were given, sorted.
	Env []string
	// Dir is the directory that it starts in, "" for the one that the
	// container's first process starts in.
	Dir string
	// Stdout and Stderr are where file descriptors 1 and 2 go.
	Stdout, Stderr Stream
}

// String returns the run on one line, for whoever compares two.
func (r Run) String() string {
	if len(r.Argv) == 0 {
		return "nothing"
	}
	text := fmt.Sprintf("%q", r.Argv)
	if len(r.Env) > 0 {
		text += fmt.Sprintf(" with %q", r.Env)
	}
	if r.Dir != "" {
		text += fmt.Sprintf(" in %q", r.Dir)
	}
	return text + "; stdout to " + r.Stdout.String() + "; stderr to " + r.Stderr.String()
}

// Script is a shell script as the shell sees it: after the kubelet's
// expansion, with a sample value for each placeholder.
type Script struct {
	// Shell is the base name of the shell. "bash" is read as bash, every other
	// as a POSIX shell, whose differences from each other are refused.
	Shell string
	Text  string
	// Env holds the NAME=value pairs of the container's environment, the last
	// of a name wins. A variable that isn't among them is refused: the image
	// may set it.
	Env []string
}

const (
	// timeLimit is how long a run may take; 20 to 40 µs is usual. Nothing on the
	// allow-list loops, so it is there for what nobody thought of, and so long
	// that a busy machine never decides what is refused.
	timeLimit = 5 * time.Second
	// textLimit is the longest argument that Linux passes to a program, in
	// bytes without the final NUL (MAX_ARG_STRLEN, execve(2)).
	textLimit = 128<<10 - 1
	// expansionLimit is how many bytes the variables of a script may expand
	// to: what Linux passes in all by default (ARG_MAX, 2 MiB), so that a
	// script can't name a large value a thousand times.
	expansionLimit = 2 << 20
)

// Execute returns what the script starts when it is run. It starts no process,
// opens no file, and shows the script nothing of the host: no file, no
// environment, no working directory.
//
// The error names what in the script is not on the allow-list, or is not read
// alike by every shell; no [Run] goes with it.
func Execute(ctx context.Context, s Script) (Run, error) {
	p, c, err := s.plan()
	if err != nil {
		return Run{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	return p.run(ctx, newRecorder(c.env))
}

// Equal compares what the script starts with what the array starts: program,
// words, environment, directory and streams. It returns nil when they are the same, or an
// error that names the first difference with both sides.
func Equal(script, array Run) error {
	if err := equalList("word", script.Argv, array.Argv); err != nil {
		return err
	}
	if err := equalList("environment variable", script.Env, array.Env); err != nil {
		return err
	}
	if script.Dir != array.Dir {
		return differ("directory", fmt.Sprintf("%q", script.Dir), fmt.Sprintf("%q", array.Dir))
	}
	if script.Stdout != array.Stdout {
		return differ("stdout", script.Stdout.String(), array.Stdout.String())
	}
	if script.Stderr != array.Stderr {
		return differ("stderr", script.Stderr.String(), array.Stderr.String())
	}
	return nil
}

// equalList compares two lists; items are counted from 0, as in argv.
func equalList(what string, script, array []string) error {
	for i := range max(len(script), len(array)) {
		if i < len(script) && i < len(array) && script[i] == array[i] {
			continue
		}
		return differ(fmt.Sprint(what, " ", i), item(script, i), item(array, i))
	}
	return nil
}

func item(list []string, i int) string {
	if i >= len(list) {
		return "nothing"
	}
	return fmt.Sprintf("%q", list[i])
}

func differ(what, script, array string) error {
	return fmt.Errorf("%s: the script has %s, the array %s: convert this command by hand", what, script, array)
}
