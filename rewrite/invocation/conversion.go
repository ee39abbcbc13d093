package invocation

// Target is what stands around an invocation and decides how its log is kept.
type Target struct {
	Image string // the container's image as in the file, placeholders included; "" when absent
	// Output reports whether anybody keeps what the command prints: true for
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
	// Sink names the log sink: klog, runner, native, stdout, or "" for none.
	Sink string
	// Review and Notes as in [Invocation], those of the invocation included.
	Review, Notes []string
	// Obstacle is the message of an SF215 finding; "" when Argv holds.
	Obstacle string
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
}
