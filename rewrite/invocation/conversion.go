package invocation

import "shellfree/rewrite/finding"

// Target holds the facts around an invocation that decide how its log is kept.
type Target struct {
	Image string // the container's image as in the file, placeholders included; "" when absent
	// Output reports whether the command's output is kept: true for
	// containers, false for exec probes and lifecycle hooks.
	Output bool
}

// Conversion is the exec form of an [Invocation], or why there is none.
type Conversion struct {
	// Argv is the whole array: wrapper, log runner, program, log flags, words.
	Argv []Word
	// Program is the base name of the program (kube-apiserver, also where
	// hyperkube starts it) and Version its version where known, else "".
	Program, Version string
	Sink             Sink // the zero value where none is needed
	// Review holds the reviews that the sink's own doubts raised, Evidence the facts
	// that cleared them.
	Review   []finding.Review
	Evidence []finding.Evidence
	// Notes as in [Invocation], those of the invocation included.
	Notes []string
	// Obstacle is the message of an SF215 finding; "" when Argv holds.
	Obstacle string
}

// Sink describes a log sink to the engine.
type Sink struct {
	Name string // as --log-sink takes it; "" for none
	// Says is the end of a fix's message: start it through the log runner.
	Says string
	// Flags are the names of flags that it adds to this program beside the
	// [Converter]'s LogFlags, without dashes before them.
	Flags []string
	// Front is set where it starts the program through one of its own.
	Front bool
	// NoFile is set where the log leaves its file for the container's output.
	NoFile bool
	// Safe is its claim that a fix needs no person when no doubt is left.
	Safe bool
}

// Flag is a flag that log sinks add, change or take away.
type Flag struct {
	Name string // without dashes before it, and with - for _
	Bool bool   // it takes a value with = only
}

// Excepter knows images that need a shell for a reason of their own. A
// [Converter] may be one.
type Excepter interface {
	// Exception returns a row for a list of such images, "" for an image without
	// a known reason.
	Exception(Target) string
}

// Converter turns an invocation into its exec form, and back for the proof.
type Converter interface {
	Inverter
	Convert(Target, Invocation) Conversion
	// LogFlags returns the flags of all log sinks.
	LogFlags() []Flag
}
