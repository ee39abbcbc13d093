package transforms

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/invocation"
)

// extended returns the catalogue with the programs of a configuration.
func extended(t *testing.T, programs ...Program) *Catalogue {
	t.Helper()
	c, err := load(t).Extend(programs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// configuredTest is the conversion of words with a configuration.
type configuredTest struct {
	name, words, image, streams string
	programs                    []Program
	options                     Options
	version, sink               string
	argv                        string // "" for an obstacle
	said                        []string
}

func (test configuredTest) run(t *testing.T) {
	converter, err := New(extended(t, test.programs...), test.options)
	if err != nil {
		t.Fatal(err)
	}
	inv := invocation.Invocation{Words: words(test.words)}
	if test.streams == "" {
		test.streams = ">>F 2>&1"
	}
	inv.Stdout, inv.Stderr = streams(t, test.streams)
	got := converter.Convert(invocation.Target{Image: test.image, Output: true}, inv)
	if got.Sink.Name != test.sink || line(got.Argv) != test.argv || got.Version != test.version {
		t.Errorf("got %s, version %q: %s %s", got.Sink.Name, got.Version, line(got.Argv), got.Obstacle)
	}
	checkDoubts(t, got)
	all := strings.Join(slices.Concat(sentences(got.Review), got.Notes, []string{got.Obstacle}), "\n")
	for _, part := range test.said {
		part, absent := strings.CutPrefix(part, "!")
		if strings.Contains(all, part) == absent {
			t.Errorf("%q: %s", part, all)
		}
	}
}

func TestExtend(t *testing.T) {
	version := func(s string) Version { return version(t, s) }
	acme := Program{Names: []string{"acme"}, Logs: "klog", Klog: &KlogFlags{From: version("2.0"), MaxSizeFrom: version("2.1"), Spelling: "underscore"}}
	for _, test := range []configuredTest{
		{name: "a new program", words: "acme", image: "acme:2.1", programs: []Program{acme}, version: "2.1", sink: "klog",
			argv: "acme --logtostderr=false --log_file=/F --log_file_max_size=0", said: []string{"!catalogue"}},
		{name: "a new program before its flags", words: "acme", image: "acme:1.9", programs: []Program{acme}, version: "1.9", said: []string{"klog from 2.0"}},
		{name: "another program is as unknown as before", words: "acme2", image: "acme:2.1", programs: []Program{acme}, version: "2.1", sink: "klog",
			argv: "acme2 --logtostderr=false --log-file=/F", said: []string{"acme2 is not in the catalogue"}},
		{name: "a runner for a known program", words: "etcd", image: "etcd:3.3.10", streams: "2>&1 | tee -a F", version: "3.3.10", sink: "runner",
			programs: []Program{{Names: []string{"etcd"}, Runner: &LogRunner{From: version("3.3"), Path: "/r"}}},
			argv:     "/r --log-file=/F --also-stdout=true etcd", said: []string{"needs a shell to migrate"}},
		{name: "its own image", words: "kube-proxy", image: "acme/proxy:v1.30.1", programs: []Program{{Names: []string{"kube-proxy"}, Images: []string{"proxy"}}},
			version: "v1.30.1", sink: "runner", argv: "/go-runner --log-file=/F kube-proxy"},
		{name: "its published image still", words: "kube-proxy", image: "kube-proxy:v1.30.1", programs: []Program{{Names: []string{"kube-proxy"}, Images: []string{"proxy"}}},
			version: "v1.30.1", sink: "runner", argv: "/go-runner --log-file=/F kube-proxy"},
		{name: "klog's flags taken away", words: "glbc", image: "glbc:1.9.0", programs: []Program{{Names: []string{"glbc"}, Logs: "own", Why: "is ours"}},
			version: "1.9.0", said: []string{"klog (glbc is ours)"}},
		{name: "klog's flags given", words: "flanneld", image: "flannel:1.9.0", programs: []Program{{Names: []string{"flanneld"}, Klog: &KlogFlags{Spelling: "dash"}}},
			version: "1.9.0", sink: "klog", argv: "flanneld --logtostderr=false --log-file=/F"},
		{name: "one name of several", words: "kube-scheduler", image: "kube-scheduler:v1.20.1", version: "v1.20.1", sink: "klog",
			programs: []Program{{Names: []string{"kube-apiserver"}, Logs: "own", Why: "is ours"}}, argv: "kube-scheduler --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "own flags", words: "/acme a", image: "acme:v2.0", version: "v2.0", sink: "native",
			programs: []Program{{Names: []string{"acme"}, Logs: "own", Why: "is ours", Native: &NativeFlags{From: version("1.0"), AutoFrom: version("1.0"), Flags: []string{"--log="}}}},
			argv:     "/acme --log=/F a"},
		{name: "own flags that stand there", words: "/acme --log x --log_level=2", image: "acme:v2.0", version: "v2.0", said: []string{"not native (--log stands there already)"},
			programs: []Program{{Names: []string{"acme"}, Logs: "own", Why: "is ours", Native: &NativeFlags{From: version("1.0"), AutoFrom: version("1.0"), Flags: []string{"--log="}}}}},
		{name: "flags that own ones don't go with", words: "/acme --quiet", image: "acme:v2.0", version: "v2.0", said: []string{"(--quiet stands there already)"},
			programs: []Program{{Names: []string{"acme"}, Logs: "own", Why: "is ours", Native: &NativeFlags{From: version("1.0"), AutoFrom: version("1.0"), Flags: []string{"--log="}, RefusedBy: []string{"quiet"}}}}},
		{name: "an override of its own", words: "acme", image: "acme:v2.1", version: "v2.1",
			programs: []Program{{Names: []string{"acme"}, Logs: "klog", Klog: &KlogFlags{Spelling: "dash", Overrides: []Override{{From: version("2.1"), Until: version("2.2"), Flag: "--logtostderr=true"}}}}},
			said:     []string{"acme v2.1 sets --logtostderr=true itself after it parsed its flags, so that klog writes no file"}},
		{name: "an override that is over", words: "acme", image: "acme:v2.2", version: "v2.2", sink: "klog", argv: "acme --logtostderr=false --log-file=/F",
			programs: []Program{{Names: []string{"acme"}, Logs: "klog", Klog: &KlogFlags{Spelling: "dash", Overrides: []Override{{From: version("2.1"), Until: version("2.2"), Flag: "--logtostderr=true"}}}}}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestExtendRefuses(t *testing.T) {
	for _, test := range []struct {
		program Program
		want    string
	}{
		{Program{}, "f:3: the program has no names: name the executable"},
		{Program{Names: []string{"a"}}, `f:3: the program a logs to "": use klog`},
		{Program{Names: []string{"a"}, Logs: "klog"}, "f:3: the program a logs to klog: klog, and only klog, needs a klog section"},
		{Program{Names: []string{"etcd"}, Klog: &KlogFlags{}}, `f:3: the program etcd spells klog's flags ""`},
		{Program{Names: []string{"a"}, Logs: "own", Why: "w", BaseImage: &BaseImage{Name: "b"}}, "f:3: the program a has a baseImage without name or why"},
		{Program{Names: []string{"a"}, Logs: "own", Why: "w", ImageNeeded: true}, "f:3: the program a has imageNeeded and no images"},
	} {
		test.program.Origin = "f:3"
		if _, err := load(t).Extend([]Program{test.program}); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v gives %v, want %s", test.program, err, test.want)
		}
	}
}

func TestExtendLeavesTheCatalogue(t *testing.T) {
	c := load(t)
	before := len(c.Programs)
	if _, err := c.Extend([]Program{{Names: []string{"etcd"}, Images: []string{"mine"}}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"etcd", "etcd-*"}, c.Lookup("etcd").Images); diff != "" || len(c.Programs) != before {
		t.Errorf("the catalogue changed: %s", diff)
	}
}
