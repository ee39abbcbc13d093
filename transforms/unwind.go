package transforms

import "shellfree/rewrite/invocation"

// Unwound is an invocation without its log sink: the program's own words, and
// where its output goes, by a shell or a sink.
type Unwound struct {
	Program, Version string // as in [invocation.Conversion]
	// Sink is the name of the sink that keeps the log, shell where that is a
	// redirection, "" for nothing. A sink that writes only the log of a program,
	// which goes to stderr otherwise, leaves Stdout as it is.
	Sink string
	// Words are the program's without the sink's program and flags.
	Words          []invocation.Word
	Stdout, Stderr invocation.Destination
	// Rejected names the log flags with which the program does not start, ""
	// for none.
	Rejected string
}

// Unwind takes the log sink off an invocation: the inverse of Convert, for
// arrays that people wrote too.
func (v *Converter) Unwind(t invocation.Target, inv invocation.Invocation) Unwound {
	u := Unwound{Words: inv.Words, Stdout: inv.Stdout, Stderr: inv.Stderr}
	if inv.Redirection() != invocation.None {
		u.Sink = "shell"
	}
	for len(u.Words) > 0 && u.undoFront(v.candidate(t, invocation.Invocation{Words: u.Words})) != "" {
		continue // a sink's program may start another
	}
	if len(u.Words) == 0 || u.Words[0].Several {
		return u
	}
	c := v.candidate(t, invocation.Invocation{Words: u.Words, Stdout: u.Stdout, Stderr: u.Stderr})
	u.Program, u.Version = c.name, c.version.String()
	if c.flagsAt < 0 {
		return u
	}
	if m, found := v.migration(t, u.Words); found && m.rejectsKlogFlags() {
		u.Rejected = m.flags.texts(m.inv.Words)
	}
	for _, k := range Sinks() {
		if k.Undo != nil && k.Front == "" && k.Undo(&u, c) {
			u.Sink = k.Name
		}
	}
	return u
}

// undoFront takes off one program of a sink's own and returns its name in
// sentences; "" where none stands in front.
func (u *Unwound) undoFront(c candidate) string {
	for _, k := range Sinks() {
		if k.Undo != nil && k.Front != "" && len(u.Words) > 0 && k.Undo(u, c) {
			u.Sink = k.Name
			return k.Front
		}
	}
	return ""
}
