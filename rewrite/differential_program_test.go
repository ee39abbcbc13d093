package rewrite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// programs are what trials start.
type programs struct {
	stub   string // records how it was started
	klog   string // the same on the real klog, or the stub
	runner string // the real log runner, or the stub
}

// buildPrograms builds the programs. Where the modules of testdata/programs can't
// be had, the stub stands for all, or the test fails when REQUIRE_PROGRAMS is 1.
func buildPrograms(t *testing.T) programs {
	t.Helper()
	p := programs{stub: buildStub(t)}
	p.klog, p.runner = p.stub, p.stub
	if testing.Short() {
		return p
	}
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin+"/", "./recorder", "k8s.io/component-base/logs/kube-log-runner")
	build.Dir = "../testdata/programs"
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-buildvcs=false", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		if os.Getenv("REQUIRE_PROGRAMS") == "1" {
			t.Fatalf("REQUIRE_PROGRAMS is 1: %v\n%s", err, out)
		}
		t.Logf("klog and the log runner are imitated: %v\n%s", err, out)
		return p
	}
	p.klog, p.runner = filepath.Join(bin, "recorder"), filepath.Join(bin, "kube-log-runner")
	return p
}

// ownLines are what klog and the log runner print of their own accord: the head
// of each log line, the head of a log file, and what the runner does.
var ownLines = []*regexp.Regexp{
	regexp.MustCompile(`(?m)^I\d{4} [\d:.]+ +\d+ \S+\] `),
	regexp.MustCompile(`(?m)^Log file created at: .*\nRunning on machine: .*\nBinary: .*\nLog line format: .*\n`),
	regexp.MustCompile(`(?m)^\d{4}/\d\d/\d\d [\d:]{8} (Now listening for interrupts|running command: exit status \d+)\n`),
	regexp.MustCompile(`(?m)^\d{4}/\d\d/\d\d [\d:]{8} Running command:\nCommand env: .*\nRun from directory: .*\nExecutable path: .*\n`),
}

// withoutOwnLines returns the outcome of an array without what klog and the
// runner print.
func withoutOwnLines(o outcome, argv []string) outcome {
	strip := func(text string) string {
		for i := range argv { // an argument may have several lines
			args := strings.TrimSuffix(strings.Join(argv[i:], ","), "\n")
			text = strings.Replace(text, "Args (comma-delimited): "+args+"\n", "", 1)
		}
		for _, line := range ownLines {
			text = line.ReplaceAllString(text, "")
		}
		return text
	}
	files := map[string]string{}
	for name, text := range o.Files {
		files[name] = strip(text)
	}
	o.Stdout, o.Stderr, o.Files = strip(o.Stdout), strip(o.Stderr), files
	return o
}
