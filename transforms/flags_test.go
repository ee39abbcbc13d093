package transforms

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
)

func TestExistingFlags(t *testing.T) {
	const proxy = "kube-proxy:v1.20.0"
	const added = "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"
	runner := Options{Sink: "runner"}
	for _, test := range []conversionTest{
		{name: "logtostderr", words: "kube-proxy --logtostderr --v=2", sink: "klog", argv: added + " --v=2"},
		{name: "logtostderr=true", words: "kube-proxy --v=2 -logtostderr=true", sink: "klog", argv: added + " --v=2"},
		{name: "logtostderr with a word", words: "kube-proxy --logtostderr false --v=2", sink: "klog", argv: added + " false --v=2", review: []string{"the word false after --logtostderr"}},
		{name: "logtostderr from a variable", words: "kube-proxy --logtostderr=$(X)", sink: "klog", argv: added, review: []string{"--logtostderr=$(X) is replaced by --logtostderr=false"}},
		{name: "alsologtostderr", words: "kube-proxy --alsologtostderr", sink: "klog", argv: added, notes: []string{"--alsologtostderr is dropped"}},
		{name: "alsologtostderr and tee", words: "kube-proxy --alsologtostderr=false", streams: "2>&1 | tee -a F", sink: "klog", argv: added + " --alsologtostderr=true"},
		{name: "alsologtostderr where stderr was kept", words: "kube-proxy --alsologtostderr", streams: ">>F", sink: "klog", argv: added + " --alsologtostderr=true", review: []string{"only stdout"}},
		{name: "log_dir in two words", words: "kube-proxy --log_dir /d --x", sink: "klog", argv: added + " --x"},
		{name: "log-dir in effect", words: "kube-proxy --log-dir=/d --logtostderr=false", sink: "klog", argv: added, review: []string{"--log-dir=/d is dropped"}},
		{name: "same file", words: "kube-proxy --log_file=/F", sink: "klog", argv: added},
		{name: "another file", words: "kube-proxy --log-file /other", sink: "klog", argv: added, review: []string{"--log-file /other is replaced"}},
		{name: "max size", words: "kube-proxy --log-file-max-size=100", sink: "klog", argv: added, notes: []string{"--log-file-max-size=100"}},
		{name: "max size, unknown version", words: "kube-proxy --log-file-max-size=100", image: "kube-proxy:x", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=100", review: []string{"version", "not added"}},
		{name: "text logging", words: "kube-proxy --logging-format=text", sink: "klog", argv: added + " --logging-format=text"},
		{name: "json logging", words: "kube-proxy --logging-format json", obstacle: []string{"--logging-format json takes none of klog's flags"}},
		{name: "after --", words: "kube-proxy -- --logtostderr", sink: "klog", argv: added + " -- --logtostderr"},
		{name: "other names", words: "kube-proxy --log-files=x --logtostderr-x", sink: "klog", argv: added + " --log-files=x --logtostderr-x"},
		{name: "placeholder in a flag", words: "kube-proxy --log-dir={{d}}", obstacle: []string{"--log-dir={{d}} stands there already", "holds a placeholder"}},
		{name: "placeholder in a name", words: "kube-proxy --log-file{{suffix}}", sink: "klog", argv: added + " --log-file{{suffix}}"},
		{name: "placeholder after a flag", words: "kube-proxy --log-dir {{d}}", obstacle: []string{"is followed by {{d}}"}},
		{name: "runner keeps logtostderr", words: "kube-proxy --logtostderr=true", options: runner, sink: "runner", argv: "/go-runner --log-file=/F kube-proxy --logtostderr=true", review: []string{"from 1.23.0 only"}},
		{name: "runner and a file of klog's", words: "kube-proxy --logtostderr=false --log-file=/k", image: "kube-proxy:v1.25.0", options: runner, sink: "runner",
			argv: "/go-runner --log-file=/F kube-proxy --logtostderr=false --log-file=/k", review: []string{"--logtostderr=false is left", "--log-file=/k is left"}},
	} {
		if test.image == "" {
			test.image = proxy
		}
		if test.streams == "" {
			test.streams = ">>F 2>&1"
		}
		t.Run(test.name, test.run)
	}
}

func TestWrappedPrograms(t *testing.T) {
	const image = "kube-proxy:v1.20.0"
	const flags = " --logtostderr=false --log-file=/F --log-file-max-size=0"
	for _, test := range []conversionTest{
		{name: "timeout", words: "timeout -k 5 30 kube-proxy --a", sink: "klog", argv: "timeout -k 5 30 kube-proxy" + flags + " --a"},
		{name: "tini", words: "/tini -g -- kube-proxy", sink: "klog", argv: "/tini -g -- kube-proxy" + flags},
		{name: "env and nice", words: "env A=b nice -n 5 kube-proxy", sink: "klog", argv: "env A=b nice -n 5 kube-proxy" + flags},
		{name: "dumb-init", words: "dumb-init kube-proxy", sink: "klog", argv: "dumb-init kube-proxy" + flags},
		{name: "nohup, stdbuf, ionice", words: "nohup stdbuf -o L ionice -c 3 kube-proxy", sink: "klog", argv: "nohup stdbuf -o L ionice -c 3 kube-proxy" + flags},
		{name: "unknown options", words: "timeout {{options}} 30 kube-proxy", obstacle: []string{"the program behind timeout can't be told"}},
		{name: "nothing behind it", words: "timeout 30", obstacle: []string{"the program behind timeout can't be told"}},
		{name: "runner in front", words: "timeout {{options}} 30 kube-proxy", options: Options{Sink: "runner"}, sink: "runner", argv: "/go-runner --log-file=/F timeout {{options}} 30 kube-proxy"},
	} {
		test.image, test.streams = image, ">>F 2>&1"
		t.Run(test.name, test.run)
	}
}

// TestWholeConversion pins all of a conversion: the wrapper's place, a path with a
// variable, the words' parts, the evidence, and that the invocation's own remarks
// are left to the engine.
func TestWholeConversion(t *testing.T) {
	converter, err := New(load(t), Options{Sink: "runner"})
	if err != nil {
		t.Fatal(err)
	}
	path := invocation.Word{Parts: []invocation.Part{{Text: "/var/log/kubelet-"}, {Kind: invocation.Variable, Text: "NODE"}, {Text: ".log"}}}
	file := invocation.Destination{Kind: invocation.ToFile, Path: path, Append: true}
	got := converter.Convert(invocation.Target{Image: "kubemark:v1.24.0", Output: true}, invocation.Invocation{
		Wrapper: invocation.Texts("/tini", "--"), Words: invocation.Texts("/kubemark", "--morph=kubelet"), Stdout: file, Stderr: file,
		Remarks: []invocation.Remark{{Kind: invocation.ProgramWrapper, Sentence: "one"}}, Notes: []string{"two"},
	})
	want := invocation.Conversion{
		Program: "kubemark", Version: "v1.24.0",
		Sink: invocation.Sink{Name: "runner", Says: "start it through the log runner", Front: true, Safe: true},
		Evidence: []finding.Evidence{
			{Doubt: "append-or-truncate", Fact: "both append"},
			{Doubt: "runner-in-image", Fact: "kubemark v1.24.0: published images carry /go-runner from 1.23.0 (catalogue)"},
		},
		Argv: append(invocation.Texts("/tini", "--", "/go-runner"), path.With("--log-file="), invocation.Text("/kubemark"), invocation.Text("--morph=kubelet")),
	}
	if got.Notes[0] != "two" {
		t.Errorf("the first note is %q", got.Notes[0])
	}
	got.Notes = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("conversion (-want +got):\n%s", diff)
	}
}

func TestExecIsAlreadyTheFirstProcess(t *testing.T) {
	converter, err := New(load(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, exec := range []bool{true, false} {
		inv := invocation.Invocation{Words: invocation.Texts("x"), Exec: exec, Stderr: invocation.Destination{Kind: invocation.ToStderr}}
		notes := strings.Join(converter.Convert(invocation.Target{Output: true}, inv).Notes, "\n")
		if strings.Contains(notes, "PID 1") == exec {
			t.Errorf("exec %v has the notes %q", exec, notes)
		}
	}
}
