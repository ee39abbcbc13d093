package transforms_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/transforms"
)

// TestReal runs what shellfree emits with real programs: small ones on several
// versions of klog, and the real kube-log-runner.
func TestReal(t *testing.T) {
	bin := buildReal(t)
	t.Run("sinks", func(t *testing.T) { testSinks(t, bin) })
	t.Run("near misses", func(t *testing.T) { testNearMisses(t, bin) })
	t.Run("unknown programs", func(t *testing.T) { testUnknown(t, bin) })
	t.Run("removed flags", func(t *testing.T) { testRemoved(t, bin) })
}

func newConverter(t *testing.T, o transforms.Options) *transforms.Converter {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	return converter
}

// execForm returns the exec form of a script that sh reads.
func execForm(t *testing.T, o transforms.Options, image, script string) invocation.Conversion {
	t.Helper()
	inv, bad := invocation.Analyse(invocation.Script{Text: script, Shell: invocation.Shell{Name: "sh"}})
	if bad != nil {
		t.Fatal(bad.Message)
	}
	return newConverter(t, o).Convert(invocation.Target{Image: image, Output: true}, inv)
}

func texts(words []invocation.Word) []string {
	var all []string
	for _, w := range words {
		all = append(all, w.String())
	}
	return all
}

// reviewed returns the sentences of a conversion's reviews.
func reviewed(conv invocation.Conversion) []string {
	return finding.Finding{Review: conv.Review}.Sentences()
}

// outcome describes the output of an exec form: in the file and on the container's
// streams after the run that panics, with an old line in the file before; and the
// statuses of the runs that end well, exit with 7, and panic.
type outcome struct{ sink, file, stdout, stderr, status string }

// testSinks runs scripts and their exec forms, compares the output of each with
// the table's, and the differences with the sentences of the conversion.
func testSinks(t *testing.T, bin string) {
	var auto transforms.Options
	klog := outcome{"klog", "old header first info warning error", "out", "error err panic", "0 7 2"}
	klogTee := outcome{"klog", klog.file, "out", "first info warning error err panic", "0 7 2"}
	repeated := outcome{"klog", "old header×3 first info warning×2 error×3", "out", "error err panic", "0 7 2"}
	runner := outcome{"runner", "old first info warning error out err panic", "", "argv", "0 1 1"}
	runnerOut := outcome{"runner", "old out", "", "first info warning error err panic argv", "0 1 1"}
	for _, test := range []struct {
		name, words, image string
		program            standIn
		redirect           string // F is the log file
		options            transforms.Options
		want               outcome
	}{
		{"1.13 truncates, and loses lines written before the first warning", "kube-apiserver", "kube-apiserver:v1.13.12", core113, ">>F 2>&1", auto, outcome{"klog", "header info warning error", "out", "error err panic", "0 7 2"}},
		{"1.13, truncated by the shell too", "kube-apiserver", "kube-apiserver:v1.13.12", core113, ">F 2>&1", auto, outcome{"klog", "header info warning error", "out", "error err panic", "0 7 2"}},
		{"1.14 repeats lines", "kube-apiserver", "kube-apiserver:v1.14.8", core114, ">>F 2>&1", auto, repeated},
		{"1.15 repeats lines", "kube-apiserver", "kube-apiserver:v1.15.12", core115, ">>F 2>&1", auto, repeated},
		{"1.15 tee", "kube-scheduler", "kube-scheduler:v1.15.12", core115, "2>&1 | tee -a F", auto, outcome{"klog", repeated.file, "out", "first info warning error err panic", "0 7 2"}},
		{"both", "kube-proxy", "kube-proxy:v1.18.20", core118, "1>>F 2>&1", auto, klog},
		{"no longer truncated", "kube-proxy", "kube-proxy:v1.18.20", core118, ">F 2>&1", auto, klog},
		{"tee", "kube-proxy", "kube-proxy:v1.18.20", core118, "2>&1 | tee -a F", auto, klogTee},
		{"tee of stdout", "kube-proxy", "kube-proxy:v1.18.20", core118, "| tee -a F", auto, klogTee},
		{"stdout only", "kube-proxy", "kube-proxy:v1.18.20", core118, ">>F", auto, klog},
		{"stdout only, crossed", "kube-proxy", "kube-proxy:v1.18.20", core118, "2>&1 >>F", auto, klog},
		{"stderr only", "kube-proxy", "kube-proxy:v1.18.20", core118, "2>>F", auto, klog},
		{"flags that stand there", "kube-proxy --logtostderr --log_file=/x --alsologtostderr=true", "kube-proxy:v1.25.16", core125, ">>F 2>&1", auto, klog},
		{"hyperkube", "hyperkube kube-apiserver", "hyperkube:v1.18.20", core118, ">>F 2>&1", auto, klog},
		{"dash only", "cloud-controller-manager", "cloud-controller-manager:v1.25.1", standIn{"klog2", "dash"}, ">>F 2>&1", auto, klog},
		{"underscore only", "glbc", "ingress-gce-glbc-amd64:v1.6.1", standIn{"klog", "underscore"}, ">>F 2>&1", auto, klog},
		{"plain flag", "node-driver-registrar", "node-driver-registrar:v2.5.0", standIn{"klog2", "plain"}, "2>&1 | tee -a F", auto, klogTee},
		{"not core", "cluster-autoscaler", "cluster-autoscaler:v1.29.0", core125, ">>F 2>&1", auto, klog},
		{"runner", "kube-apiserver", "kube-apiserver:v1.36.0", core126, ">>F 2>&1", auto, runner},
		{"runner, no longer truncated", "kube-apiserver", "kube-apiserver:v1.36.0", core126, ">F 2>&1", auto, runner},
		{"runner, tee", "kube-apiserver", "kube-apiserver:v1.36.0", core126, "2>&1 | tee -a F", auto, outcome{"runner", runner.file, strings.TrimPrefix(runner.file, "old "), "argv", "0 1 1"}},
		{"runner, tee of stdout", "kube-apiserver", "kube-apiserver:v1.36.0", core126, "| tee -a F", auto, outcome{"runner", "old out", "out", runnerOut.stderr, "0 1 1"}},
		{"runner, stdout only", "kube-apiserver", "kube-apiserver:v1.25.16", core125, ">>F", auto, runnerOut},
		{"runner, crossed", "kube-apiserver", "kube-apiserver:v1.36.0", core126, "2>&1 >>F", auto, runnerOut},
		{"runner, thrown away", "kube-apiserver", "kube-apiserver:v1.36.0", core126, ">/dev/null 2>&1", auto, outcome{"runner", "old", "", "argv", "0 1 1"}},
		{"runner asked for", "etcd-manager", "etcd-manager:v3.0.20210707", standIn{"klog", "plain"}, ">>F 2>&1", transforms.Options{Sink: "runner"}, runner},
		{"stdout asked for", "kube-proxy", "kube-proxy:v1.18.20", core118, ">>F 2>&1", transforms.Options{Sink: "stdout"}, outcome{"stdout", "old", "out", "first info warning error err panic", "0 7 2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			program, _, _ := strings.Cut(test.words, " ")
			s := newStage(t, bin, program, test.program)
			shell := test.words + " --port=80 " + strings.Replace(test.redirect, "F", s.file(), 1)
			if !strings.Contains(shell, "|") {
				shell = "exec " + shell
			}
			conv := execForm(t, test.options, test.image, shell)
			if conv.Obstacle != "" {
				t.Fatal(conv.Obstacle)
			}
			var before, after []observed
			var statuses []string
			for _, e := range ends {
				before = append(before, s.start(t, []string{"/bin/sh", "-c", shell}, e))
				o := s.start(t, texts(conv.Argv), e)
				after, statuses = append(after, o), append(statuses, strconv.Itoa(o.status))
			}
			last := after[len(after)-1]
			got := outcome{conv.Sink.Name, describe(last.file), describe(last.stdout), describe(last.stderr), strings.Join(statuses, " ")}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(outcome{})); diff != "" {
				t.Errorf("%q (-want +got):\n%s", texts(conv.Argv), diff)
			}
			checkSaid(t, conv, before, after)
		})
	}
}

// said ties a sentence of a conversion to a difference between the shell's run
// and that of the exec form: each implies the other.
var said = []struct {
	sentence string
	differs  func(shell, exec observed) bool
}{
	{"panics and direct output go to the container's log", func(s, e observed) bool {
		return e.file["info"] > 0 && (e.file["panic"] < s.file["panic"] || e.file["err"] < s.file["err"] || e.file["out"] < s.file["out"])
	}},
	{"klog writes four header lines into", func(s, e observed) bool { return e.file["header"] > s.file["header"] }},
	{"errors also go to the container's stderr", func(_, e observed) bool {
		return e.file["error"] > 0 && e.stderr["error"] > 0 && e.stderr["info"] == 0
	}},
	{"the log also goes to the container's stderr", func(_, e observed) bool { return e.file["info"] > 0 && e.stderr["info"] > 0 }},
	{"writes warnings twice and errors three times", func(_, e observed) bool { return e.file["warning"] == 2 && e.file["error"] == 3 }},
	{"that file now gets the whole log, and stdout goes to the container's log", func(s, e observed) bool {
		return e.file["info"] > s.file["info"] && e.stdout["out"] == 1 && e.file["out"] < s.file["out"]
	}},
	{"at each start, where the shell appended to it", func(s, e observed) bool { return e.file["old"] < s.file["old"] }},
	{"was truncated at each start, now it is appended to", func(s, e observed) bool { return e.file["old"] > s.file["old"] }},
	{"exits with 1 for each status", func(s, e observed) bool { return e.status != s.status && e.status == 1 }},
	{"gave its exit status; now the program's own counts", func(s, e observed) bool { return s.status == 0 && e.status != 0 }},
	{"prints the program and its arguments", func(_, e observed) bool { return e.stderr["argv"] > 0 }},
	{"stderr went to the container's stdout", func(s, e observed) bool {
		return s.stdout["err"] > s.file["err"] && e.stdout["err"] == 0
	}},
	{"is no longer written", func(s, e observed) bool { return s.file["info"] > 0 && e.file["info"] == 0 }},
}

// checkSaid holds the sentences of a conversion against the runs.
func checkSaid(t *testing.T, conv invocation.Conversion, before, after []observed) {
	t.Helper()
	sentences := strings.Join(slices.Concat(reviewed(conv), conv.Notes), "\n")
	for _, law := range said {
		var differs bool
		for i := range before {
			differs = differs || law.differs(before[i], after[i])
		}
		if differs != strings.Contains(sentences, law.sentence) {
			t.Errorf("the runs show it %t, said %t: %q\nshell %+v\nexec %+v", differs, !differs, law.sentence, before, after)
		}
	}
}

// testNearMisses runs what shellfree must not write, to show that it fails,
// and what it writes instead.
func testNearMisses(t *testing.T, bin string) {
	for _, test := range []struct {
		name, program, image string
		real                 standIn
		wrong                string // F is the log file
		status               int
		never                string // no word of the exec form begins so; "" where the wrong flags stand in the script
	}{
		{name: "dashes for plain flag", program: "csi-node-driver-registrar", image: "csi-node-driver-registrar:v2.5.0", real: standIn{"klog2", "plain"},
			wrong: "--logtostderr=false --log-file=F", status: 2, never: "--log-file"},
		{name: "dashes for pflag alone", program: "glbc", image: "glbc:v1.6.1", real: standIn{"klog", "underscore"},
			wrong: "--logtostderr=false --log-file=F", status: 2, never: "--log-file"},
		{name: "underscores for renamed flags", program: "cloud-controller-manager", image: "cloud-controller-manager:v1.20.0", real: standIn{"klog2", "dash"},
			wrong: "--logtostderr=false --log_file=F", status: 2, never: "--log_file"},
		{name: "max-size before 1.15", program: "kube-apiserver", image: "kube-apiserver:v1.14.8", real: core114,
			wrong: "--logtostderr=false --log-file=F --log-file-max-size=0", status: 1, never: "--log-file-max-size"},
		{name: "klog's flags from 1.26 on", program: "kube-apiserver", image: "kube-apiserver:v1.26.0", real: core126,
			wrong: "--logtostderr=false --log-file=F", status: 1, never: "--logtostderr"},
		{name: "log-file alone", program: "kube-proxy", image: "kube-proxy:v1.20.0", real: core125, wrong: "--log-file=F"},
		{name: "a bool flag in two words", program: "kube-proxy", image: "kube-proxy:v1.20.0", real: core125, wrong: "--logtostderr false --log-file=F"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, bin, test.program, test.real)
			wrong := strings.Fields(test.program + " " + strings.Replace(test.wrong, "F", s.file(), 1))
			o := s.start(t, wrong, end{"-", ""})
			if o.status != test.status || (o.stderr["unknown"] > 0) != (test.status != 0) || len(o.file) > 0 {
				t.Errorf("%q: %+v, want status %d and no log in the file", wrong, o, test.status)
			}
			script := test.program
			if test.never == "" {
				script = strings.Join(wrong, " ")
			}
			argv := texts(execForm(t, transforms.Options{}, test.image, script+" >>"+s.file()+" 2>&1").Argv)
			if test.never != "" && slices.ContainsFunc(argv, func(w string) bool { return strings.HasPrefix(w, test.never) }) {
				t.Errorf("%q holds %s", argv, test.never)
			}
			if o := s.start(t, argv, end{"-", ""}); o.status != 0 || o.file["info"] != 1 {
				t.Errorf("%q: %+v, want status 0 and the log in the file", argv, o)
			}
		})
	}
}

// testUnknown runs the exec form of a program that the catalogue lacks: the
// review says that it may not start, and some don't.
func testUnknown(t *testing.T, bin string) {
	for _, test := range []struct {
		program standIn
		status  int
	}{
		{standIn{"klog2", "both"}, 0}, {standIn{"klog2", "dash"}, 0},
		{standIn{"klog2", "plain"}, 2}, {standIn{"klog2", "underscore"}, 2}, {standIn{"klog2", "removed"}, 1}, {standIn{"klog2", "flagless"}, 2},
	} {
		t.Run(test.program.flags, func(t *testing.T) {
			s := newStage(t, bin, "acme", test.program)
			conv := execForm(t, transforms.Options{}, "acme:v1.2.3", "acme >>"+s.file()+" 2>&1")
			o := s.start(t, texts(conv.Argv), ends[0])
			if o.status != test.status || (o.file["info"] == 1) != (o.status == 0) {
				t.Errorf("%q: %+v, want status %d", texts(conv.Argv), o, test.status)
			}
			if !strings.Contains(strings.Join(reviewed(conv), "\n"), "else it does not start") {
				t.Errorf("no review says that acme may not start: %q", conv.Review)
			}
		})
	}
}

// testRemoved runs commands with flags that 1.26 removed, and the exec forms that
// SF401 makes of them.
func testRemoved(t *testing.T, bin string) {
	for _, test := range []struct {
		name, flags          string // F is the log file
		file, stdout, stderr string
	}{
		{"to a file", "--logtostderr=false --log-file=F --log-file-max-size=0", "old first info warning error out err", "", "argv"},
		{"to both", "--logtostderr=false --log_file=F --alsologtostderr", "old first info warning error out err", "first info warning error out err", "argv"},
		{"without effect", "--log-file=F", "old", "out", "first info warning error err"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, bin, "kube-apiserver", core126)
			words := invocation.Texts(strings.Fields("kube-apiserver --port=80 " + strings.Replace(test.flags, "F", s.file(), 1))...)
			filled := end{"says old\n", ""}
			if o := s.start(t, texts(words), filled); o.status != 1 || o.stderr["unknown"] == 0 {
				t.Errorf("%q: %+v, want an unknown flag", texts(words), o)
			}
			m, found := newConverter(t, transforms.Options{}).Migrate(invocation.Target{Image: "kube-apiserver:v1.26.0", Output: true}, words)
			if !found || !m.Fixed {
				t.Fatalf("%q: no fix: %s", texts(words), m.Message)
			}
			argv := texts(m.Front)
			for i, w := range words {
				if !slices.Contains(m.Drop, i) {
					argv = append(argv, w.String())
				}
			}
			o := s.start(t, argv, filled)
			want := outcome{m.Sink.Name, test.file, test.stdout, test.stderr, "0"}
			got := outcome{m.Sink.Name, describe(o.file), describe(o.stdout), describe(o.stderr), strconv.Itoa(o.status)}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(outcome{})); diff != "" {
				t.Errorf("%q (-want +got):\n%s", argv, diff)
			}
		})
	}
}
