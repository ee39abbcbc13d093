package verify_test

import (
	"strings"
	"testing"

	"shellfree/internal/verify"
)

// Images whose programs the catalogue knows at their versions.
const (
	scheduler   = "image: registry.k8s.io/kube-scheduler:v1.24.1\n"
	scheduler26 = "image: registry.k8s.io/kube-scheduler:v1.26.0\n"
	etcd        = "image: registry.k8s.io/etcd:3.5.0-0\n"
)

func TestCompareOutputs(t *testing.T) {
	const program, log = "exec kube-scheduler --v=2", "/var/log/s.log"
	script := func(redirection string) string {
		return scheduler + "command: [sh, -c, '" + program + redirection + "']\n"
	}
	runner := func(flags string) string {
		return scheduler + "command: [/go-runner, --log-file=" + log + flags + ", kube-scheduler, --v=2]\n"
	}
	klog := "command: [kube-scheduler, --v=2, --logtostderr=false, --log-file=" + log + ", --log-file-max-size=0]\n"
	onlyKlog := []string{"only what the program logs through klog reaches the file, the rest goes to the container's log"}
	checkRows(t, []row{
		{name: "klog", before: script(" >>" + log + " 2>&1"), after: scheduler + klog, verdict: verify.Same, sink: "klog", notes: onlyKlog},
		{
			name: "klog's flags where the program rejects them", before: script(" >>" + log + " 2>&1"), after: scheduler26 + klog,
			verdict: verify.Different, sink: "klog", notes: onlyKlog,
			differences: []string{"kube-scheduler v1.26.0 rejects --logtostderr=false, --log-file=" + log + ", --log-file-max-size=0 and does not start"},
		},
		{
			name: "klog with the log of another component", before: script(" >>/var/log/other.log 2>&1"), after: scheduler + klog,
			verdict: verify.Different, sink: "klog", notes: onlyKlog, differences: []string{"the output went to /var/log/other.log, now to " + log},
		},
		{
			name: "klog where only stdout was kept", before: script(" >>" + log), after: scheduler + klog,
			verdict: verify.Different, sink: "klog",
			differences: []string{"stdout went to " + log + ", now to the container's stdout", "stderr went to the container's stderr, now to " + log},
		},
		{
			name: "from klog to the runner", before: scheduler + klog, after: runner(""),
			verdict: verify.Same, sink: "runner", notes: []string{"all that the program prints goes where only its log went"},
		},
		{name: "from klog to the shell", before: scheduler + klog, after: script(" 2>>" + log), verdict: verify.Same, sink: "shell"},
		{
			name: "klog with another file", before: scheduler + klog, after: scheduler + strings.Replace(klog, log, "/l", 1),
			verdict: verify.Different, sink: "klog", differences: []string{"stderr went to " + log + ", now to /l"},
		},
		{name: "runner", before: script(" >>" + log + " 2>&1"), after: runner(""), verdict: verify.Same, sink: "runner"},
		{
			name: "runner, truncated before", before: script(" >" + log + " 2>&1"), after: runner(""),
			verdict: verify.Different, sink: "runner", differences: []string{"the output went to " + log + " (truncated at each start), now to " + log},
		},
		{name: "runner for tee", before: script(" 2>&1 | tee -a " + log), after: runner(", --also-stdout"), verdict: verify.Same, sink: "runner"},
		{
			name: "runner for tee, no copy", before: script(" 2>&1 | tee -a " + log), after: runner(""),
			verdict: verify.Different, sink: "runner", differences: []string{"the output went to " + log + " and the container's log, now to " + log},
		},
		{name: "runner for stdout", before: script(" >>" + log), after: runner(", --redirect-stderr=false"), verdict: verify.Same, sink: "runner"},
		{
			name: "runner for stdout, takes both", before: script(" >>" + log), after: runner(""),
			verdict: verify.Different, sink: "runner", differences: []string{"stderr went to the container's stderr, now to " + log},
		},
		{
			name:   "native",
			before: etcd + "command: [sh, -c, exec etcd --name=x >>/var/log/e.log 2>&1]\n", after: etcd + "command: [etcd, --name=x, --logger=zap, --log-outputs=/var/log/e.log]\n",
			verdict: verify.Same, sink: "native",
		},
		{
			name: "no sink at all", before: script(" >>" + log + " 2>&1"), after: script(""),
			verdict: verify.Different, differences: []string{"stdout went to " + log + ", now to the container's stdout", "stderr went to " + log + ", now to the container's stderr"},
		},
		{
			name: "output that was thrown away", before: script(" >/dev/null"), after: script(""),
			verdict: verify.Different, differences: []string{"stdout went to /dev/null, now to the container's stdout"},
		},
		{
			name: "streams together", before: script(""), after: script(" 2>&1"),
			verdict: verify.Different, sink: "shell", differences: []string{"stderr went to the container's stderr, now to the container's stdout"},
		},
	})
}
