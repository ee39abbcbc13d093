package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/config"
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

func mustParse(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := config.Parse("f", []byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

func TestParse(t *testing.T) {
	whole, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := mustParse(t, string(whole))
	version := func(s string) transforms.Version {
		v, err := transforms.ParseVersion(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	want := &config.Config{
		LogSink: "runner", RunnerPath: "/opt/runner", KubernetesVersion: version("1.20"), PlaceholderStyle: "upstream",
		Placeholders: config.PlaceholderRules{
			{Pattern: "*_args", Policy: invocation.Words}, {Pattern: "params", Policy: invocation.OneWord}, {Pattern: "x", Policy: invocation.Refuse},
		},
		Dialects: []string{"salt", "jinja"}, Include: []string{"*.conf"}, StderrThreshold: "FATAL",
		Programs: []transforms.Program{
			{Names: []string{"acme"}, Logs: "klog", Klog: &transforms.KlogFlags{Spelling: "underscore", MaxSizeFrom: version("v1.0")}, Origin: "f:14"},
			{Names: []string{"etcd"}, Runner: &transforms.LogRunner{From: version("3.6"), Path: "/r"}, Origin: "f:17"},
		},
		Images: []transforms.Image{
			{Pattern: "example.com/acme-*", Version: version("1.2.3"), Runner: transforms.Carried{Said: true, Yes: true, Path: "/bin/run"}, Program: "acme", Origin: "f:20"},
			{Pattern: "plain", Runner: transforms.Carried{Said: true}, Origin: "f:24"},
		},
		Exclude: []string{"vendor", "**/*_test.yaml"},
		Exceptions: []config.Exception{
			{Rule: "SF203", Reason: "asks the metadata server", Line: 28},
			{Path: "cluster/**", Kind: "Pod", Object: "kube-*", Container: "proxy", Image: "kube-proxy", Rule: "SF401", Reason: "old",
				Owner: "sig-net", Until: config.Day{Time: time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)}, Line: 30},
		},
		Rules: map[string]config.Limit{"SF401": {Only: []string{"cluster/**"}, Not: []string{"cluster/test"}}},
		File:  "f",
	}
	versions := cmp.Comparer(func(a, b transforms.Version) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, c, cmp.FilterPath(isUnexported, cmp.Ignore()), versions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for key, want := range map[string]string{"logSink": "f:2", "placeholders": "f:6", "images": "f:19", "nothing": ""} {
		if got := c.Origin(key); got != want {
			t.Errorf("%s stands at %q, want %q", key, got, want)
		}
	}
	if got := c.Source("include"); got != "[\"*.conf\"]\n" {
		t.Errorf("include is written %q", got)
	}
}

// isUnexported picks the fields that the comparison can't look into.
func isUnexported(p cmp.Path) bool {
	f, ok := p.Last().(cmp.StructField)
	return ok && (f.Name() == "text" || f.Name() == "ownRunner")
}

func TestParseEmpty(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "---\n", "~", "logSink:\nprograms: ~\nplaceholders:\nimages: []\nkubernetesVersion:\n"} {
		c := mustParse(t, text)
		if c.LogSink != "" || len(c.Programs)+len(c.Placeholders)+len(c.Images) > 0 || c.KubernetesVersion.Known() || c.Origin("logSink") != "" {
			t.Errorf("%q says something: %+v", text, c)
		}
	}
}

// TestParseRefuses asserts that an error names the place of a mistake and says what
// to do.
func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"logsink: auto", `f:1:1: key "logsink" is not known in the configuration: did you mean logSink?`},
		{"a: 1\n\nimage: []", "f:1:1: key \"a\" is not known in the configuration: use one of logSink, runnerPath, kubernetesVersion, placeholderStyle, placeholders, dialects, include, exclude, stderrThreshold, programs, images, exceptions, rules\nf:3:1: key \"image\" is not known in the configuration: did you mean images?"},
		{"programs:\n- nmaes: [a]", `f:2:3: key "nmaes" is not known in an item of programs: did you mean names or images?`},
		{"programs:\n- names: [a]\n  klog: {maxSize: 1.2}", `f:3:10: key "maxSize" is not known in klog: did you mean maxSizeFrom?`},
		{"logSink: auto\nlogSink: klog", `f:2:1: key "logSink" is already on line 1: keep one of them`},
		{"logSink: file", `f:1:10: logSink: "file" is not known: use one of auto, klog, runner, native, stdout`},
		{"logSink: runer", `f:1:10: logSink: "runer" is not known: did you mean runner?`},
		{"logSink: [klog]", `f:1:10: logSink is a list, not text: write it as text, in quotes if need be`},
		{"runnerPath: 7", `f:1:13: runnerPath is "7", not text: write it as text, in quotes if need be`},
		{"runnerPath: ''", `f:1:13: runnerPath is empty: give it a value, or leave the key out`},
		{"kubernetesVersion: soon", `f:1:20: kubernetesVersion: "soon" is no version: write it like 1.25 or v1.25.3`},
		{"kubernetesVersion: [1.2]", `f:1:20: kubernetesVersion is a list, not a single value: see docs/configuration.md`},
		{"placeholders: [a]", `f:1:15: placeholders is a list, not a mapping: see docs/configuration.md`},
		{"placeholders: {a: b}", `f:1:15: placeholders: placeholder "a=b": "b" is not known: use one of words, word, refuse`},
		{"dialects: salt", `f:1:11: dialects is "salt", not a list: see docs/configuration.md`},
		{"include: [a, [b]]", `f:1:14: an item of include is a list, not text: write it as text, in quotes if need be`},
		{"include:\n- '[a'", `f:2: "[a" is not a pattern of file names: write one such as *.conf`},
		{"x: 1\nstderrThreshold: INFO", "f:1:1: key \"x\" is not known"},
		{"stderrThreshold: INFO", `f:1:18: stderrThreshold: "INFO" is not known: use one of FATAL`},
		{"programs:\n- names: [a]\n  core: yes please", `f:3:9: core is "yes please", not true or false: write one of them`},
		{"programs:\n- names: [a]\n  subcommands: {b: [c]}", `f:3:20: b is a list, not text`},
		{"images:\n- image: a\n  runner: go-runner", `f:3:11: runner: runner "go-runner" is no absolute path: write one such as /go-runner, or true or false`},
		{"images:\n- version: 1.2", `f:2: the entry names no image: add image: NAME`},
		{"exclude: ['a/[']", `f:1: "a/[" is not a glob of paths: write one such as cluster/** or **/*.tmpl`},
		{"exceptions:\n- path: a", "f:2: the exception names no rule: add rule: CODE\nf:2: the exception has no reason: add reason: and why it is accepted"},
		{"exceptions:\n- {rule: SF230, reason: r}", `f:2: rule "SF230" is not known: did you mean SF203 expansion or SF210 template-control?`},
		{"exceptions:\n- {rule: SF501, reason: r}", `f:2: SF501 can't be excepted: mend the exception that it reports`},
		{"exceptions:\n- {rule: SF203, reason: r, until: 2027-02-30}", `f:2:35: until: "2027-02-30" is not a day: write it as 2027-03-31`},
		{"exceptions:\n- {rule: SF203, reason: r, util: 2027-02-28}", `f:2:28: key "util" is not known in an item of exceptions: did you mean until?`},
		{"exceptions:\n- {rule: SF203, reason: r, name: '['}", `f:2: "[" is not a pattern: write a name, which may contain *`},
		{"exceptions:\n- {rule: SF203, reason: r, path: '{a'}", `f:2: "{a" is not a glob of paths`},
		{"rules:\n  SF40: {not: [a]}", `f:2: rule "SF40" is not known: did you mean SF401 klog-removed or SF402 klog-no-effect?`},
		{"rules:\n  SF401: {}", `f:2: SF401 has neither only nor not: name globs of files under one of them, or leave the rule out`},
		{"rules:\n  SF401: {off: [a]}", `f:2:11: key "off" is not known in SF401: use one of only, not`},
		{"rules:\n  SF401: {not: ['']}", `f:2:17: an item of not is empty`},
		{"\ndialects: [mustache]", `f:2: unknown dialect "mustache": use one of auto`},
		{"just text", `f:1:1: the configuration is "just text", not a mapping`},
		{"- a", `f:1:1: the configuration is a list, not a mapping`},
		{"a: b\n c: d", `f:2: the configuration is not YAML, mapping values are not allowed in this context: mend it`},
		{"logSink: auto\n---\nlogSink: klog", `f: the configuration has several documents: keep one`},
	} {
		_, err := config.Parse("f", []byte(test.text))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q gives\n%v, want\n%s", test.text, err, test.want)
		}
	}
}

func TestParseAlias(t *testing.T) {
	c := mustParse(t, "include: &a ['*.x']\ndialects: [salt]\nprograms:\n- &p {names: [a], logs: own, why: w}\nimages: []\n")
	if len(c.Programs) != 1 || c.Programs[0].Origin != "f:4" {
		t.Errorf("got %+v", c.Programs)
	}
	if _, err := config.Parse("f", []byte("programs: &p\n- {names: [a]}\nimages: *p\n")); err == nil || !strings.Contains(err.Error(), `key "names" is not known`) {
		t.Errorf("an alias is not checked: %v", err)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	write := func(path string) {
		t.Helper()
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(".shellfree.yaml")
	write("a/b/pod.yaml")
	write("own/.shellfree.yaml")
	write("own/deep/pod.yaml")
	write("repository/.git/HEAD")
	write("repository/pod.yaml")
	write("worktree/.git")
	write("worktree/in/pod.yaml")
	write("top/.git/HEAD")
	write("top/.shellfree.yaml")
	write("top/in/pod.yaml")
	t.Chdir(dir)
	for path, want := range map[string]string{
		"a/b/pod.yaml": ".shellfree.yaml", "a/b": ".shellfree.yaml", "a/b/missing.yaml": ".shellfree.yaml", ".": ".shellfree.yaml",
		"own/deep": "own/.shellfree.yaml", "own": "own/.shellfree.yaml", "repository/pod.yaml": "", "worktree/in": "", "top/in": "top/.shellfree.yaml",
	} {
		if got, err := config.Find(path); got != want || err != nil {
			t.Errorf("Find(%q) = %q, %v, want %q", path, got, err, want)
		}
	}
	t.Chdir("own/deep")
	if got, err := config.Find("."); got != "../.shellfree.yaml" || err != nil {
		t.Errorf("from below: %q, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{dir, filepath.Join(dir, "missing")} {
		if _, err := config.Read(file); err == nil || !strings.Contains(err.Error(), "name another file with --config") {
			t.Errorf("Read(%q): %v", file, err)
		}
	}
}

// TestDay asserts that a day lasts to its end, in the time zone of the clock.
func TestDay(t *testing.T) {
	day, err := config.ParseDay("2027-03-31")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		now  time.Time
		over bool
	}{
		{time.Date(2027, 3, 30, 0, 0, 0, 0, time.UTC), false},
		{time.Date(2027, 3, 31, 23, 59, 59, 0, time.UTC), false},
		{time.Date(2027, 3, 31, 23, 0, 0, 0, time.FixedZone("", -8*3600)), false},
		{time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC), true},
		{time.Date(2027, 4, 1, 1, 0, 0, 0, time.FixedZone("", 8*3600)), true},
	} {
		if day.IsOver(test.now) != test.over {
			t.Errorf("2027-03-31 over at %s: %v", test.now, !test.over)
		}
	}
	if (config.Day{}).IsOver(time.Now()) {
		t.Error("no day is over")
	}
}

// TestMatches asserts that globs match paths below the configuration's folder, and
// that a glob of a folder matches all files in it.
func TestMatches(t *testing.T) {
	t.Chdir(t.TempDir())
	c := &config.Config{File: "top/.shellfree.yaml"}
	for _, test := range []struct {
		glob, file string
		want       bool
	}{
		{"a.yaml", "top/a.yaml", true}, {"a.yaml", "top/in/a.yaml", false}, {"**/a.yaml", "top/a.yaml", true}, {"**/a.yaml", "top/in/a.yaml", true},
		{"in", "top/in/deep/a.yaml", true}, {"in/", "top/in/a.yaml", true}, {"./in/*", "top/in/deep/a.yaml", true}, {"in/*.yaml", "top/in/deep/a.yaml", false},
		{"in", "top/inner/a.yaml", false}, {"**", "a.yaml", false}, {"**", "top/../a.yaml", false}, {"**", "top/a", true}, {"{a,b}/*", "top/b/x", true},
		{"top/**", "top/a.yaml", false}, {"*", "top/in/../a.yaml", true},
	} {
		if got := c.Matches([]string{"none", test.glob}, test.file); got != test.want {
			t.Errorf("%s matches %s: %v", test.glob, test.file, got)
		}
	}
	for glob, want := range map[string]string{"": "top", "a/b.yaml": "top/a/b.yaml", "a/**": "top/a", "a/b*/c": "top/a", "*": "top"} {
		if got := filepath.ToSlash(c.Root(glob)); got != want {
			t.Errorf("the root of %q is %s, want %s", glob, got, want)
		}
	}
}
