package rewrite

import (
	"fmt"
	"path"
	"strings"

	"shellfree/internal/suggestion"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/invocation"
)

// Options configure an Engine.
type Options struct {
	Dialects []dialect.Dialect
	// Placeholders says how placeholders by name are filled; the first that
	// matches wins, before the dialect's own default.
	Placeholders []PlaceholderRule
	// Upstream writes a placeholder of several words as Kubernetes' own
	// manifests do, as an item of its own.
	Upstream bool
	// Converter chooses the log sink.
	Converter invocation.Converter
	// Doubts look at each fix; nil stands for doubt.All. The log sinks' own doubts
	// are the converter's.
	Doubts []doubt.Doubt
	// NoSleepAction is set where the cluster's version is known and has no sleep
	// action for lifecycle hooks, which is on by default from Kubernetes 1.30.
	NoSleepAction bool
	// ReadAll reads what can't hold a finding too: Result.Containers has those of
	// all of a file only then.
	ReadAll bool
}

// PlaceholderRule says how the placeholders of a name are filled.
type PlaceholderRule struct {
	Pattern string // a name, or a pattern of path.Match; also matched against the whole {{text}}
	Policy  invocation.Policy
}

// ParsePlaceholderRule reads NAME=words|word|refuse.
func ParsePlaceholderRule(s string) (PlaceholderRule, error) {
	i := strings.LastIndexByte(s, '=')
	if i <= 0 {
		return PlaceholderRule{}, fmt.Errorf("placeholder %q has no value: write NAME=words, NAME=word or NAME=refuse", s)
	}
	r := PlaceholderRule{Pattern: s[:i]}
	switch s[i+1:] {
	case "words":
		r.Policy = invocation.Words
	case "word":
		r.Policy = invocation.OneWord
	case "refuse":
		r.Policy = invocation.Refuse
	default:
		return r, fmt.Errorf("placeholder %q: %q is not known: %s", s, s[i+1:], suggestion.For(s[i+1:], []string{"words", "word", "refuse"}))
	}
	if _, err := path.Match(r.Pattern, ""); err != nil {
		return r, fmt.Errorf("placeholder %q: the pattern is malformed: mend its brackets", s)
	}
	return r, nil
}

// Placeholder returns how a placeholder that is a whole word is filled. One that is
// filled late stays inside its scalar, so it can't become list items.
func (o Options) Placeholder(p dialect.Placeholder, filledLate bool) invocation.Policy {
	for _, r := range o.Placeholders {
		if (r.matches(p.Name) || r.matches(p.Text)) && !(filledLate && r.Policy == invocation.Words) {
			return r.Policy
		}
	}
	if p.Lone == dialect.Words && !filledLate {
		return invocation.Words
	}
	return invocation.Refuse
}

// Variable returns how a variable that is a whole word is filled.
func (o Options) Variable(name string) invocation.Policy {
	for _, r := range o.Placeholders {
		if r.matches(name) {
			return r.Policy
		}
	}
	return invocation.Refuse
}

func (r PlaceholderRule) matches(name string) bool {
	if r.Pattern == name {
		return true
	}
	ok, err := path.Match(r.Pattern, name)
	return err == nil && ok
}
