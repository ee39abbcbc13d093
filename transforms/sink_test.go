package transforms

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/invocation"
)

// streams builds where both outputs go from the redirections of a shell.
func streams(t *testing.T, redirection string) (stdout, stderr invocation.Destination) {
	t.Helper()
	out, err := invocation.Destination{Kind: invocation.ToStdout}, invocation.Destination{Kind: invocation.ToStderr}
	file := invocation.Destination{Kind: invocation.ToFile, Path: invocation.Text("/F"), Append: true}
	truncated := file
	truncated.Append = false
	tee := file
	tee.Tee = true
	comma := file
	comma.Path = invocation.Text("/F,G")
	null := invocation.Destination{Kind: invocation.ToNull}
	d, ok := map[string][2]invocation.Destination{
		"": {out, err}, "2>&1": {out, out}, ">>F 2>&1": {file, file}, ">F 2>&1": {truncated, truncated},
		">>F": {file, err}, "2>&1 >>F": {file, out}, "2>>F": {out, file}, "2>>F 1>&2": {err, file}, "2>&1 | tee -a F": {tee, tee}, "| tee -a F": {tee, err},
		">>F,G 2>&1": {comma, comma}, ">>F 2>/dev/null": {file, null}, ">/dev/null 2>&1": {null, null}, ">/dev/null": {null, err}, "2>/dev/null": {out, null},
	}[redirection]
	if !ok {
		t.Fatalf("no streams for %q", redirection)
	}
	return d[0], d[1]
}

// words splits a line at blanks; {{x}} is a placeholder for any number of words,
// and a word ends with $(X) where that is a variable.
func words(line string) []invocation.Word {
	var all []invocation.Word
	for _, f := range strings.Fields(line) {
		w := invocation.Text(f)
		if strings.HasPrefix(f, "{{") {
			w = invocation.Word{Parts: []invocation.Part{{Kind: invocation.Placeholder, Text: f}}, Several: true}
		} else if i := strings.Index(f, "{{"); i > 0 {
			w.Parts = []invocation.Part{{Text: f[:i]}, {Kind: invocation.Placeholder, Text: f[i:]}}
		} else if i := strings.Index(f, "$("); i >= 0 {
			w.Parts = []invocation.Part{{Text: f[:i]}, {Kind: invocation.Variable, Text: strings.TrimSuffix(f[i+2:], ")")}}
		}
		all = append(all, w)
	}
	return all
}

func line(words []invocation.Word) string {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.String())
	}
	return strings.Join(texts, " ")
}

type conversionTest struct {
	name, words, image, streams string
	options                     Options
	inProbe                     bool
	sink                        string
	argv                        string // "" for an obstacle
	obstacle                    []string
	review                      []string // parts of the reviews, one each, in order; none for a safe conversion
	notes                       []string // parts of some notes
}

func (test conversionTest) run(t *testing.T) {
	converter, err := New(load(t), test.options)
	if err != nil {
		t.Fatal(err)
	}
	inv := invocation.Invocation{Words: words(test.words)}
	inv.Stdout, inv.Stderr = streams(t, test.streams)
	before := line(inv.Words)
	got := converter.Convert(invocation.Target{Image: test.image, Output: !test.inProbe}, inv)
	if diff := cmp.Diff(test.argv, line(got.Argv)); diff != "" {
		t.Errorf("argv (-want +got):\n%s%s", diff, got.Obstacle)
	}
	if got.Sink.Name != test.sink || (got.Obstacle != "") != (test.argv == "") {
		t.Errorf("sink %q, obstacle %q, want sink %q", got.Sink.Name, got.Obstacle, test.sink)
	}
	if line(inv.Words) != before {
		t.Errorf("the invocation's words were changed to %s", line(inv.Words))
	}
	for _, part := range test.obstacle {
		if !strings.Contains(got.Obstacle, part) {
			t.Errorf("obstacle %q lacks %q", got.Obstacle, part)
		}
	}
	checkDoubts(t, got)
	if len(got.Review) != len(test.review) {
		t.Fatalf("reviews %q, want %q", got.Review, test.review)
	}
	for i, part := range test.review {
		if !strings.Contains(got.Review[i].Sentence, part) {
			t.Errorf("review %q lacks %q", got.Review[i], part)
		}
	}
	for _, part := range test.notes {
		if !strings.Contains(strings.Join(got.Notes, "\n"), part) {
			t.Errorf("notes %q lack %q", got.Notes, part)
		}
	}
}

func TestNoSink(t *testing.T) {
	for _, test := range []conversionTest{
		{name: "no redirection", words: "kube-proxy --v=2", argv: "kube-proxy --v=2", notes: []string{"PID 1"}},
		{name: "no redirection, sink asked for", words: "etcd", options: Options{Sink: "klog"}, argv: "etcd"},
		{name: "merge", words: "kube-proxy", streams: "2>&1", argv: "kube-proxy", review: []string{"its own stream"}},
		{name: "probe to /dev/null", words: "curl x", streams: ">/dev/null 2>&1", inProbe: true, argv: "curl x", review: []string{"/dev/null is dropped"}},
		{name: "probe to /dev/null, runner", words: "curl x", streams: ">/dev/null", inProbe: true, options: Options{Sink: "runner"}, argv: "curl x", review: []string{"/dev/null is dropped"}},
		{name: "probe to a file", words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", inProbe: true, obstacle: []string{"a probe or hook has no log sink", "/F"}},
		{name: "probe to a file, stdout", words: "kube-proxy", streams: "2>>F", inProbe: true, options: Options{Sink: "stdout"}, obstacle: []string{"a probe or hook"}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestAuto(t *testing.T) {
	const master, proxy = "kube-apiserver-amd64:", "kube-proxy:"
	for _, test := range []conversionTest{
		{name: "1.12 has glog", words: "kube-apiserver", image: master + "v1.12.9", streams: ">>F 2>&1", obstacle: []string{"klog from 1.13", "from 1.19 only", "use --log-sink=runner, or images in .shellfree.yaml, if", "--log-sink=stdout"}},
		{name: "1.13", words: "kube-apiserver", image: master + "v1.13.1", streams: ">>F 2>&1", sink: "klog",
			argv: "kube-apiserver --logtostderr=false --log-file=/F", review: []string{"--log-file-max-size=0 is not added", "truncates /F", "once for each severity"}},
		{name: "1.14", words: "kube-apiserver", image: master + "v1.14.8", streams: ">>F 2>&1", sink: "klog",
			argv: "kube-apiserver --logtostderr=false --log-file=/F", review: []string{"--log-file-max-size=0 is not added"}},
		{name: "1.15", words: "kube-apiserver --a", image: master + "v1.15.0", streams: ">>F 2>&1", sink: "klog",
			argv: "kube-apiserver --logtostderr=false --log-file=/F --log-file-max-size=0 --a", notes: []string{"three times", "header lines", "panics", "errors also"}},
		{name: "1.25 klog before runner", words: "kube-apiserver", image: master + "v1.25.16", streams: ">>F 2>&1", sink: "klog",
			argv: "kube-apiserver --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "1.26 runner", words: "kube-apiserver", image: master + "v1.26.0", streams: ">>F 2>&1", sink: "runner",
			argv: "/go-runner --log-file=/F kube-apiserver", notes: []string{"exits with 1", "prints the program"}},
		{name: "1.26 pre-release that lost the flags", words: "kube-apiserver", image: master + "v1.26.0-alpha.2", streams: ">>F 2>&1", sink: "runner", argv: "/go-runner --log-file=/F kube-apiserver"},
		{name: "1.26 kubelet", words: "kubelet", image: "hyperkube:v1.26.0", streams: ">>F 2>&1", obstacle: []string{"no longer takes klog's flags", "not known to carry"}},
		{name: "1.26 in another image", words: "kube-apiserver", image: "acme/server:v1.26.0", streams: ">>F 2>&1", obstacle: []string{"the image server is not known to carry"}},
		{name: "1.26 in a templated image", words: "kube-apiserver", image: "{{image}}", options: Options{KubernetesVersion: "1.27"}, streams: ">>F 2>&1", sink: "runner",
			argv: "/go-runner --log-file=/F kube-apiserver", review: []string{"check that the image carries /go-runner"}},
		{name: "kubernetes-version wins", words: "kube-proxy", image: proxy + "v1.27.0", options: Options{KubernetesVersion: "v1.20"}, streams: ">>F 2>&1", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "kubernetes-version is for core only", words: "glbc", image: "glbc:0.9.5", options: Options{KubernetesVersion: "1.25"}, streams: ">>F 2>&1", obstacle: []string{"glbc 0.9.5 logs with glog"}},
		{name: "unknown version", words: "kube-proxy {{params}}", image: proxy + "{{tag}}", streams: ">>F 2>&1", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F {{params}}", review: []string{"can't be read from its image", "--log-file-max-size=0 is not added", "{{params}} must not bring log flags"}},
		{name: "program in a variable", words: "$(BIN) --x", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", sink: "klog",
			argv: "$(BIN) --logtostderr=false --log-file=/F --x", review: []string{"$(BIN) is not in the catalogue", "not added"}},
		{name: "unknown version in the runner's time", words: "kube-proxy", image: proxy + "latest", streams: ">/dev/null", obstacle: []string{"version of kube-proxy isn't known"}},
		{name: "unknown program", words: "/opt/agent --x", image: "agent:v1.2.3", streams: ">>F 2>&1", sink: "klog",
			argv: "/opt/agent --logtostderr=false --log-file=/F --x", review: []string{"agent is not in the catalogue", "--log-file-max-size=0 is not added"}},
		{name: "truncate", words: "kube-scheduler", image: "kube-scheduler:v1.20.1", streams: ">F 2>&1", sink: "klog",
			argv: "kube-scheduler --logtostderr=false --log-file=/F --log-file-max-size=0", review: []string{"/F was truncated at each start"}},
		{name: "truncate where klog does it too", words: "kube-scheduler", image: "kube-scheduler:v1.13.1", streams: ">F 2>&1", sink: "klog",
			argv: "kube-scheduler --logtostderr=false --log-file=/F", review: []string{"--log-file-max-size=0 is not added", "once for each severity"}},
		{name: "stdout only, no runner", words: "kube-proxy", image: proxy + "v1.20.0", streams: ">>F", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0", review: []string{"only stdout went to /F"}},
		{name: "stdout only, runner", words: "kube-proxy", image: proxy + "v1.23.0", streams: "2>&1 >>F", sink: "runner",
			argv: "/go-runner --log-file=/F --redirect-stderr=false kube-proxy", review: []string{"stderr went to the container's stdout"}},
		{name: "stderr only", words: "kube-proxy", image: proxy + "v1.23.0", streams: "2>>F", sink: "klog", argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0"},
		{name: "stderr only, no klog", words: "kube-proxy", image: proxy + "v1.27.0", streams: "2>>F", obstacle: []string{"stderr alone", "--log-sink=stdout"}},
		{name: "tee", words: "kube-proxy", image: proxy + "v1.20.0", streams: "2>&1 | tee -a F", sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0 --alsologtostderr=true"},
		{name: "tee of stdout", words: "kube-proxy", image: proxy + "v1.24.0", streams: "| tee -a F", sink: "runner",
			argv: "/go-runner --log-file=/F --also-stdout=true --redirect-stderr=false kube-proxy"},
		{name: "discard", words: "kube-proxy", image: proxy + "v1.24.0", streams: ">/dev/null 2>&1", sink: "runner", argv: "/go-runner --log-file=/dev/null kube-proxy", review: []string{"still thrown away"}},
		{name: "discard without runner", words: "kube-proxy", image: proxy + "v1.20.0", streams: ">/dev/null 2>&1", obstacle: []string{"klog does not throw output away", "from 1.23.0 only"}},
		{name: "hyperkube", words: "/hyperkube apiserver --a", image: "hyperkube:v1.18.1", streams: ">>F 2>&1", sink: "klog",
			argv: "/hyperkube apiserver --logtostderr=false --log-file=/F --log-file-max-size=0 --a"},
		{name: "hyperkube of something", words: "/hyperkube {{what}}", image: "hyperkube:v1.18.1", streams: ">>F 2>&1", obstacle: []string{"that word isn't known"}},
		{name: "underscores", words: "/glbc --a", image: "ingress-gce-glbc:v1.6.1", streams: ">>F 2>&1", sink: "klog",
			argv: "/glbc --logtostderr=false --log_file=/F --a", review: []string{"--log_file_max_size=0 is not added"}},
		{name: "autoscaler", words: "./cluster-autoscaler --v=4", image: "cluster-autoscaler:v1.16.2", streams: ">>F 2>&1", sink: "klog",
			argv: "./cluster-autoscaler --logtostderr=false --log-file=/F --log-file-max-size=0 --v=4"},
		{name: "autoscaler with a reported bug", words: "cluster-autoscaler", image: "cluster-autoscaler:v1.31.1", streams: ">>F 2>&1", sink: "klog",
			argv: "cluster-autoscaler --logtostderr=false --log-file=/F --log-file-max-size=0", review: []string{"#7842"}},
		{name: "etcd-manager", words: "/etcd-manager", image: "etcd-manager:3.0.20200429", streams: "2>&1 | tee -a F", sink: "klog",
			argv: "/etcd-manager --logtostderr=false --log_file=/F --alsologtostderr=true", review: []string{"max_size", "the etcd that etcd-manager starts"}},
		{name: "etcd 3.3", words: "etcd", image: "etcd:3.3.10", streams: ">>F 2>&1", obstacle: []string{"no klog program", "has no --log-outputs"}},
		{name: "etcd 3.4", words: "etcd", image: "etcd:3.4.3-0", streams: ">>F 2>&1", obstacle: []string{"changes the format", "--log-sink=native asks for it"}},
		{name: "etcd 3.5", words: "etcd --name a", image: "etcd:3.5.9-0", streams: ">>F 2>&1", sink: "native",
			argv: "etcd --logger=zap --log-outputs=/F --name a", notes: []string{"gRPC"}},
		{name: "etcd, version unknown", words: "etcd", image: "etcd:{{tag}}", streams: ">>F 2>&1", obstacle: []string{"version of etcd isn't known"}},
		{name: "etcd, stdout only", words: "etcd", image: "etcd:3.5.9-0", streams: ">>F", obstacle: []string{"nothing to the container"}},
		{name: "script", words: "/run.sh", image: "cluster-autoscaler:v1.20.0", streams: ">>F 2>&1", obstacle: []string{"run.sh is a script"}},
		{name: "interpreter", words: "java -jar x", image: "x:v1.0", streams: ">>F 2>&1", obstacle: []string{"library for Go"}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestAskedFor(t *testing.T) {
	klog, runner, native, stdout := Options{Sink: "klog"}, Options{Sink: "runner"}, Options{Sink: "native"}, Options{Sink: "stdout"}
	for _, test := range []conversionTest{
		{name: "klog for etcd", words: "etcd", image: "etcd:3.5.9", streams: ">>F 2>&1", options: klog, obstacle: []string{"--log-sink=klog is not right for etcd 3.5.9", "use --log-sink=auto, which takes native"}},
		{name: "nothing but stdout left", words: "kube-proxy", image: "kube-proxy:v1.27.0", streams: "2>>F", options: klog, obstacle: []string{"(removed in 1.26.0-alpha.2): use --log-sink=stdout"}},
		{name: "klog for core 1.26", words: "kube-proxy", image: "kube-proxy:v1.26.1", streams: ">>F 2>&1", options: klog, obstacle: []string{"removed in 1.26"}},
		{name: "klog for /dev/null", words: "kube-proxy", image: "kube-proxy:v1.20.1", streams: ">/dev/null 2>&1", options: klog, obstacle: []string{"does not throw output away"}},
		{name: "klog where only stdout is kept", words: "kube-proxy", image: "kube-proxy:v1.24.0", streams: ">>F", options: klog, sink: "klog",
			argv: "kube-proxy --logtostderr=false --log-file=/F --log-file-max-size=0", review: []string{"only stdout went to /F"}},
		{name: "runner for anything", words: "/run.sh a", image: "x:1.0", streams: ">>F 2>&1", options: runner, sink: "runner",
			argv: "/go-runner --log-file=/F /run.sh a", notes: []string{"must carry /go-runner"}},
		{name: "runner before its time", words: "kube-apiserver", image: "kube-apiserver:v1.18.0", streams: ">>F 2>&1", options: runner, sink: "runner",
			argv: "/go-runner --log-file=/F kube-apiserver", review: []string{"from 1.19 only"}},
		{name: "runner elsewhere", words: "x", streams: ">>F 2>&1", options: Options{Sink: "runner", RunnerPath: "/bin/r"}, sink: "runner", argv: "/bin/r --log-file=/F x"},
		{name: "runner, tee", words: "x", streams: "2>&1 | tee -a F", options: runner, sink: "runner", argv: "/go-runner --log-file=/F --also-stdout=true x"},
		{name: "runner, truncate", words: "x", streams: ">F 2>&1", options: runner, sink: "runner", argv: "/go-runner --log-file=/F x", review: []string{"/F was truncated"}},
		{name: "runner, stdout discarded", words: "x", streams: ">/dev/null", options: runner, sink: "runner",
			argv: "/go-runner --log-file=/dev/null --redirect-stderr=false x", review: []string{"still thrown away"}},
		{name: "runner, stderr discarded", words: "x", streams: "2>/dev/null", options: runner, obstacle: []string{"can't throw stderr alone away"}},
		{name: "runner, stderr only", words: "x", streams: "2>>F", options: runner, obstacle: []string{"can't keep stderr alone"}},
		{name: "native for etcd 3.4", words: "etcd", image: "etcd:3.4.3", streams: ">>F 2>&1", options: native, sink: "native", argv: "etcd --logger=zap --log-outputs=/F", review: []string{"JSON"}},
		{name: "native with own flags", words: "etcd --logger zap --log-outputs=stderr --name=a", image: "etcd:3.5.0", streams: ">>F 2>&1", options: native, sink: "native",
			argv: "etcd --logger=zap --log-outputs=/F --name=a", review: []string{"--logger zap is replaced", "--log-outputs=stderr is replaced"}},
		{name: "native with a configuration file", words: "etcd --config-file=/etc/x", image: "etcd:3.5.0", streams: ">>F 2>&1", options: native, obstacle: []string{"--config-file=/etc/x does not go together"}},
		{name: "native with a placeholder", words: "etcd --log-outputs {{outputs}}", image: "etcd:3.5.0", streams: ">>F 2>&1", options: native, obstacle: []string{"is followed by {{outputs}}"}},
		{name: "native with many words", words: "etcd {{params}}", image: "etcd:3.5.0", streams: ">>F 2>&1", options: native, sink: "native",
			argv: "etcd --logger=zap --log-outputs=/F {{params}}", review: []string{"{{params}} must not bring log flags"}},
		{name: "native for two files", words: "etcd", image: "etcd:3.5.0", streams: ">>F,G 2>&1", options: native, obstacle: []string{"the comma in /F,G"}},
		{name: "two places", words: "etcd", streams: ">>F 2>/dev/null", options: runner, obstacle: []string{"send both to one file"}},
		{name: "native for kube-proxy", words: "kube-proxy", image: "kube-proxy:v1.20.0", streams: ">>F 2>&1", options: native, obstacle: []string{"no flag of its own"}},
		{name: "stdout", words: "etcd", streams: ">>F 2>&1", options: stdout, sink: "stdout", argv: "etcd", review: []string{"/F is no longer written"}},
		{name: "stdout, discard", words: "etcd", streams: ">/dev/null 2>&1", options: stdout, sink: "stdout", argv: "etcd", review: []string{"thrown away"}},
	} {
		t.Run(test.name, test.run)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{Sink: "file"}, `unknown log sink "file": use one of auto, klog, runner, native, stdout`},
		{Options{KubernetesVersion: "new"}, `--kubernetes-version: "new" is no version: write it like 1.25 or v1.25.3`},
	} {
		if _, err := New(load(t), test.options); err == nil || err.Error() != test.want {
			t.Errorf("New(%+v) gives %v, want %s", test.options, err, test.want)
		}
	}
}
