package rewrite_test

import (
	"testing"

	"shellfree/rewrite"
)

// TestDisagreement holds the comparison itself to account: what a fix doesn't
// say it may not do, and what it says allows nothing else.
func TestDisagreement(t *testing.T) {
	base := outcome{Record: "arg \"a\"\n", Stdout: "to stdout\n", Stderr: "to stderr\n", Files: map[string]string{"a.log": "x\n"}, Status: 3}
	with := func(change func(*outcome)) outcome {
		o := base
		o.Files = map[string]string{"a.log": "x\n"}
		change(&o)
		return o
	}
	appended := with(func(o *outcome) { o.Files["a.log"] = prior + "x\n" })
	swapped := with(func(o *outcome) { o.Stdout, o.Stderr = o.Stderr, o.Stdout })
	runner := with(func(o *outcome) { o.Status = 1 })
	piped := with(func(o *outcome) { o.Files["p"] = pipeFile })
	traced := with(func(o *outcome) { o.Stderr = "+ a b\nto stderr\n" })
	silent := with(func(o *outcome) { o.Stdout = "" })
	quiet := with(func(o *outcome) { o.Stderr = "" })
	truncates := "F was truncated at each start, now it is appended to"
	for _, c := range []struct {
		title         string
		before, after outcome
		review, note  string
		agree         bool
	}{
		{title: "the same", before: base, after: base, agree: true},
		{title: "another word", before: base, after: with(func(o *outcome) { o.Record += "arg \"b\"\n" })},
		{title: "a file more", before: base, after: with(func(o *outcome) { o.Files["b"] = "" })},
		{title: "appended unsaid", before: base, after: appended},
		{title: "appended", before: base, after: appended, review: truncates, agree: true},
		{title: "appended, and written twice", before: base, after: with(func(o *outcome) { o.Files["a.log"] = prior + "x\nx\n" }), review: truncates},
		{title: "truncated now", before: appended, after: base, review: truncates},
		{title: "swapped unsaid", before: base, after: swapped},
		{title: "swapped", before: base, after: swapped, review: "the shell merged stdout and stderr", agree: true},
		{title: "swapped, and a line lost", before: swapped, after: silent, review: "the shell merged stdout and stderr"},
		{title: "no longer thrown away", before: silent, after: base, review: "the redirection to /dev/null is dropped", agree: true},
		{title: "thrown away now", before: base, after: silent, review: "the redirection to /dev/null is dropped"},
		{title: "stderr thrown away unsaid", before: base, after: quiet},
		{title: "status unsaid", before: base, after: runner},
		{title: "status of the runner", before: base, after: runner, note: "it exits with 1 for each status", agree: true},
		{title: "note in place of review", before: base, after: appended, note: truncates},
		{title: "no pipe", before: piped, after: base, note: "the named pipe p is no longer made", agree: true},
		{title: "a pipe still", before: piped, after: piped, note: "the named pipe p is no longer made"},
		{title: "no trace", before: traced, after: base, review: "sh -x printed each command on stderr", agree: true},
		{title: "no trace unsaid", before: traced, after: base},
	} {
		diff := disagreement(c.before, c.after, rewrite.Finding{Review: []rewrite.Review{{Sentence: c.review}}, Notes: []string{c.note}})
		if (diff == "") != c.agree {
			t.Errorf("%s: agree is %v, want %v:\n%s", c.title, diff == "", c.agree, diff)
		}
	}
}

// TestKubelet: the examples were computed with the kubelet's own function.
func TestKubelet(t *testing.T) {
	for in, want := range map[string]string{
		"$(A)": "1", "$$(A)": "$(A)", "$$$(A)": "$1", "$(NONE)": "$(NONE)", "$$": "$", "$": "$", "$A": "$A", "$(A": "$(A", "$é": "$Ã\xa9", "5$'": "5$'", "$(A)$": "1$",
	} {
		if got := kubelet(in, map[string]string{"A": "1"}); got != want {
			t.Errorf("the kubelet makes %q of %q, want %q", got, in, want)
		}
	}
	probe := trial{site: "livenessProbe", env: []variable{{"A", "1"}, {"B", "$(A)$$"}}}
	if got := probe.expand([]string{"$(B)"}); got[0] != "$(A)$$" {
		t.Errorf("a probe's $(B) is %q, and the kubelet takes the value as written", got[0])
	}
	if got := (trial{env: probe.env}).expand([]string{"$(B)"}); got[0] != "1$" {
		t.Errorf("a container's $(B) is %q, want 1$", got[0])
	}
}
