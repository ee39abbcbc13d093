package invocation

import (
	"shellfree/rewrite/finding"
	"shellfree/rewrite/rule"
)

// Migration is the change of a command that starts no shell and yet
// must change: log flags that its program, at its version, rejects or ignores.
type Migration struct {
	Rule    rule.Rule
	Message string
	// Fixed is set where the words below make the change; otherwise the message
	// says what to do.
	Fixed bool
	// At is the index of the word before which Front is inserted, and Drop holds
	// the indexes of the words that go.
	At    int
	Front []Word
	Drop  []int
	// Program, Version, Sink, Review, Evidence and Notes as in [Conversion].
	Program, Version string
	Sink             Sink
	Review           []finding.Review
	Evidence         []finding.Evidence
	Notes            []string
}

// Migrator finds commands whose log flags no longer fit.
type Migrator interface {
	// Migrate looks at the words of an exec-form array. It reports false where
	// there is nothing to say.
	Migrate(Target, []Word) (Migration, bool)
	// MigratedFlags returns the flags without which Migrate has nothing to say.
	MigratedFlags() []Flag
}
