package doubt

import (
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
)

// remarked returns the look of a doubt whose subject is found when the script is
// read: it raises the remarks of a kind.
func remarked(kind invocation.RemarkKind) func(Case) Raised {
	return func(c Case) Raised {
		var raised Raised
		for _, r := range c.Invocation.Remarks {
			if r.Kind == kind {
				raised.Reviews = append(raised.Reviews, finding.Review{Placeholder: r.Placeholder, Sentence: r.Sentence})
			}
		}
		return raised
	}
}
