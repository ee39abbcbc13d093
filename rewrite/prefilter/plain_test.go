package prefilter_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	inName = `A-Za-z0-9_.\-`
	behind = `(?:$|[^` + inName + `])`
	shells = `(?:sh|bash|dash|ash|ksh|mksh|zsh)`
)

// The words that MayReport looks for, as regular expressions.
var (
	key    = regexp.MustCompile(`command|args`)
	shell  = regexp.MustCompile(`(?:(?:^|[^` + inName + `]|\\[a-z])` + shells + `|\.sh)` + behind)
	cFlag  = regexp.MustCompile(`-[ceiluvx]*c[ceiluvx]*` + behind)
	klog   = regexp.MustCompile(`-(?:log[-_](?:file|dir|backtrace[-_]at)|(?:also)?logtostderr|stderrthreshold|skip[-_](?:log[-_])?headers|add[-_]dir[-_]header|one[-_]output)`)
	action = regexp.MustCompile(`exec[\\"' \t\r\n]*:`)
	always = regexp.MustCompile(`\\[xuU\r\n]|\x00|Shellfree|sh(?i:ell[` + inName + `]{0,9}|` + aroundFree() + `)[ \t]*[:/]`)
)

// aroundFree matches free with up to eight other letters.
func aroundFree() string {
	var all []string
	for before := range 9 {
		all = append(all, fmt.Sprintf(`[%[1]s]{%[2]d}free[%[1]s]{0,%[3]d}`, inName, before, 8-before))
	}
	return strings.Join(all, "|")
}

// plain returns the same as MayReport, slowly.
func plain(text []byte) bool {
	option := cFlag.Match(text) || klog.Match(text)
	return always.Match(text) || shell.Match(text) && option || key.Match(text) && (shell.Match(text) || option || action.Match(text))
}

func compare(t *testing.T, text []byte) (reported bool) {
	t.Helper()
	got := filter.MayReport(text)
	if want := plain(text); got != want {
		t.Errorf("%q: got %t, want %t", text, got, want)
	}
	return got
}

// TestMayReportAsPlain compares the two over texts made of the words that are looked
// for, parts of them and text around them, at every offset of a step.
func TestMayReportAsPlain(t *testing.T) {
	words := strings.Split("sh|bash|mksh|zsh|.sh|Sh|SH|hs|s|h|command|args|comm|mm|ommand|gs|-|--|-c|-ec|-exc|c|exec|Exec|xec|e|x|:|/| |\n|\t|\"|'|\\|\\n|\\x|log|to|stderr|logtostderr|log-file|log_dir|skip|headers|_|add-dir-header|one_output|free|shellfree|Shellfree|ellFree|-f|ree|é|\xff|\x00|a|name|{{x}}|.|0", "|")
	r := rand.New(rand.NewPCG(5, 5))
	reported, n := 0, 200_000
	for range n {
		text := strings.Repeat("y", r.IntN(18))
		for range 1 + r.IntN(5) {
			text += words[r.IntN(len(words))]
		}
		text += strings.Repeat("z", max(r.IntN(36)-18, 0))
		if compare(t, []byte(text)) {
			reported++
		}
	}
	if reported < n/20 || reported > n*19/20 {
		t.Errorf("%d of %d texts are reported: no test of either", reported, n)
	}
}

// TestMayReportGolden compares the two over the golden cases, over each of their
// lines, and over the cases without each of their lines.
func TestMayReportGolden(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, text)
		for line := range strings.Lines(string(text)) {
			compare(t, []byte(line))
			compare(t, []byte("args: "+line))
		}
	}
}

// TestMayReportLong would not end if the rest of the text were searched again at each
// place where a word may begin.
func TestMayReportLong(t *testing.T) {
	for _, part := range []string{"sh", "shf", "shellf", "shfree ", "-c-", "-cy", "exec", "exec ", `\a`, "mm", "gs", "bash", "she "} {
		if text := strings.Repeat(part, 3_000_000) + "\ncommand: []"; filter.MayReport([]byte(text)) {
			t.Errorf("%q, many times, is reported", part)
		}
	}
}

func FuzzMayReport(f *testing.F) {
	f.Add([]byte("args: [--log_file=x]"))
	f.Add([]byte("command: [\"/bin/sh\", -ec]"))
	f.Add([]byte("exec\\\" :\ncommand"))
	f.Fuzz(func(t *testing.T, text []byte) { compare(t, text) })
}
