package transforms_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// buildReal builds the programs of testdata/programs and the real
// kube-log-runner into a folder that it returns. Where their modules can't be
// had the test is skipped, or fails when REQUIRE_PROGRAMS is 1.
func buildReal(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	bin := t.TempDir()
	for _, b := range []struct{ mod, out, packages string }{
		{"go.mod", bin + "/", "./klog ./klog2 k8s.io/component-base/logs/kube-log-runner"},
		{"klog/kubernetes-1.13.mod", filepath.Join(bin, "klog-1.13"), "./klog"},
		{"klog/kubernetes-1.14.mod", filepath.Join(bin, "klog-1.14"), "./klog"},
		{"klog/kubernetes-1.15.mod", filepath.Join(bin, "klog-1.15"), "./klog"},
	} {
		packages := strings.Fields(b.packages)
		if out, err := goTool(append([]string{"list", "-modfile=" + b.mod, "-deps"}, packages...)...); err != nil {
			missing(t, out)
		}
		if out, err := goTool(append([]string{"build", "-modfile=" + b.mod, "-o", b.out}, packages...)...); err != nil {
			t.Fatalf("go build of %s: %v\n%s", b.packages, err, out)
		}
	}
	return bin
}

// missing ends the test where the modules can't be loaded.
func missing(t *testing.T, out []byte) {
	t.Helper()
	if os.Getenv("REQUIRE_PROGRAMS") == "1" {
		t.Fatalf("the modules of testdata/programs are missing and REQUIRE_PROGRAMS is 1:\n%s", out)
	}
	t.Skipf("the modules of testdata/programs can't be had, so nothing is run (REQUIRE_PROGRAMS=1 makes this fail):\n%s", out)
}

func goTool(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = "../testdata/programs"
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-buildvcs=false", "CGO_ENABLED=0")
	return cmd.CombinedOutput()
}

// standIn is a program that takes the place of a program of the catalogue.
type standIn struct{ binary, flags string }

// The stand-ins of Kubernetes' components by version. That of 1.26 and later is
// klog without its flags.
var (
	core113 = standIn{"klog-1.13", "both"}
	core114 = standIn{"klog-1.14", "both"}
	core115 = standIn{"klog-1.15", "both"}
	core118 = standIn{"klog", "both"}
	core125 = standIn{"klog2", "both"}
	core126 = standIn{"klog2", "removed"}
)

// stage is a folder in which one program is started in several ways.
type stage struct {
	dir, bin string
	program  standIn
}

// newStage puts the stand-in under the program's name on the PATH.
func newStage(t *testing.T, bin, program string, p standIn) stage {
	t.Helper()
	s := stage{dir: t.TempDir(), bin: bin, program: p}
	if err := os.Symlink(filepath.Join(bin, p.binary), filepath.Join(s.dir, program)); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s stage) file() string { return filepath.Join(s.dir, "F") }

// end is how a run begins and ends: the log file beforehand ("-" for none) and
// the last thing the program does.
type end struct{ prior, how string }

// ends are the runs of each case.
var ends = []end{{"-", ""}, {"", "exit"}, {"says old\n", "panic"}}

// observed holds the output of a run by place, in counts of the known lines.
type observed struct {
	file, stdout, stderr map[string]int
	status               int
}

// start runs an array, real programs in the place of those it names.
func (s stage) start(t *testing.T, argv []string, e end) observed {
	t.Helper()
	if err := os.RemoveAll(s.file()); err != nil {
		t.Fatal(err)
	}
	if e.prior != "-" {
		if err := os.WriteFile(s.file(), []byte(e.prior), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	path := argv[0]
	switch {
	case path == "/go-runner":
		path = filepath.Join(s.bin, "kube-log-runner")
	case !strings.Contains(path, "/"):
		path = filepath.Join(s.dir, path)
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, path, argv[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, &stdout, &stderr
	cmd.Env = []string{"PATH=" + s.dir + ":/usr/bin:/bin", "TMPDIR=" + s.dir, "PROGRAM_FLAGS=" + s.program.flags, "PROGRAM_END=" + e.how}
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatalf("%q: %v", argv, err)
	}
	text, err := os.ReadFile(s.file())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return observed{file: count(string(text)), stdout: count(stdout.String()), stderr: count(stderr.String()), status: cmd.ProcessState.ExitCode()}
}

// lines are the known lines of an output, in the order of its description.
var lines = []struct{ name, text string }{
	{"old", "says old"}, {"header", "Log file created at:"}, {"first", "says first"}, {"info", "says info"}, {"warning", "says warning"}, {"error", "says error"},
	{"out", "says out"}, {"err", "says err\n"}, {"panic", "panic: says panic"}, {"argv", "Running command:"}, {"unknown", "unknown flag"}, {"unknown", "not defined"},
}

func count(text string) map[string]int {
	found := map[string]int{}
	for _, l := range lines {
		if n := strings.Count(text, l.text); n > 0 {
			found[l.name] += n
		}
	}
	return found
}

// describe writes counts as `info error×3`.
func describe(found map[string]int) string {
	var all []string
	for _, l := range lines {
		switch n := found[l.name]; {
		case n == 1:
			all = append(all, l.name)
		case n > 1:
			all = append(all, l.name+"×"+strconv.Itoa(n))
		}
	}
	return strings.Join(slices.Compact(all), " ")
}
