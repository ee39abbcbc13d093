package finding

import (
	"shellfree/rewrite/producer"
	"shellfree/rewrite/source"
)

// Grade says how far a fix can be trusted without a person.
type Grade string

const (
	// Safe: the program gets the same words but for sink flags that it is known
	// to take, the same environment, its output goes where it went, and every
	// doubt was cleared.
	Safe Grade = "safe"
	// NeedsReview: each sentence of Finding.Review must be checked by a person.
	NeedsReview Grade = "review"
)

// Fix is the exec form of one shell command, as edits on the original bytes.
type Fix struct {
	Grade Grade
	Edits []source.Edit
	// Upstream is set when a placeholder of several words is an item of its own.
	Upstream bool
}

// Form is how a fix writes a placeholder that is a whole word.
type Form string

const (
	Glued    Form = "glued"    // "a"{{x}}, filled with , "--a", "--b" or nothing
	Upstream Form = "upstream" // "a", {{x}}, filled with "--a", "--b"
	Item     Form = "item"     // "a", "{{x}}", filled with exactly one word
)

// Placeholder is a whole word of a fix that a producer fills.
type Placeholder struct {
	producer.Placeholder
	Form Form
	// Found is the result of a search for its producers; the engine makes none.
	producer.Found
}
