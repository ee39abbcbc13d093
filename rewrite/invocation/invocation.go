package invocation

// DestinationKind says where a stream of the program goes.
type DestinationKind int

const (
	ToStdout DestinationKind = iota // the container's standard output
	ToStderr                        // the container's standard error
	ToFile                          // a file
	ToNull                          // /dev/null
)

// Destination is where one of the program's two output streams goes.
type Destination struct {
	Kind DestinationKind
	// Path names the file of ToFile.
	Path Word
	// Append reports whether the file is appended to (>>) or truncated (>).
	Append bool
	// Tee reports whether the stream reaches the container's standard output as
	// well as the file.
	Tee bool
}

// Redirection is the shape of both destinations together, one per conversion rule.
type Redirection int

const (
	None       Redirection = iota // stdout and stderr as the container has them (SF101)
	BothToFile                    // both into one file (SF102)
	StdoutOnly                    // stdout into a file, stderr to the container (SF103)
	StderrOnly                    // stderr into a file, stdout to the container (SF104)
	TeeBoth                       // both into one file and to the container's stdout (SF105)
	TeeStdout                     // stdout into a file and to the container's stdout, stderr kept (SF105)
	Merge                         // both to the same container stream, or swapped: 2>&1 alone (SF106)
	Discard                       // at least one stream to /dev/null, none to a file (SF107)
	Mixed                         // anything else: two files, a file and /dev/null (SF206)
)

// Assignment gives a variable of the environment its value.
type Assignment struct {
	Name  string
	Value Word // without parts for an empty value
}

// Invocation is the start of one program, by a script or by an array.
type Invocation struct {
	// Wrapper holds the words that stood before the shell in the array (tini,
	// timeout 30); they stay in front of everything else, as they are.
	Wrapper []Word
	// Words are the program and its arguments. The first is never Several.
	Words []Word
	// Env holds the variables that the script adds to the program's
	// environment, in its order and each name once.
	Env []Assignment
	// Dir is the absolute directory that the script starts the program in; it
	// has no parts where the script doesn't say.
	Dir Word
	// DirRequired reports whether the script ended where it could not change
	// to Dir, instead of going on where it was.
	DirRequired bool
	// Stdout and Stderr are where file descriptors 1 and 2 go.
	Stdout, Stderr Destination
	// Exec reports whether the shell replaced itself (exec), so that the
	// program already was the container's first process.
	Exec bool
	// TeeStatus is set where the exit status was that of tee.
	TeeStatus bool
	// Remarks leave doubts, each once, in the order of the script.
	Remarks []Remark
	// Notes lists what differs at run time without needing a check.
	Notes []string
}

// Redirection returns the shape of the invocation's two destinations.
func (inv Invocation) Redirection() Redirection {
	out, err := inv.Stdout, inv.Stderr
	switch {
	case out.Kind == ToStdout && !out.Tee && err.Kind == ToStderr:
		return None
	case out.Kind == ToFile && err.Kind == ToFile:
		if out.Path.String() != err.Path.String() || out.Tee != err.Tee || out.Append != err.Append {
			return Mixed
		}
		if out.Tee {
			return TeeBoth
		}
		return BothToFile
	case out.Kind == ToFile && err.Kind != ToNull:
		if out.Tee {
			return TeeStdout
		}
		return StdoutOnly
	case err.Kind == ToFile && out.Kind != ToNull && !err.Tee:
		return StderrOnly
	case out.Kind == ToFile || err.Kind == ToFile:
		return Mixed
	case out.Kind == ToNull || err.Kind == ToNull:
		return Discard
	}
	return Merge
}

// File returns the destination that is a file, if one is.
func (inv Invocation) File() (Destination, bool) {
	for _, d := range []Destination{inv.Stdout, inv.Stderr} {
		if d.Kind == ToFile {
			return d, true
		}
	}
	return Destination{}, false
}
