package rewrite

import (
	"shellfree/rewrite/directive"
	"shellfree/rewrite/finding"
)

// The names of the model, as the library's users know them.
type (
	Finding     = finding.Finding
	Fix         = finding.Fix
	Grade       = finding.Grade
	Form        = finding.Form
	Review      = finding.Review
	Place       = finding.Place
	Context     = finding.Context
	Placeholder = finding.Placeholder
	Container   = finding.Container
	Directive   = directive.Directive
)

// The grades of a fix and the forms of a placeholder, see [finding.Grade] and
// [finding.Form].
const (
	Safe        = finding.Safe
	NeedsReview = finding.NeedsReview
	Glued       = finding.Glued
	Upstream    = finding.Upstream
	Item        = finding.Item
)
