package transforms

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func TestLoad(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.Programs {
		for _, name := range p.Names {
			sample := strings.NewReplacer("*", "x", "[23]", "3").Replace(name)
			if found := c.Lookup(sample); found == nil || found.Source != p.Source {
				t.Errorf("an entry before it hides %s", name)
			}
		}
		for word, name := range p.Subcommands {
			if c.Lookup(name) == nil {
				t.Errorf("%v %s starts %s, which has no entry", p.Names, word, name)
			}
		}
	}
	if c.Lookup("my-controller") != nil {
		t.Error("an unknown program has an entry")
	}
}

func TestLookup(t *testing.T) {
	c := load(t)
	for name, logs := range map[string]string{
		"kube-apiserver": "klog", "kube-proxy": "klog", "etcd": "own", "run.sh": "script", "kube-addons.sh": "script",
		"td-agent": "stdout", "python3.11": "own", "node-problem-detector": "glog",
	} {
		if p := c.Lookup(name); p == nil || p.Logs != logs {
			t.Errorf("%s should log to %s, its entry is %+v", name, logs, p)
		}
	}
}

func TestCatalogueRefuses(t *testing.T) {
	const good = "programs:\n- {names: [a], source: here, logs: own, why: is none}\n"
	if _, err := parseCatalogue([]byte(good)); err != nil {
		t.Fatalf("the good entry: %v", err)
	}
	for _, test := range []struct{ old, new, want string }{
		{"source: here, ", "", "no source"},
		{"names: [a], ", "", "no names"},
		{"[a]", "['[']", "bad pattern"},
		{"logs: own", "logs: journald", `logs to "journald"`},
		{"logs: own", "logs: klog", "needs a klog section"},
		{"logs: own", "logs: own, klog: {spelling: both}", "needs a klog section"},
		{"logs: own", "logs: klog, klog: {spelling: camel}", `spells klog's flags "camel"`},
		{", why: is none", "", "no why"},
		{"logs: own", "logs: own, runner: {from: '1.19', path: /go-runner}", "without from, path or images"},
		{"logs: own", "logs: own, native: {from: '3.4', flags: [--log=]}", "without from, autoFrom or flags"},
		{"logs: own", "logs: own, native: {from: soon}", `"soon" is no version`},
		{"logs: own", "logs: own, color: red", "color"},
		{"logs: own", "logs: own, runner: {form: '1.19'}", "form"},
	} {
		text := strings.Replace(good, test.old, test.new, 1)
		if _, err := parseCatalogue([]byte(text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one about %q", text, err, test.want)
		}
	}
}

// TestEntriesRefused: the reader refuses what the schema refuses, which
// testdata/readers asks.
func TestEntriesRefused(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/entries.txtar")
	if err != nil {
		t.Fatal(err)
	}
	good, faults := string(archive.Files[0].Data), string(archive.Files[1].Data)
	if _, err := parseCatalogue([]byte(good)); err != nil {
		t.Fatalf("the good entry: %v", err)
	}
	for fault := range strings.Lines(faults) {
		old, new, _ := strings.Cut(strings.TrimSuffix(fault, "\n"), " -> ")
		text := strings.Replace(good, old, new, 1)
		if _, err := parseCatalogue([]byte(text)); err == nil || text == good {
			t.Errorf("the reader takes %s for %s", new, old)
		}
	}
}

// TestSourcesWhole: a # after a blank would have cut a source off.
func TestSourcesWhole(t *testing.T) {
	text, err := os.ReadFile("catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "source: "); ok && strings.Contains(value, " #") && !strings.HasPrefix(value, `"`) {
			t.Errorf("line %d: %q is cut off at the #: put it in quotes", i+1, value)
		}
	}
}

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
