// Package rewrite is the engine: it finds every shell command of a manifest,
// says what stands in the way of the exec form, and makes the edits where
// nothing does.
package rewrite

import (
	"shellfree/rewrite/edit"
	"shellfree/rewrite/source"
)

// Result holds the findings, containers and directives of one file.
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
}

// Edits returns the edits of all fixes that keep accepts.
func (r *Result) Edits(keep func(Finding) bool) []source.Edit {
	var edits []source.Edit
	for _, f := range r.Findings {
		if f.Fix != nil && keep(f) {
			edits = append(edits, f.Fix.Edits...)
		}
	}
	return edits
}

// Fixed returns the text with the fixes that keep accepts.
func (r *Result) Fixed(keep func(Finding) bool) ([]byte, error) {
	return edit.Apply(r.Source.Text, r.Edits(keep))
}

// Of returns the result of another file with the same bytes. What is done to one
// of the two results does not reach the other.
func (r *Result) Of(s *source.Source) *Result {
	other := *r
	other.Source = s
	other.Findings = make([]Finding, len(r.Findings))
	for i, f := range r.Findings {
		other.Findings[i] = f.InFile(s.Name)
	}
	return &other
}
