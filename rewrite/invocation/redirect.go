package invocation

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/rule"
)

// streams holds where file descriptors 1 and 2 go; index 0 is not used.
type streams [3]Destination

func newStreams() streams {
	return streams{1: {Kind: ToStdout}, 2: {Kind: ToStderr}}
}

// redirect applies the redirections in the order of the script, as the shell
// does (POSIX 2.7): `2>&1 >F` is not `>F 2>&1`.
func (a *analysis) redirect(s streams, redirs []*syntax.Redirect, pipe *teePipe) (streams, *Obstacle) {
	for _, r := range redirs {
		text := a.source(r)
		fd := 1
		if r.N != nil {
			switch r.N.Value {
			case "1":
			case "2":
				fd = 2
			default:
				return s, obstacle(rule.OtherRedirect, "`", text, "` redirects another descriptor: let the program open the file itself")
			}
		}
		d, both, bad := a.destination(s, r, text, pipe)
		if bad != nil {
			return s, bad
		}
		if bad := opened(s, fd, d, r, text); bad != nil {
			return s, bad
		}
		s[fd] = d
		if both {
			s[1], s[2] = d, d
		}
	}
	if (Invocation{Stdout: s[1], Stderr: s[2]}).Redirection() == Mixed {
		return s, obstacle(rule.OtherRedirect, "stdout and stderr go to two places (", place(s[1]), ", ", place(s[2]), ") and a log sink has one: send both to one file")
	}
	return s, nil
}

// descriptor looks for a pasted value right before a redirection: when it is a
// number, the shell takes it for the descriptor.
func (a *analysis) descriptor(args []*syntax.Word, r *syntax.Redirect) *Obstacle {
	for _, w := range args {
		if r.N == nil && w.End() == r.OpPos && a.mayBeNumber(w) {
			return obstacle(rule.OtherRedirect, "`", a.source(w), a.source(r), "` redirects another descriptor when the value is a number: put a blank between")
		}
	}
	return nil
}

// touching looks for a number right before a redirection that the parser takes
// for the file or descriptor of the one before, as in >&1>F: shells take it for
// the descriptor of what follows (POSIX 2.10.1, IO_NUMBER).
func (a *analysis) touching(redirs []*syntax.Redirect, r *syntax.Redirect) *Obstacle {
	for _, before := range redirs {
		if before.Word != nil && before.Word.End() == r.Pos() && a.mayBeNumber(before.Word) {
			return obstacle(rule.OtherRedirect, "`", a.source(before), a.source(r), "` is not read alike by every shell: put a blank between the redirections")
		}
	}
	return nil
}

// mayBeNumber reports a word of nothing but digits and pasted values.
func (a *analysis) mayBeNumber(w *syntax.Word) bool {
	for _, p := range a.splitOpaque(a.parsed[w.Pos().Offset():w.End().Offset()], false) {
		if p.Kind == Literal && strings.Trim(p.Text, "0123456789") != "" {
			return false
		}
	}
	return true
}

// opened looks at what opening one more file does besides: a file that is
// replaced by a later redirection was still made, a file that is opened twice
// without >> is written over itself, and /proc/1 is the container's own.
func opened(s streams, fd int, d Destination, r *syntax.Redirect, text string) *Obstacle {
	switch {
	case r.Op != syntax.DplOut && strings.HasPrefix(d.Path.String(), "/proc/"):
		return obstacle(rule.OtherRedirect, "`", text, "` writes into another process or the kernel: let the program do that itself")
	case s[fd].Kind == ToFile && s[3-fd].Path.String() != s[fd].Path.String() && !s[fd].Tee:
		return obstacle(rule.OtherRedirect, "`", text, "` redirects again what already went to ", place(s[fd]), ": write one redirection")
	case r.Op != syntax.DplOut && !d.Append && d.Kind == ToFile && !d.Tee && s[3-fd].Kind == ToFile && s[3-fd].Path.String() == d.Path.String():
		return obstacle(rule.OtherRedirect, "`", text, "` opens the file a second time, and both outputs overwrite each other: write >F 2>&1")
	}
	return nil
}

func place(d Destination) string {
	switch d.Kind {
	case ToStdout:
		return "the container's stdout"
	case ToStderr:
		return "the container's stderr"
	case ToNull:
		return "/dev/null"
	}
	return d.Path.String()
}

// destination returns where one redirection sends its descriptor.
func (a *analysis) destination(s streams, r *syntax.Redirect, text string, pipe *teePipe) (d Destination, both bool, bad *Obstacle) {
	switch r.Op {
	case syntax.RdrOut, syntax.AppOut, syntax.RdrClob:
	case syntax.RdrAll, syntax.AppAll:
		if a.Shell.Name != "bash" || r.N != nil {
			return d, false, obstacle(rule.OtherRedirect, "`", text, "` means different things in different shells: write >F 2>&1")
		}
		both = true
	case syntax.DplOut:
		if to := r.Word.Lit(); to == "1" || to == "2" {
			return s[to[0]-'0'], false, nil
		}
		return d, false, obstacle(rule.OtherRedirect, "`", text, "` means different things in different shells: write >F 2>&1")
	default:
		return d, false, obstacle(rule.OtherRedirect, "`", text, "` is input or a here-document: give the program a file, from a ConfigMap for instance")
	}
	w, bad := a.redirectedFile(r.Word)
	if bad != nil {
		return d, false, bad
	}
	d = Destination{Kind: ToFile, Path: w, Append: r.Op == syntax.AppOut || r.Op == syntax.AppAll}
	if pipe != nil && w.String() == pipe.pipe {
		return pipe.to, both, nil
	}
	return device(d, s), both, nil
}

// device maps the device files that stand for a stream of the container.
// /dev/stdout is the file that descriptor 1 has by then; where that is a file the
// shell would open it anew, which no log sink does.
func device(d Destination, s streams) Destination {
	switch d.Path.String() {
	case "/dev/null":
		return Destination{Kind: ToNull}
	case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
		return reopened(d, s[1])
	case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2":
		return reopened(d, s[2])
	}
	return d
}

func reopened(d, current Destination) Destination {
	if current.Kind == ToStdout || current.Kind == ToStderr {
		return current
	}
	return d
}
