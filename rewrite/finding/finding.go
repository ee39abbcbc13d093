// Package finding is the model of the engine's answer: findings, fixes, reviews,
// and the containers that they stand in. A value is never changed once it is made:
// what leads it to another place, or adds to it, returns a new one.
package finding

import (
	"slices"

	"shellfree/rewrite/producer"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// Place is where a finding stands in its file.
type Place struct {
	File string // as given, with slashes
	// Start is the command's first item; End is just past the last item of
	// command or args. StartOffset and EndOffset are the same in bytes.
	Start, End             source.Position
	StartOffset, EndOffset int
	// KeyLine is the line of the first of the keys command and args, 0 where
	// the finding is not about a command that stands in place.
	KeyLine int
}

// Context names what a command belongs to, each as in the file, placeholders
// included, and "" where the file doesn't say.
type Context struct {
	Kind, Object, Container string
	Site                    string // container, initContainer, …, livenessProbe, …, preStop
	Image                   string // of the container
}

// Finding is the answer about one shell command, or about a file that can't be
// read. A finding without a Fix is an obstacle.
type Finding struct {
	Rule rule.Rule
	// FixRule is that of the fix which could not be placed, of an SF002 that had
	// one: an exception for either rule covers both.
	FixRule rule.Rule
	Place
	Context
	Program, Version, Sink string // what the command starts, "" where unknown

	Old     []string // the items that the command has, placeholders as in the file
	Argv    []string // the items of the new array as written, placeholders as in the file
	Message string   // lower-case, names the offending text, ends with what to do
	Review  []Review // what a person must check; empty for a safe fix
	Notes   []string // what differs at run time and needs no check
	// Evidence holds the doubts that had a subject in this command and were
	// cleared, each with the fact that did it.
	Evidence []Evidence
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

// Sentences returns the reviews as text, in order.
func (f Finding) Sentences() []string {
	var all []string
	for _, r := range f.Review {
		all = append(all, r.Sentence)
	}
	return all
}

// Facts returns the evidence as text, in order: the doubt, a colon, the fact.
func (f Finding) Facts() []string {
	var all []string
	for _, e := range f.Evidence {
		all = append(all, e.Doubt+": "+e.Fact)
	}
	return all
}

// At returns the finding at another place, with its edits led there by edits.
func (f Finding) At(p Place, edits func([]source.Edit) []source.Edit) Finding {
	f.Place = p
	if f.Fix != nil {
		fix := *f.Fix
		fix.Edits = edits(fix.Edits)
		f.Fix = &fix
	}
	return f
}

// InFile returns the finding as one of another file with the same bytes. It shares
// no list that may grow.
func (f Finding) InFile(name string) Finding {
	f.File, f.Review, f.Placeholders = name, slices.Clip(f.Review), slices.Clone(f.Placeholders)
	return f
}

// Filled returns the finding with what a search found of its placeholders, one for
// each in their order, and with the reviews that this brings.
func (f Finding) Filled(found []producer.Found, reviews []Review) Finding {
	f.Placeholders = slices.Clone(f.Placeholders)
	for i := range f.Placeholders {
		f.Placeholders[i].Found = found[i]
	}
	f.Review = slices.Concat(f.Review, reviews)
	return f
}
