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

// Exception says that the findings of one rule are known and accepted at a
// place.
type Exception struct {
	Rule   rule.Rule
	Reason string
	Owner  string     // whom to ask, "" where nobody is named
	Until  config.Day // the last day on which it holds; the zero value for no end
	Origin string     // comment, annotation or configuration
	File   string     // where it stands
	At     source.Position
	// Covered are the findings that it covers, as far as the run has come.
	Covered []rewrite.Finding

	offset int
	covers func(rewrite.Finding) bool // whatever the rule
	other  string                     // the rule of the first finding at its place that has another
	unread bool                       // what it is about could not be read
	lines  []int                      // of a comment: a command that it covers has one of them
	asked  int                        // 1 + the finding that it was asked for last
}

// configured returns an exception of the configuration.
func configured(c *config.Config, e config.Exception) *Exception {
	r, _ := rule.ByCode(e.Rule) // the configuration was checked
	return &Exception{
		Rule: r, Reason: e.Reason, Owner: e.Owner, Until: e.Until, Origin: "configuration",
		File: c.File, At: source.Position{Line: e.Line, Column: 1},
		covers: func(f rewrite.Finding) bool {
			return (e.Path == "" || c.Matches([]string{e.Path}, f.File)) && (e.Kind == "" || e.Kind == f.Kind) &&
				named(e.Object, f.Object) && named(e.Container, f.Container) && (e.Image == "" || transforms.Image{Pattern: e.Image}.Matches(f.Image))
		},
	}
}

// named reports whether a name is that of a pattern; "" is any.
func named(pattern, name string) bool {
	ok, _ := path.Match(pattern, name)
	return ok || pattern == ""
}

// judge returns what is wrong with an exception: it covers nothing, or it is
// over.
func (e *Exception) judge(today time.Time) []rewrite.Finding {
	switch {
	case len(e.Covered) == 0 && e.unread:
	case len(e.Covered) == 0:
		return []rewrite.Finding{e.finding(rule.Unused, "the exception for "+e.Rule.Code+" covers nothing"+e.way())}
	case e.Until.IsOver(today):
		return []rewrite.Finding{e.finding(rule.Expired, fmt.Sprintf("the exception for %s ended on %s (%s): mend the command, or give a later day",
			e.Rule.Code, e.Until.Format(time.DateOnly), e.Reason))}
	}
	return nil
}

// way says what to do about an exception that covers nothing.
func (e *Exception) way() string {
	switch {
	case e.other != "" && e.Origin != "configuration":
		return ", what stands there is " + e.other + ": name that, or remove the exception"
	case e.Origin == "comment":
		return ": remove it, or put it on a line of the command or on the line above"
	}
	return ": remove it"
}

func (e *Exception) finding(r rule.Rule, message string) rewrite.Finding {
	f := rewrite.Finding{Rule: r, Message: message, Place: rewrite.Place{
		File: e.File, Start: e.At, End: e.At, StartOffset: e.offset, EndOffset: e.offset,
	}}
	if len(e.Covered) > 0 {
		f.Context = e.Covered[0].Context
	}
	return f
}
