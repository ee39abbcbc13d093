// Package doubt holds the reasons why a fix may not do what the command did, one
// file a doubt. A fix is safe only when every doubt has looked at it and raised
// nothing.
package doubt

import (
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// About is a doubt about values of one type: the cases of this package, or what a
// log sink knows of a start.
type About[T any] struct {
	Name string // lower-case, with dashes: runner-in-image
	// Doc says when the doubt is raised, why, and how a user settles it.
	Doc  string
	Look func(T) Raised
}

// Raised is what a doubt found: nothing, a fact that clears it, reviews, or an
// obstacle.
type Raised struct {
	// Cleared is the fact that clears a doubt which found its subject.
	Cleared  string
	Reviews  []finding.Review // without the doubt's name
	Obstacle *invocation.Obstacle
}

// Cleared returns that a fact clears the doubt.
func Cleared(fact string) Raised { return Raised{Cleared: fact} }

// Review returns one thing for a person to check.
func Review(sentence string) Raised { return Reviews(sentence) }

// Reviews returns several things for a person to check.
func Reviews(sentences ...string) Raised {
	var r Raised
	for _, s := range sentences {
		r.Reviews = append(r.Reviews, finding.Review{Sentence: s})
	}
	return r
}

// Refused returns that there is no fix, and why.
func Refused(r rule.Rule, message string) Raised {
	return Raised{Obstacle: &invocation.Obstacle{Rule: r, Message: message}}
}

// Verdict is what all doubts together say.
type Verdict struct {
	Reviews  []finding.Review
	Evidence []finding.Evidence
	Obstacle *invocation.Obstacle // the first
}

// Ask lets each doubt look at a subject, until one raises an obstacle.
func Ask[T any](doubts []About[T], subject T) Verdict {
	var v Verdict
	for _, d := range doubts {
		r := d.Look(subject)
		if r.Obstacle != nil {
			v.Obstacle = r.Obstacle
			return v
		}
		for _, review := range r.Reviews {
			review.Doubt = d.Name
			v.Reviews = append(v.Reviews, review)
		}
		if r.Cleared != "" {
			v.Evidence = append(v.Evidence, finding.Evidence{Doubt: d.Name, Fact: r.Cleared})
		}
	}
	return v
}
