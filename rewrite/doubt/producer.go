package doubt

// The names of the doubts that a search for producers raises, after the engine.
const (
	UnknownProducer = "unknown-producer" // no line was found that fills a placeholder
	QuotingProducer = "quoting-producer" // such a line carries the shell's quotes
)
