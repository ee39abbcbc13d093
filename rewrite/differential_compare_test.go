package rewrite_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
)

// allowance is a difference that a fix may make where it says so.
type allowance struct {
	said string // in a review or, where note is set, in a note
	note bool
	// apply changes what is wanted as far as got differs in just this way.
	apply func(want *outcome, got outcome)
}

// allowances are all differences that may be; all else must agree.
var allowances = []allowance{
	{said: "was truncated at each start, now it is appended to", apply: func(want *outcome, got outcome) {
		for name, text := range got.Files {
			if text == prior+want.Files[name] {
				want.Files[name] = text
			}
		}
	}},
	{said: "redirection to /dev/null is dropped", apply: kept},
	{said: "stderr went to the container's stdout", apply: crossed},
	{said: "stdout went to the container's stderr", apply: crossed},
	{said: "merged stdout and stderr", apply: crossed},
	{said: "is no longer made", note: true, apply: func(want *outcome, _ outcome) {
		maps.DeleteFunc(want.Files, func(_, text string) bool { return text == pipeFile })
	}},
	{said: "gave its exit status", note: true, apply: func(want *outcome, _ outcome) { want.Status = 3 }},
	{said: "exits with 1 whatever the status", note: true, apply: func(want *outcome, _ outcome) { want.Status = 1 }},
	{said: "printed each command on stderr", apply: func(want *outcome, _ outcome) {
		want.Stderr = traceLine.ReplaceAllString(want.Stderr, "")
	}},
}

var traceLine = regexp.MustCompile(`(?m)^\++ .*\n`)

// kept allows what the shell threw away, on the stream that it was written to.
func kept(want *outcome, _ outcome) {
	all := want.Stdout + want.Stderr
	if !strings.Contains(all, "to stdout\n") {
		want.Stdout += "to stdout\n"
	}
	if !strings.Contains(all, "to stderr\n") {
		want.Stderr += "to stderr\n"
	}
}

// crossed allows lines on the container's other stream.
func crossed(want *outcome, got outcome) {
	lines := func(o outcome) []string {
		return slices.Sorted(strings.Lines(o.Stdout + o.Stderr))
	}
	if slices.Equal(lines(*want), lines(got)) {
		want.Stdout, want.Stderr = got.Stdout, got.Stderr
	}
}

// disagreement returns how the new start differs from the old one beyond what
// the finding says, "" where it doesn't.
func disagreement(before, after outcome, f rewrite.Finding) string {
	before.Files = maps.Clone(before.Files)
	for _, a := range allowances {
		list := f.Review
		if a.note {
			list = f.Notes
		}
		if slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, a.said) }) {
			a.apply(&before, after)
		}
	}
	return cmp.Diff(before, after)
}

// klogFlag is a flag that the klog sink adds.
var klogFlag = regexp.MustCompile(`(?m)^arg "--(logtostderr=false|log-file=.*|log-file-max-size=0|alsologtostderr=true)"\n`)

// withoutKlog takes the klog sink's flags out of what the program recorded.
func withoutKlog(o outcome) outcome {
	o.Record = klogFlag.ReplaceAllString(o.Record, "")
	return o
}
