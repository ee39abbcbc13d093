package proof

import (
	"slices"
	"testing"
)

// TestSamples asserts which samples a fix must stand: each value of each unknown
// beside plain ones and all at once, hostile ones only where no person checks.
func TestSamples(t *testing.T) {
	all := []unknown{
		{text: "{{a}}", plain: []string{"word"}, others: [][]string{{"7"}, {""}}, any: true},
		{text: "{{b}}", plain: []string{"--a"}, others: [][]string{{"--a", "--b"}, {}}, any: true},
		{text: "$(POD)", plain: []string{"pod-0"}, others: [][]string{{"fd00::1"}}},
	}
	review, safe := samples(all, false), samples(all, true)
	if len(review) != 1+5+1 || len(safe) != len(review)+2+1 {
		t.Errorf("%d samples for review and %d for safe, want 7 and 10", len(review), len(safe))
	}
	if last := review[len(review)-1]; last.text("{{a}}")+last.text("{{b}}") != "" || last.text("$(POD)") != "fd00::1" {
		t.Errorf("the last sample for review is %q, want all empty", last)
	}
	if worst := safe[len(safe)-1]; worst.text("{{a}}") != hostile || worst.text("{{b}}") != hostile || worst.text("$(POD)") != "pod-0" {
		t.Errorf("the last sample for safe is %q, want all hostile but the pod's name", worst)
	}
	if slices.ContainsFunc(review, func(v sample) bool { return v.text("{{a}}") == hostile || v.text("{{b}}") == hostile }) {
		t.Error("a fix for review is tried with a hostile value")
	}
	if n := len(samples(slices.Repeat(all, 50), true)); n != sampleLimit+2 {
		t.Errorf("%d samples for 150 unknowns, want %d", n, sampleLimit+2)
	}
	if n := len(samples(nil, true)); n != 1 {
		t.Errorf("%d samples without unknowns, want 1", n)
	}
}
