package policy

import (
	"strings"
	"testing"
	"time"

	"shellfree/rewrite/rule"
)

func TestParseEntry(t *testing.T) {
	for _, test := range []struct {
		text, rules, reason, owner, container, until string
	}{
		{text: "SF202 reads the log", rules: "SF202", reason: "reads the log"},
		{text: " sf202\treads  the log ", rules: "SF202", reason: "reads the log"},
		{text: "SF202: reads the log", rules: "SF202", reason: "reads the log"},
		{text: "SF202,SF203 r", rules: "SF202 SF203", reason: "r"},
		{text: "SF202, SF203,SF202, SF205 r", rules: "SF202 SF203 SF205", reason: "r"},
		{text: "SF202 until=2027-03-31 the owner=sig-node log container=a* is read", rules: "SF202", reason: "the log is read", owner: "sig-node", container: "a*", until: "2027-03-31"},
		{text: "SF202 needs A=1 and --x=y", rules: "SF202", reason: "needs A=1 and --x=y"},
	} {
		e, err := parseEntry(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		var codes []string
		for _, r := range e.rules {
			codes = append(codes, r.Code)
		}
		until := ""
		if !e.until.IsZero() {
			until = e.until.Format(time.DateOnly)
		}
		if strings.Join(codes, " ") != test.rules || e.reason != test.reason || e.owner != test.owner || e.container != test.container || until != test.until {
			t.Errorf("%q gives %v %+v", test.text, codes, e)
		}
	}
}

func TestParseEntryRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "the exception names no rule",
		"SF202":                   "the exception has no reason",
		"SF202,":                  "the exception has no reason",
		"SF202 until=2027-03-31":  "the exception has no reason",
		"SF202 --":                "the exception has no reason",
		"SF202 r until=":          `until= of the exception: "" is not a day`,
		"SF202 r until=31.3.2027": `until=31.3.2027 of the exception: "31.3.2027" is not a day`,
		"SF202 r untl=2027-03-31": "untl= of the exception is not known: did you mean until=?",
		"SF202 r container=":      "container= of the exception is not a pattern",
		"pipeline r":              `rule "pipeline" of the exception is not known`,
		"SF202;SF203 r":           `rule "SF202;SF203" of the exception is not known`,
		"SF502 r":                 "SF502 can't be excepted",
	} {
		if _, err := parseEntry(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
	if _, err := parseEntry(rule.Pipeline.Code + " \x00\xff"); err != nil {
		t.Errorf("bytes that are no text: %v", err)
	}
}
