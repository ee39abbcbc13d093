// Package validate runs a script without starting a program and returns the program
// that it would have started, so that the exec form can be compared with it
// (translation validation).
//
// mvdan.cc/sh/v3/interp runs the script, with handlers that start no process and
// touch no file. Every syntax node of the script must be on an allow-list. No code is
// shared with the analysis that made the exec form.
package validate

import (
	"context"
	"fmt"
	"time"

	"shellfree/rewrite/invocation"
)

// Stream says where one output stream of a program goes.
type Stream struct {
	Kind invocation.DestinationKind
	// Path names the file of [invocation.ToFile], as the script has it after
	// expansion; "" otherwise.
	Path string
	// Append is set where the file is appended to (>>, tee -a), not truncated.
	Append bool
	// Tee is set where the stream goes to the container's standard output as well
	// as to the file.
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

// Run describes how one program is started.
type Run struct {
	// Argv is the program and its arguments, at least one word.
	Argv []string
	// Env holds the NAME=value pairs of its environment that were not given to the
	// script, sorted.
	Env []string
	// Dir is the directory that it starts in, "" for that of the container.
	Dir string
	// Stdout and Stderr say where file descriptors 1 and 2 go.
	Stdout, Stderr Stream
}

// String returns the run on one line, to be compared by eye.
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

// Script is a shell script as the shell gets it: after the kubelet's expansion, with
// a sample value for each placeholder.
type Script struct {
	// Shell is the base name of the shell. "bash" stands for bash, every other name
	// for a POSIX shell; text that POSIX shells read differently is refused.
	Shell string
	Text  string
	// Env holds the NAME=value pairs of the container's environment; the last of a
	// name wins. A script that uses another variable is refused, since the image may
	// set it.
	Env []string
}

const (
	// timeLimit is how long a run may take; 20 to 40 µs is usual. Nothing on the
	// allow-list loops, so the limit is for mistakes in it. It is long enough not to
	// be reached on a busy machine.
	timeLimit = 5 * time.Second
	// textLimit is the longest argument that Linux passes to a program, in
	// bytes without the final NUL (MAX_ARG_STRLEN, execve(2)).
	textLimit = 128<<10 - 1
	// expansionLimit is how many bytes the variables of a script may expand
	// to: what Linux passes in all by default (ARG_MAX, 2 MiB), so that a
	// script can't name a large value a thousand times.
	expansionLimit = 2 << 20
)

// Execute returns the program that the script starts when it is run. It starts no
// process and opens no file, and the script can't read files, the environment or the
// working directory of the host.
//
// The error names the part of the script that is not on the allow-list, or that
// shells read differently. With an error the [Run] is empty.
func Execute(ctx context.Context, s Script) (Run, error) {
	p, c, err := s.parsePlan()
	if err != nil {
		return Run{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	return p.runPlan(ctx, newRecorder(c.env))
}

// Equal compares the program that the script starts with the one that the array
// starts: words, environment, directory and streams. It returns nil when they are
// equal, or an error that names the first difference with both sides.
func Equal(script, array Run) error {
	if err := equalList("word", script.Argv, array.Argv); err != nil {
		return err
	}
	if err := equalList("environment variable", script.Env, array.Env); err != nil {
		return err
	}
	if script.Dir != array.Dir {
		return differenceError("directory", fmt.Sprintf("%q", script.Dir), fmt.Sprintf("%q", array.Dir))
	}
	if script.Stdout != array.Stdout {
		return differenceError("stdout", script.Stdout.String(), array.Stdout.String())
	}
	if script.Stderr != array.Stderr {
		return differenceError("stderr", script.Stderr.String(), array.Stderr.String())
	}
	return nil
}

// equalList compares two lists; items are counted from 0, as in argv.
func equalList(what string, script, array []string) error {
	for i := range max(len(script), len(array)) {
		if i < len(script) && i < len(array) && script[i] == array[i] {
			continue
		}
		return differenceError(fmt.Sprint(what, " ", i), itemText(script, i), itemText(array, i))
	}
	return nil
}

// itemText returns an item of a list for a message.
func itemText(list []string, i int) string {
	if i >= len(list) {
		return "nothing"
	}
	return fmt.Sprintf("%q", list[i])
}

// differenceError returns the error for a difference of one kind.
func differenceError(what, script, array string) error {
	return fmt.Errorf("%s: the script has %s, the array %s: convert this command by hand", what, script, array)
}
