package verify_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/verify"
)

// reported compares a pod of four containers, of which each became something else.
func reported(t *testing.T) *verify.Report {
	t.Helper()
	more := func(text string) string {
		return text + "  - name: d\n    command: [/a, b]\n  - name: e\n    command: [/a, b]\n    lifecycle: {preStop: {exec: {command: [sh, -c, /a | /b]}}}\n"
	}
	before := more(pod("command: [sh, -c, exec /a --b c]\n"))
	after := strings.Replace(more(pod("command: [/a, --b=c]\n")), "command: [/a, b]", "command: [/a, \"\x62\\u0007\"]", 1)
	after = strings.Replace(after, "/a | /b", "/a | /c", 1)
	r := &verify.Report{}
	r.Add("old.yaml", "new.yaml", compared(t, before, after))
	r.Add("old.yaml", "gone.yaml", compared(t, pod("command: [/a]\n"), pod("image: i\n")))
	return r
}

func TestWriteText(t *testing.T) {
	var b strings.Builder
	r := reported(t)
	r.Unread = 2
	if err := verify.WriteText(&b, r, func(s string) string { return strings.ReplaceAll(s, "\a", "BELL") }); err != nil {
		t.Fatal(err)
	}
	const want = `new.yaml:8:15: same: Pod p, container c
  note: ` + "`--b c`" + ` is written with = now
new.yaml:10:15: different: Pod p, container d
  - the argument ` + "`b`" + ` is gone
  - the argument ` + "`bBELL`" + ` is new
new.yaml:13:44: unclear: Pod p, container e, preStop
  - before it can't be told: the script is a pipeline (/b): let the program do that work, or keep the shell
  - now it can't be told: the script is a pipeline (/c): let the program do that work, or keep the shell
old.yaml:8:15: different: Pod p, container c
  - there is no command any more: the image's ENTRYPOINT starts, if the container is still there
1 changed and the same, 2 different, 1 unclear, 1 unchanged, 2 can't be read
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWriteTextSink(t *testing.T) {
	var b strings.Builder
	r := &verify.Report{}
	r.Add("a", "b", compared(t, pod("command: [/a]\n"), pod("command: [sh, -c, /a 2>&1]\n")))
	if err := verify.WriteText(&b, r, func(s string) string { return s }); err != nil {
		t.Fatal(err)
	}
	if want := "b:8:15: different: Pod p, container c (its output is kept by shell)\n"; !strings.HasPrefix(b.String(), want) {
		t.Errorf("%q does not begin with %q", b.String(), want)
	}
}

func TestWriteJSON(t *testing.T) {
	var b strings.Builder
	r := reported(t)
	r.Unread = 3
	if err := verify.WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version, Unread int
		Comparisons     []map[string]any
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got.Version != 1 || got.Unread != 3 || len(got.Comparisons) != 5 {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	want := map[string]any{
		"before": "old.yaml", "after": "new.yaml", "line": 8.0, "column": 15.0, "kind": "Pod", "object": "p", "container": "c", "site": "container",
		"verdict": "same", "sink": "", "differences": []any{}, "notes": []any{"`--b c` is written with = now"},
	}
	if diff := cmp.Diff(want, got.Comparisons[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for i, verdict := range []string{"same", "different", "unchanged", "unclear", "different"} {
		if got.Comparisons[i]["verdict"] != verdict {
			t.Errorf("comparison %d is %s, want %s", i, got.Comparisons[i]["verdict"], verdict)
		}
	}
}

func TestReportSame(t *testing.T) {
	for _, tt := range []struct {
		name          string
		before, after string
		unread        int
		want          bool
	}{
		{"unchanged", "command: [/a]\n", "command: [/a]\n", 0, true},
		{"the same", "command: [sh, -c, /a]\n", "command: [/a]\n", 0, true},
		{"the same, and a place that can't be read", "command: [sh, -c, /a]\n", "command: [/a]\n", 1, false},
		{"different", "command: [/a]\n", "command: [/b]\n", 0, false},
		{"unclear", "command: [/a]\n", "command: [sh, -c, /a | /b]\n", 0, false},
	} {
		r := &verify.Report{Unread: tt.unread}
		r.Add("a", "b", compared(t, pod(tt.before), pod(tt.after)))
		if got := r.IsSame(); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}
