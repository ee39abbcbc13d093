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
	{said: "reaches", note: true, apply: printedBeside},
	{said: "the log also goes to the container's stderr", note: true, apply: logged},
	{said: "that file now gets the whole log, and stdout goes to the container's log", apply: func(want *outcome, got outcome) {
		printedBeside(want, got)
		for name, text := range got.Files {
			if strings.HasSuffix(text, "to stderr\n") && !strings.HasSuffix(want.Files[name], "to stderr\n") {
				want.Files[name] += "to stderr\n"
				if !strings.Contains(got.Stdout+got.Stderr, "to stderr\n") {
					want.Stdout = strings.Replace(want.Stdout, "to stderr\n", "", 1)
					want.Stderr = strings.Replace(want.Stderr, "to stderr\n", "", 1)
				}
			}
		}
	}},
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
	{said: "exits with 1 for each status", note: true, apply: func(want *outcome, _ outcome) { want.Status = 1 }},
	{said: "printed each command on stderr", apply: func(want *outcome, _ outcome) {
		want.Stderr = traceLine.ReplaceAllString(want.Stderr, "")
	}},
}

var traceLine = regexp.MustCompile(`(?m)^\++ .*\n`)

// printedBeside allows what a program prints past klog to stay out of the file.
func printedBeside(want *outcome, got outcome) {
	for name, text := range want.Files {
		if strings.Contains(text, "to stdout\n") && !strings.Contains(got.Files[name], "to stdout\n") {
			want.Files[name] = strings.Replace(text, "to stdout\n", "", 1)
			if !strings.Contains(want.Stdout, "to stdout\n") {
				want.Stdout += "to stdout\n"
			}
		}
	}
}

// logged allows the log on the container's stderr instead of its stdout.
func logged(want *outcome, got outcome) {
	if strings.Contains(got.Stderr, "to stderr\n") && !strings.Contains(want.Stderr, "to stderr\n") {
		want.Stdout = strings.Replace(want.Stdout, "to stderr\n", "", 1)
		want.Stderr += "to stderr\n"
	}
}

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
		list := f.Sentences()
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
