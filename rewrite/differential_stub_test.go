package rewrite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// stubSource is the program that stands for every container's program and,
// under the name go-runner, for the log runner. It is built apart because it
// starts in a tenth of the time that a test binary takes.
//
// The log runner does what kubernetes/kubernetes
// staging/src/k8s.io/component-base/logs/kube-log-runner/kube-log-runner.go
// does, but for its own lines on stderr, which every fix's notes name.
const stubSource = `package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	self, err := os.Executable()
	check(err)
	if filepath.Base(self) == "go-runner" {
		runner()
	}
	record(filepath.Dir(self))
	os.Stdout.WriteString("to stdout\n")
	stderr()
	os.Exit(3)
}

// record appends how the program was started to a file beside it.
func record(folder string) {
	var b strings.Builder
	line := func(key, value string) { b.WriteString(key + " " + strconv.Quote(value) + "\n") }
	for _, arg := range os.Args {
		line("arg", arg)
	}
	for _, entry := range os.Environ() {
		line("env", entry)
	}
	wd, err := syscall.Getwd() // whatever PWD says
	check(err)
	line("dir", wd)
	f, err := os.OpenFile(filepath.Join(folder, "record"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	check(err)
	_, err = f.WriteString(b.String())
	check(err)
}

// stderr writes where klog would: its flags move the log into a file.
func stderr() {
	var file string
	toStderr := true
	for _, arg := range os.Args[1:] {
		switch name, value, _ := strings.Cut(arg, "="); name {
		case "--log-file":
			file = value
		case "--logtostderr":
			toStderr = value != "false"
		case "--alsologtostderr":
			defer os.Stderr.WriteString("to stderr\n")
		}
	}
	if toStderr {
		os.Stderr.WriteString("to stderr\n")
		return
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	check(err)
	f.WriteString("to stderr\n")
}

func runner() {
	path := flag.String("log-file", "", "")
	both := flag.Bool("also-stdout", false, "")
	redirect := flag.Bool("redirect-stderr", true, "")
	flag.Parse()
	var out, errs io.Writer = os.Stdout, os.Stderr
	if *path != "" {
		f, err := os.OpenFile(*path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		check(err)
		if out = f; *both {
			out = io.MultiWriter(os.Stdout, f)
		}
	}
	if *redirect {
		errs = out
	}
	cmd := exec.Command(flag.Arg(0), flag.Args()[1:]...)
	cmd.Stdout, cmd.Stderr = out, errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		check(err)
	}
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		os.Stderr.WriteString("stub: " + err.Error() + "\n")
		os.Exit(120)
	}
}
`

// buildStub builds the stub and returns its path.
func buildStub(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(stubSource), 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", "stub", "main.go")
	build.Dir = dir // outside of the module, so that its go.mod has no say
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the stub: %v\n%s", err, out)
	}
	return filepath.Join(dir, "stub")
}
