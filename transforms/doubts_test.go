package transforms

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
)

func sentences(reviews []finding.Review) []string {
	return finding.Finding{Review: reviews}.Sentences()
}

// checkDoubts checks that each review and each piece of evidence has the name of
// a documented doubt.
func checkDoubts(t *testing.T, got invocation.Conversion) {
	t.Helper()
	documented := map[string]bool{}
	for _, d := range Doubts() {
		documented[d.Name] = true
	}
	for _, r := range got.Review {
		if !documented[r.Doubt] {
			t.Errorf("the review %q has the doubt %q, which is not documented", r.Sentence, r.Doubt)
		}
	}
	for _, e := range got.Evidence {
		if !documented[e.Doubt] {
			t.Errorf("the fact %q has the doubt %q, which is not documented", e.Fact, e.Doubt)
		}
	}
}

func TestDoubtsAreDocumented(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	docs, listed := map[string]string{}, map[string]bool{}
	add := func(sink, doubt, doc string) {
		if listed[sink+" "+doubt] {
			t.Errorf("%s lists the doubt %s twice", sink, doubt)
		}
		listed[sink+" "+doubt] = true
		if old, known := docs[doubt]; known && old != doc {
			t.Errorf("two doubts have the name %s", doubt)
		}
		docs[doubt] = doc
		if count := strings.Count(doc+" ", ". "); !name.MatchString(doubt) || count < 1 || count > 4 || !strings.HasSuffix(doc, ".") {
			t.Errorf("the doubt %q has the doc %q, want a name of words and dashes and one to four sentences", doubt, doc)
		}
	}
	for _, k := range Sinks() {
		for _, d := range k.Doubts {
			add(k.Name, d.Name, d.Doc)
		}
	}
	for _, d := range commonDoubts {
		add("", d.Name, d.Doc)
	}
	for _, d := range migrationDoubts {
		add("", d.Name, d.Doc)
	}
	got := Doubts()
	if len(got) != len(docs) {
		t.Errorf("Doubts has %d, want each of the %d once", len(got), len(docs))
	}
	for _, d := range got {
		if docs[d.Name] != d.Doc {
			t.Errorf("Doubts has %+v", d)
		}
		for sink := range strings.SplitSeq(d.Sink, ", ") {
			if !listed[sink+" "+d.Name] {
				t.Errorf("Doubts says that %q lists %s", sink, d.Name)
			}
		}
	}
}

// doubtTest is a conversion that a doubt has its subject in.
type doubtTest struct {
	words, image, streams string
	options               Options
	inProbe               bool
	review, fact          string // of the doubt, in full or in part; "" for none
}

func (test doubtTest) convert(t *testing.T) invocation.Conversion {
	t.Helper()
	told := Program{
		Names: []string{"told"}, Logs: "own", Why: "is ours", Origin: "f:1",
		Remarks: []Remark{{Until: version(t, "2.0"), Review: "mind the gap"}},
	}
	converter, err := New(extended(t, told), test.options)
	if err != nil {
		t.Fatal(err)
	}
	inv := invocation.Invocation{Words: words(test.words)}
	inv.Stdout, inv.Stderr = streams(t, test.streams)
	return converter.Convert(invocation.Target{Image: test.image, Output: !test.inProbe}, inv)
}

// doubtTests has, by sink and name, cases that each doubt decides.
var doubtTests = map[string][]doubtTest{
	"klog replaced-klog-flags": {
		{words: "kube-proxy --log-file=/other", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", review: "--log-file=/other is replaced"},
		{words: "kube-proxy --logtostderr=true --log_dir=/d", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", fact: "--logtostderr=true, --log_dir=/d named no other place for the log"},
	},
	"klog unknown-program": {
		{words: "acme", image: "acme:1.0", streams: ">>F 2>&1", review: "acme is not in the catalogue"},
		{words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", fact: "kube-proxy logs with klog (catalogue)"},
	},
	"klog unknown-version": {
		{words: "kube-proxy", image: "kube-proxy:{{tag}}", streams: ">>F 2>&1", review: "the version of kube-proxy can't be read"},
		{words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", fact: "kube-proxy v1.20.0 takes klog's flags (catalogue, from 1.13, before 1.26.0-alpha.2)"},
	},
	"klog log-file-size": {
		{words: "kube-proxy", image: "kube-proxy:v1.14.0", streams: ">>F 2>&1", review: "--log-file-max-size=0 is not added"},
		{words: "kube-proxy", image: "kube-proxy:v1.15.0", streams: ">>F 2>&1", fact: "kube-proxy v1.15.0 takes --log-file-max-size (catalogue, from 1.15)"},
	},
	"klog append-or-truncate": {
		{words: "kube-proxy", image: "kube-proxy:v1.13.0", streams: ">>F 2>&1", review: "klog in kube-proxy v1.13.0 truncates /F at each start"},
		{words: "kube-proxy", image: "kube-proxy:v1.13.0", streams: ">F 2>&1", fact: "both truncate"},
		{words: "kube-proxy", image: "kube-proxy:v1.14.0", streams: ">F 2>&1", review: "/F was truncated at each start"},
		{words: "kube-proxy", image: "kube-proxy:v1.14.0", streams: ">>F 2>&1", fact: "both append"},
	},
	"klog stdout-in-log-file": {
		{words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F", review: "only stdout went to /F"},
	},
	"klog placeholder-klog-flags": {
		{words: "kube-proxy {{params}}", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", review: "{{params}} must not bring log flags such as"},
	},
	"klog klog-remark": {
		{words: "kube-proxy", image: "kube-proxy:v1.13.0", streams: ">>F 2>&1", review: "klog of this version (0.1.0) opens the file once for each severity"},
		{words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", fact: "what the catalogue remarks is about other versions than kube-proxy v1.20.0"},
	},
	"runner append-or-truncate": {
		{words: "kube-proxy", image: "kube-proxy:v1.30.0", streams: ">F 2>&1", review: "/F was truncated at each start"},
		{words: "kube-proxy", image: "kube-proxy:v1.30.0", streams: ">>F 2>&1", fact: "both append"},
	},
	"runner runner-in-image": {
		{words: "kube-proxy", image: "{{image}}", streams: ">>F 2>&1", options: Options{KubernetesVersion: "1.27"}, review: "check that the image carries /go-runner"},
		{words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", options: Options{Sink: "runner"}, review: "from 1.23.0 only: check that this one has /go-runner"},
		{words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: ">>F 2>&1", fact: "kube-proxy v1.27.0: published images carry /go-runner from 1.23.0 (catalogue)"},
		{words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: ">>F 2>&1", options: Options{Sink: "runner"}, fact: "kube-proxy v1.27.0: published images carry /go-runner from 1.23.0 (catalogue)"},
		{words: "acme", image: "acme:1.0", streams: ">>F 2>&1", options: Options{Sink: "runner", RunnerPath: "/r"}, fact: "--log-sink=runner says that the image carries /r"},
		{words: "kube-proxy", image: "{{image}}", streams: ">>F 2>&1", options: Options{Sink: "runner", KubernetesVersion: "1.27"}, fact: "--log-sink=runner says that the image carries /go-runner"},
		{words: "run.sh", image: "x/acme:1.0", streams: ">>F 2>&1", options: Options{Configured: Configured{Images: []Image{{Pattern: "acme", Runner: Carried{Said: true, Yes: true}}}}},
			fact: "the configuration says that x/acme carries /go-runner"},
	},
	"runner discarded-output": {
		{words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: ">/dev/null 2>&1", review: "the output is still thrown away"},
	},
	"runner own-log-files": {
		{words: "kube-proxy --log-file=/k", image: "kube-proxy:v1.25.0", streams: ">>F 2>&1", options: Options{Sink: "runner"}, review: "--log-file=/k is left as it is"},
	},
	"native replaced-native-flags": {
		{words: "etcd --log-outputs=stderr", image: "etcd:3.5.0", streams: ">>F 2>&1", review: "--log-outputs=stderr is replaced"},
		{words: "etcd --logger=zap", image: "etcd:3.5.0", streams: ">>F 2>&1", fact: "--logger=zap is written again as it was"},
	},
	"native placeholder-native-flags": {
		{words: "etcd {{params}}", image: "etcd:3.5.0", streams: ">>F 2>&1", review: "{{params}} must not bring log flags of etcd again"},
	},
	"native append-or-truncate": {
		{words: "etcd", image: "etcd:3.5.0", streams: ">F 2>&1", review: "/F was truncated at each start"},
		{words: "etcd", image: "etcd:3.5.0", streams: ">>F 2>&1", fact: "both append"},
	},
	"native native-remark": {
		{words: "etcd", image: "etcd:3.4.3", streams: ">>F 2>&1", options: Options{Sink: "native"}, review: "zap writes the log as JSON"},
		{words: "etcd", image: "etcd:3.5.0", streams: ">>F 2>&1", fact: "what the catalogue remarks is about other versions than etcd 3.5.0"},
	},
	"stdout unwritten-file": {
		{words: "acme", streams: ">>F 2>&1", options: Options{Sink: "stdout"}, review: "/F is no longer written"},
	},
	"stdout shown-output": {
		{words: "acme", streams: ">/dev/null 2>&1", options: Options{Sink: "stdout"}, review: "output that was thrown away"},
	},
	" merged-streams": {{words: "acme", streams: "2>&1", review: "the shell merged stdout and stderr"}},
	" probe-output":   {{words: "acme", streams: ">/dev/null 2>&1", inProbe: true, review: "check that the command prints nothing secret"}},
	" crossed-streams": {
		{words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: "2>&1 >>F", review: "stderr went to the container's stdout"},
		{words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: "2>>F 1>&2", options: Options{Sink: "stdout"}, review: "stdout went to the container's stderr"},
	},
	" program-remark": {
		{words: "told", streams: ">>F 2>&1", image: "told:1.0", options: Options{Sink: "stdout"}, review: "mind the gap"},
		{words: "told", streams: "", image: "told:1.0", review: "mind the gap"},
		{words: "told", streams: ">>F 2>&1", image: "told:2.0", options: Options{Sink: "stdout"}, fact: "what the configuration remarks is about other versions than told 2.0"},
	},
	" placeholder-rejected-flags": {
		{words: "kube-proxy --logtostderr {{params}}", image: "kube-proxy:v1.27.0", streams: "", review: "{{params}} must not bring any of these flags either"},
	},
	" klog-files": {
		{words: "kube-proxy --logtostderr=false", image: "kube-proxy:v1.27.0", streams: "", review: "into the temporary folder"},
		{words: "kube-proxy --logtostderr=false --log-dir=/d", image: "kube-proxy:v1.27.0", streams: ">>F 2>&1", review: "now its log goes through the log runner"},
		{words: "kube-proxy --logtostderr=false --log-file=/k", image: "kube-proxy:v1.27.0", streams: "", fact: "the log stays in /k"},
	},
}

// TestDoubts takes each doubt out in turn: each of its cases then loses the
// review or the fact.
func TestDoubts(t *testing.T) {
	for _, k := range Sinks() {
		takeOut(t, k.Name, k.Doubts)
	}
	takeOut(t, "", commonDoubts)
	takeOut(t, "", migrationDoubts)
}

func takeOut[T any](t *testing.T, sink string, doubts []doubt.About[T]) {
	for i, d := range doubts {
		t.Run(sink+" "+d.Name, func(t *testing.T) {
			tests := doubtTests[sink+" "+d.Name]
			if len(tests) == 0 {
				t.Error("no case shows what the doubt does: add one to doubtTests")
			}
			for _, test := range tests {
				doubts[i] = d
				with := test.convert(t)
				test.check(t, d.Name, with)
				doubts[i].Look = func(T) doubt.Raised { return doubt.Raised{} }
				without := test.convert(t)
				if cmp.Equal(with.Review, without.Review) && cmp.Equal(with.Evidence, without.Evidence) {
					t.Errorf("%+v: nothing changes without the doubt", test)
				}
			}
			doubts[i] = d
		})
	}
}

// check looks for the doubt's review or fact.
func (test doubtTest) check(t *testing.T, name string, got invocation.Conversion) {
	t.Helper()
	checkDoubts(t, got)
	var review, fact string
	for _, r := range got.Review {
		if r.Doubt == name && strings.Contains(r.Sentence, test.review) {
			review = test.review
		}
	}
	for _, e := range got.Evidence {
		if e.Doubt == name {
			fact = e.Fact
		}
	}
	if review != test.review || fact != test.fact {
		t.Errorf("%+v: got the obstacle %q, the reviews %q and the evidence %q", test, got.Obstacle, got.Review, got.Evidence)
	}
}

// TestPlaceholdersOfReviews: a review about one placeholder names it.
func TestPlaceholdersOfReviews(t *testing.T) {
	for _, test := range []doubtTest{
		{words: "kube-proxy {{params}}", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1"},
		{words: "etcd {{params}}", image: "etcd:3.5.0", streams: ">>F 2>&1"},
		{words: "kube-proxy --logtostderr {{params}}", image: "kube-proxy:v1.27.0", streams: ""},
	} {
		got := test.convert(t)
		if len(got.Review) != 1 || got.Review[0].Placeholder != "{{params}}" {
			t.Errorf("%s: got the reviews %q, want one about {{params}}", test.words, got.Review)
		}
	}
}

// TestLogFlags: the engine's check of words and the prefilter read this list.
func TestLogFlags(t *testing.T) {
	converter, err := New(extended(t, Program{Names: []string{"acme"}, Logs: "own", Why: "is ours",
		Native: &NativeFlags{From: version(t, "1.0"), AutoFrom: version(t, "1.0"), Flags: []string{"--quiet", "--log="}}}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, f := range converter.LogFlags() {
		if _, twice := got[f.Name]; twice {
			t.Errorf("%s stands there twice", f.Name)
		}
		got[f.Name] = f.Bool
	}
	want := map[string]bool{
		"add-dir-header": true, "alsologtostderr": true, "logtostderr": true, "one-output": true, "skip-headers": true, "skip-log-headers": true,
		"log-backtrace-at": false, "log-dir": false, "log-file": false, "log-file-max-size": false, "stderrthreshold": false,
		"also-stdout": true, "redirect-stderr": true, "logger": false, "log-outputs": false,
	}
	for name, isBool := range want {
		if value, found := got[name]; !found || value != isBool {
			t.Errorf("%s is there %t as a bool flag %t, want %t", name, found, value, isBool)
		}
	}
	if _, found := got["log"]; found {
		t.Error("a flag of a configuration's program counts for all")
	}
	file := invocation.Destination{Kind: invocation.ToFile, Path: invocation.Text("/F"), Append: true}
	conv := converter.Convert(invocation.Target{Image: "acme:1.0", Output: true}, invocation.Invocation{Words: words("acme"), Stdout: file, Stderr: file})
	if diff := cmp.Diff([]string{"quiet", "log"}, conv.Sink.Flags); diff != "" {
		t.Errorf("a program's own flags (-want +got):\n%s", diff)
	}
}

// TestNoEvidence: a doubt whose subject can't be judged is not cleared.
func TestNoEvidence(t *testing.T) {
	for _, test := range []doubtTest{
		{words: "kube-proxy", image: "kube-proxy:{{tag}}", streams: ">>F 2>&1"},
		{words: "acme", image: "acme:1.0", streams: ">>F 2>&1"},
	} {
		for _, e := range test.convert(t).Evidence {
			if e.Doubt == "append-or-truncate" || e.Doubt == "klog-remark" {
				t.Errorf("%s: how its klog opens files isn't known, got %+v", test.words, e)
			}
		}
	}
}

// TestSinks: the engine reads these from each sink.
func TestSinks(t *testing.T) {
	converter, err := New(load(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]invocation.Sink{}
	for _, k := range Sinks() {
		if k.Doc == "" || k.Keep == nil || len(k.Doubts) == 0 {
			t.Errorf("the sink %s lacks a doc, a plan or doubts", k.Name)
		}
		got[k.Name] = converter.forEngine(k, plan{})
	}
	want := []invocation.Sink{
		{Name: "klog", Says: "start it directly, with klog's own flags for the file", Safe: true},
		{Name: "runner", Says: "start it through the log runner", Front: true, Safe: true},
		{Name: "native", Says: "start it directly, with its own flag for the file", Safe: true},
		{Name: "stdout", Says: "start it directly, its output goes to the container's log", NoFile: true},
	}
	for _, k := range want {
		if diff := cmp.Diff(k, got[k.Name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", k.Name, diff)
		}
	}
	if diff := cmp.Diff(invocation.Sink{}, converter.forEngine(Sink{}, plan{})); diff != "" {
		t.Errorf("no sink (-want +got):\n%s", diff)
	}
}
