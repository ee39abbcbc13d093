package policy

import (
	"fmt"
	"path"
	"time"

	"shellfree/internal/config"
	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
	"shellfree/transforms"
)

// Exception says that the findings of one rule are known and accepted at a place.
type Exception struct {
	Rule   rule.Rule
	Reason string
	Owner  string     // the person or group to ask; may be ""
	Until  config.Day // the last day on which it holds; the zero value for no end
	Origin string     // comment, annotation or configuration
	File   string     // the file that holds the exception
	At     source.Position
	// Covered are the findings that the exception has covered in this run so far.
	Covered []rewrite.Finding

	offset int
	covers func(rewrite.Finding) bool // whether it covers the place of a finding; the rule is not compared
	other  string                     // the first other rule that was found at its place
	unread bool                       // the text that it covers could not be read
	lines  []int                      // for a comment: it covers commands that have one of these lines
	asked  int                        // 1 + index of the last finding that it was a candidate for
}

// newConfigException returns the exception of an entry of the configuration.
func newConfigException(c *config.Config, e config.Exception) *Exception {
	r, _ := rule.ByCode(e.Rule) // the configuration was checked before
	return &Exception{
		Rule: r, Reason: e.Reason, Owner: e.Owner, Until: e.Until, Origin: "configuration",
		File: c.File, At: source.Position{Line: e.Line, Column: 1},
		covers: func(f rewrite.Finding) bool {
			return (e.Path == "" || c.Matches([]string{e.Path}, f.File)) && (e.Kind == "" || e.Kind == f.Kind) &&
				matchesName(e.Object, f.Object) && matchesName(e.Container, f.Container) && (e.Image == "" || transforms.Image{Pattern: e.Image}.Matches(f.Image))
		},
	}
}

// matchesName reports whether a pattern matches a name; the pattern "" matches all.
func matchesName(pattern, name string) bool {
	ok, _ := path.Match(pattern, name)
	return ok || pattern == ""
}

// findings returns a finding if the exception covers nothing, or if its last day is
// over.
func (e *Exception) findings(today time.Time) []rewrite.Finding {
	switch {
	case len(e.Covered) == 0 && e.unread:
	case len(e.Covered) == 0:
		return []rewrite.Finding{e.newFinding(rule.Unused, "the exception for "+e.Rule.Code+" covers nothing"+e.advice())}
	case e.Until.IsOver(today):
		return []rewrite.Finding{e.newFinding(rule.Expired, fmt.Sprintf("the exception for %s ended on %s (%s): mend the command, or give a later day",
			e.Rule.Code, e.Until.Format(time.DateOnly), e.Reason))}
	}
	return nil
}

// advice returns the end of a message about an exception that covers nothing: what to
// do about it.
func (e *Exception) advice() string {
	switch {
	case e.other != "" && e.Origin != "configuration":
		return ", the finding there is " + e.other + ": name that rule, or remove the exception"
	case e.Origin == "comment":
		return ": remove it, or put it on a line of the command or on the line above"
	}
	return ": remove it"
}

func (e *Exception) newFinding(r rule.Rule, message string) rewrite.Finding {
	f := rewrite.Finding{Rule: r, Message: message, Place: rewrite.Place{
		File: e.File, Start: e.At, End: e.At, StartOffset: e.offset, EndOffset: e.offset,
	}}
	if len(e.Covered) > 0 {
		f.Context = e.Covered[0].Context
	}
	return f
}
