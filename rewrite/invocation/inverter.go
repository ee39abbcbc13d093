package invocation

// Inverter undoes what a [Converter] does, by other means: it tells where a
// program's output goes that something besides the shell sends to a file. A fix
// whose array doesn't come back to what the script started is none.
type Inverter interface {
	// Invert returns the invocation without the log runner and the log flags
	// among its words, and with the destinations that those make of its own.
	Invert(Target, Invocation) Invocation
}
