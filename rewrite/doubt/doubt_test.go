package doubt_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/rule"
)

// TestRemarks: each kind of remark has the doubt of its name, or a fix with such a
// remark would be safe.
func TestRemarks(t *testing.T) {
	text, err := os.ReadFile("../invocation/remark.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`RemarkKind = "([a-z-]+)"`).FindAllSubmatch(text, -1)
	if len(kinds) == 0 {
		t.Fatal("no kinds of remarks are declared")
	}
	for _, k := range kinds {
		if !slices.ContainsFunc(doubt.All(), func(d doubt.Doubt) bool { return d.Name == string(k[1]) }) {
			t.Errorf("remarks of the kind %s have no doubt", k[1])
		}
	}
}

// TestAsk: an obstacle ends the matter, reviews and evidence carry the doubt's name,
// and a doubt that finds no subject leaves no trace.
func TestAsk(t *testing.T) {
	says := func(name string, r doubt.Raised) doubt.About[int] {
		return doubt.About[int]{Name: name, Look: func(int) doubt.Raised { return r }}
	}
	all := []doubt.About[int]{
		says("silent", doubt.Raised{}), says("cleared", doubt.Cleared("a fact")), says("two", doubt.Reviews("one", "other")),
	}
	v := doubt.Ask(all, 0)
	if len(v.Evidence) != 1 || v.Evidence[0].Doubt != "cleared" || v.Evidence[0].Fact != "a fact" {
		t.Errorf("evidence %v", v.Evidence)
	}
	if len(v.Reviews) != 2 || v.Reviews[1].Doubt != "two" || v.Reviews[1].Sentence != "other" || v.Obstacle != nil {
		t.Errorf("reviews %v, obstacle %v", v.Reviews, v.Obstacle)
	}
	looked := false
	after := doubt.About[int]{Name: "after", Look: func(int) doubt.Raised { looked = true; return doubt.Raised{} }}
	v = doubt.Ask(append(all, says("refuses", doubt.Refused(rule.Placeholder, "no")), after), 0)
	if v.Obstacle == nil || v.Obstacle.Message != "no" || looked {
		t.Errorf("obstacle %v, the doubt behind it looked: %t", v.Obstacle, looked)
	}
}
