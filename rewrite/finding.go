// Package rewrite is the engine: it finds every shell command of a manifest,
// says what stands in the way of the exec form, and makes the edits where
// nothing does.
package rewrite

import (
	"slices"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/producer"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// Grade says how far a fix can be trusted without a person.
type Grade string

const (
	// Safe: the program gets the same words but for sink flags that it is known
	// to take, the same environment, and its output goes where it went.
	Safe Grade = "safe"
	// Review: each sentence of Finding.Review must be checked by a person.
	Review Grade = "review"
)

// Fix is the exec form of one shell command, as edits on the original bytes.
type Fix struct {
	Grade Grade
	Edits []edit.Edit
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

// Placeholder is a whole word of a fix that somebody else fills.
type Placeholder struct {
	producer.Placeholder
	Form Form
	// Found is what a search for its producers found; the engine makes none.
	producer.Found
}

// Finding is what the tool says of one shell command, or of a file that it
// can't read. A finding without a Fix is an obstacle.
type Finding struct {
	Rule rule.Rule
	// FixRule is that of the fix which could not be placed, of an SF002 that had
	// one: what says that the command may stay as it is says so of both.
	FixRule rule.Rule
	File    string
	// Start is the command's first item; End is just past the last item of
	// command or args. StartOffset and EndOffset are the same in bytes.
	Start, End             source.Position
	StartOffset, EndOffset int
	// KeyLine is the line of the first of the keys command and args, 0 where
	// the finding is not about a command that stands in place.
	KeyLine int

	Kind, Object, Container, Site string // where the command stands
	Image                         string // of the container, as it stands there
	Program, Version, Sink        string // what it starts, "" where unknown

	Old     []string // the items that the command has, placeholders as in the file
	Argv    []string // the items of the new array as written, placeholders as in the file
	Message string   // lower-case, names the offending text, ends with what to do
	Review  []string // what a person must check
	Notes   []string // what differs at run time and needs no check
	// Suggestion is text for a person to paste, without a final newline: the
	// YAML that replaces a probe, a row for an exception list. "" without one.
	Suggestion string
	Validated  bool // the old script was run and starts what the new array starts
	Fix        *Fix
	// Sides are, on two lines, what the script and what the array would start,
	// where a comparison of them is why there is no fix (SF090); "" otherwise.
	Sides string
	// Placeholders are the whole words of the fix that a producer fills.
	Placeholders []Placeholder
}

// Result is what the engine found in one file.
type Result struct {
	Source   *source.Source
	Findings []Finding // in the order of the text
	// PassedOver is set for a file of which its bytes alone tell that there is
	// nothing to report; nothing else is known of it then, its text included.
	PassedOver bool
	// Containers holds every container, with a shell or without, in the order
	// of the text.
	Containers []Container
	// Parsed is false for a file that can't be read even when masked; such a
	// file is skipped, with SF001 where it may hold a shell command.
	Parsed bool
	// Directives are what the file says to the tool, in the order of the text.
	Directives []Directive
	// Foreign is set for a file that parses and holds no Kubernetes object.
	Foreign bool

	dropped []string // placeholders of redirections that fell away
}

// Edits returns the edits of all fixes that keep accepts.
func (r *Result) Edits(keep func(Finding) bool) []edit.Edit {
	var edits []edit.Edit
	for _, f := range r.Findings {
		if f.Fix != nil && keep(f) {
			edits = append(edits, f.Fix.Edits...)
		}
	}
	return edits
}

// Of returns the result of another file with the same bytes. What is done to one
// of the two results does not reach the other.
func (r *Result) Of(s *source.Source) *Result {
	twin := *r
	twin.Source = s
	twin.Findings = slices.Clone(r.Findings)
	for i := range twin.Findings {
		f := &twin.Findings[i]
		f.File, f.Review, f.Placeholders = s.Name, slices.Clip(f.Review), slices.Clone(f.Placeholders)
	}
	return &twin
}
