package judge

import (
	"errors"
	"strings"
	"testing"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// proposed returns a verdict with a fix of a rule.
func proposed(r rule.Rule) Verdict {
	return Verdict{
		Program: "kube-proxy", Version: "1.27", Old: []string{"sh"},
		Proposal: &Proposal{
			Rule: r, Message: "it starts", Conversion: invocation.Conversion{Sink: invocation.Sink{Name: "toy", Safe: true}},
			Argv: []string{"kube-proxy"}, Evidence: []finding.Evidence{{Doubt: "d", Fact: "f"}}, Notes: []string{"n"},
		},
	}
}

// TestRefused: a refused verdict has an obstacle and nothing of the fix, and the
// verdict that it came from is as it was.
func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		title       string
		of, with    rule.Rule
		rule, fixed rule.Rule
		message     string
	}{
		{"a fix that can't be placed", rule.LogFile, rule.Unlocatable, rule.Unlocatable, rule.LogFile, "no place"},
		{"a fix that a doubt refuses", rule.LogFile, rule.TemplateControl, rule.TemplateControl, rule.Rule{}, "no place"},
		{"advice that can't be placed", rule.KlogRemoved, rule.Unlocatable, rule.KlogRemoved, rule.Rule{}, "it starts, by hand: no place"},
	} {
		v := proposed(tt.of)
		all := v.Refused(tt.with, "no place").Findings()
		if len(all) != 1 {
			t.Fatalf("%s: %d findings", tt.title, len(all))
		}
		f := all[0]
		if f.Rule != tt.rule || f.FixRule != tt.fixed || f.Message != tt.message || f.Program != "kube-proxy" || f.Version != "1.27" {
			t.Errorf("%s: %+v", tt.title, f)
		}
		if f.Fix != nil || f.Sink != "" || len(f.Argv)+len(f.Review)+len(f.Evidence)+len(f.Notes) > 0 || f.Validated {
			t.Errorf("%s: something of the fix is left: %+v", tt.title, f)
		}
		if v.Obstacle != nil || v.Proposal == nil || v.Findings()[0].Sink != "toy" {
			t.Errorf("%s: the verdict before changed: %+v", tt.title, v)
		}
	}
}

// TestFindings: the grade is safe only without reviews, advice stands behind the
// command's own finding, and a failed proof is an internal check.
func TestFindings(t *testing.T) {
	v := proposed(rule.ExecForm)
	v.Advice = &Advice{Rule: rule.ProbeTool, Program: "curl", Message: "curl is missing"}
	all := v.Findings()
	if len(all) != 2 || all[0].Fix.Grade != finding.Safe || all[1].Rule != rule.ProbeTool || all[1].Program != "curl" || all[1].Fix != nil || all[1].Version != "" {
		t.Errorf("%+v", all)
	}
	v.Proposal.Reviews = []finding.Review{{Sentence: "look"}}
	if got := v.Findings()[0].Fix.Grade; got != finding.NeedsReview {
		t.Errorf("with a review the grade is %s", got)
	}
	failed := v.Failed(errors.New("word 0 differs")).Findings()[0]
	if failed.Rule != rule.InternalCheck || !strings.Contains(failed.Message, "word 0 differs") || failed.Fix != nil {
		t.Errorf("%+v", failed)
	}
	if !(Verdict{}).Silent() || (Verdict{NeedsAll: true}).Silent() {
		t.Error("a verdict is silent only where there is nothing to say and nothing more to read")
	}
}
