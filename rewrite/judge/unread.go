package judge

import (
	"fmt"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// Unread returns the verdict on a part of a text that can't be read.
func Unread(t *reading.Text, u reading.Unread) Verdict {
	return about(finding.Place{File: t.Source.Name, Start: u.At, End: u.At, StartOffset: u.Offset, EndOffset: u.Offset}, rule.Unparsable, u.Message)
}

// TooDeep returns the verdict on a string that is nested deeper than is read.
func TooDeep(t *reading.Text, s reading.String) Verdict {
	message := fmt.Sprintf("may hold a shell command but can't be read: it stands more than %d strings deep: keep the manifest in a file of its own", reading.DepthLimit)
	return about(placeIn(t, s.Content.Start, s.Content.Start), rule.Unparsable, message)
}

// Stopped returns the verdict on a file over which the program made a mistake of its
// own. That must not take the rest of a tree with it, and no result of the file is to
// be trusted.
func Stopped(s *source.Source, cause any) Verdict {
	start := s.Position(0)
	return about(finding.Place{File: s.Name, Start: start, End: start}, rule.InternalCheck,
		fmt.Sprintf("internal check failed (the program stopped: %v), nothing was changed in this file: convert it by hand and report this", cause))
}

func about(p finding.Place, r rule.Rule, message string) Verdict {
	return Verdict{Place: p, Obstacle: &Obstacle{Obstacle: invocation.Obstacle{Rule: r, Message: message}}}
}
