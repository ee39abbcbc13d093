//go:build linux

package command_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	faultsOld = "kind: Pod\nspec:\n  containers:\n  - name: web\n    command: [sh, -c, exec /web --port=80]\n"
	faultsNew = "kind: Pod\nspec:\n  containers:\n  - name: web\n    command: [/web, --port=80]\n"
)

// buildCommand builds shellfree and returns its path.
func buildCommand(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "shellfree")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", bin, "../../cmd/shellfree")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// needStrace skips the test if strace can't be used, or fails it if REQUIRE_STRACE is 1.
func needStrace(t *testing.T) {
	t.Helper()
	out, err := exec.Command("strace", "-f", "-o", "/dev/null", "true").CombinedOutput()
	switch {
	case err == nil:
	case os.Getenv("REQUIRE_STRACE") == "1":
		t.Fatalf("strace does not run and REQUIRE_STRACE is 1: %v\n%s", err, out)
	default:
		t.Skipf("strace does not run here (REQUIRE_STRACE=1 makes this fail): %v", err)
	}
}

// faultsTree returns a folder with two manifests of mode 0640.
func faultsTree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.yaml"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(faultsOld), 0o640); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// checkWhole checks that each manifest has its old or its new text, and its mode. It
// returns the number of new manifests and of temporary files that are left.
func checkWhole(t *testing.T, title, dir string) (fixed, leftovers int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			leftovers++
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		info, statErr := e.Info()
		if err != nil || statErr != nil || string(text) != faultsOld && string(text) != faultsNew || info.Mode() != fs.FileMode(0o640) {
			t.Errorf("%s: %s has mode %v and holds %q (%v)", title, e.Name(), info.Mode(), text, err)
		}
		if string(text) == faultsNew {
			fixed++
		}
	}
	if len(entries)-leftovers != 2 {
		t.Errorf("%s: the folder holds %v", title, entries)
	}
	return fixed, leftovers
}

// TestKilledAnywhere kills rewrite at its first, second, third, … system call of one
// kind, until a run survives. Each file must be complete, at most one temporary file may
// be left, and the next run must name it and make the other fixes. SHELLFREE_LONG=1 also
// kills at calls that write nothing.
func TestKilledAnywhere(t *testing.T) {
	needStrace(t)
	bin := buildCommand(t)
	calls := []string{"fsync", "renameat", "fchmod"}
	if os.Getenv("SHELLFREE_LONG") != "" {
		calls = append(calls, "write", "openat", "close", "fchown", "newfstatat", "fstat", "read", "unlinkat", "mmap", "futex", "rt_sigaction")
	}
	for _, call := range calls {
		killed := 0
		for n := 1; n < 500; n++ {
			title := fmt.Sprintf("killed at %s %d", call, n)
			dir := faultsTree(t)
			run := exec.Command("strace", "-f", "-o", "/dev/null", "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, n), bin, "rewrite", dir)
			if out, err := run.CombinedOutput(); err == nil {
				break
			} else if run.ProcessState.ExitCode() != -1 && run.ProcessState.ExitCode() != 137 {
				t.Fatalf("%s: %v\n%s", title, err, out)
			}
			killed++
			_, leftovers := checkWhole(t, title, dir)
			if leftovers > 1 {
				t.Errorf("%s: %d temporary files are left", title, leftovers)
			}
			out, err := exec.Command(bin, "rewrite", dir).CombinedOutput()
			if named := strings.Count(string(out), " is the temporary file of a run that was stopped"); err != nil || named != leftovers {
				t.Errorf("%s: the next run: %v\n%s", title, err, out)
			}
			if fixed, _ := checkWhole(t, title, dir); fixed != 2 {
				t.Errorf("%s: the next run leaves %d of 2 fixed", title, fixed)
			}
		}
		if killed == 0 && call != "fchown" && call != "unlinkat" { // not every run makes these two calls
			t.Errorf("%s: no run was killed", call)
		}
	}
}

// TestFailingCalls lets the system calls of a write fail. The exit status must be 3, with
// a line for each file, the old text, and no temporary file.
func TestFailingCalls(t *testing.T) {
	needStrace(t)
	bin := buildCommand(t)
	for _, c := range []struct{ inject, want string }{
		{"fsync:error=EIO", "input/output error"},
		{"fsync:error=ENOSPC", "no space left on device"},
		{"renameat:error=EROFS", "read-only file system"},
		{"renameat:error=EACCES", "permission denied"},
		{"renameat:error=EXDEV", "invalid cross-device link"},
		{"fchmod:error=EPERM", "operation not permitted"},
	} {
		dir := faultsTree(t)
		run := exec.Command("strace", "-f", "-o", "/dev/null", "-e", "inject="+c.inject, bin, "rewrite", dir)
		out, _ := run.CombinedOutput()
		lines := regexp.MustCompile(`(?m)^shellfree: .*/[ab]\.yaml was left unchanged: .*`+c.want).FindAll(out, -1)
		if code := run.ProcessState.ExitCode(); code != 3 || len(lines) != 2 {
			t.Errorf("%s: exit status %d, %d lines, want 3 and 2\n%s", c.inject, code, len(lines), out)
		}
		if fixed, leftovers := checkWhole(t, c.inject, dir); fixed+leftovers > 0 {
			t.Errorf("%s: %d fixed, %d temporary files", c.inject, fixed, leftovers)
		}
	}
}

// TestFailingRead lets the reading of one file fail. Its error must be printed, and the
// other file fixed.
func TestFailingRead(t *testing.T) {
	needStrace(t)
	dir := faultsTree(t)
	run := exec.Command("strace", "-f", "-o", "/dev/null", "-P", filepath.Join(dir, "a.yaml"), "-e", "inject=read,pread64:error=EIO", buildCommand(t), "rewrite", dir)
	out, _ := run.CombinedOutput()
	want := "shellfree: " + filepath.Join(dir, "a.yaml") + ": input/output error: "
	if code := run.ProcessState.ExitCode(); code != 3 || !strings.Contains(string(out), want) {
		t.Errorf("exit status %d, want %q\n%s", code, want, out)
	}
	if fixed, leftovers := checkWhole(t, "read", dir); fixed != 1 || leftovers > 0 {
		t.Errorf("%d fixed, %d temporary files", fixed, leftovers)
	}
}

// TestFullAndReadOnly runs rewrite on small file systems of its own, and needs the right
// to mount them.
func TestFullAndReadOnly(t *testing.T) {
	if err := exec.Command("unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt").Run(); err != nil {
		t.Skip("no file system can be mounted here")
	}
	bin := buildCommand(t)
	for _, c := range []struct{ title, prepare, want string }{
		{"full", "mount -t tmpfs -o size=8k none $2; cp $1/a.yaml $2; yes | dd of=$2/b.yaml bs=4k count=9 2>/dev/null", "no space left on device"},
		{"no inodes", "mount -t tmpfs -o nr_inodes=2 none $2; cp $1/a.yaml $2", "no space left on device"},
		{"read-only", "mount -t tmpfs none $2; cp $1/a.yaml $2; mount -o remount,ro $2", "read-only file system"},
		{"file bound read-only", "cp $1/a.yaml $2; mount --bind $2/a.yaml $2/a.yaml", "device or resource busy"},
	} {
		script := c.prepare + "; cd $2; " + bin + " rewrite a.yaml; echo status $?; cat a.yaml; rm -f b.yaml; ls -A"
		run := exec.Command("unshare", "-m", "sh", "-c", script, "sh", faultsTree(t), t.TempDir())
		out, err := run.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte(c.want)) || !bytes.Contains(out, []byte("status 3\n"+faultsOld+"a.yaml\n")) {
			t.Errorf("%s: %v\n%s", c.title, err, out)
		}
	}
}

// TestSizeLimit asserts that a file stays unchanged when a limit of the process forbids
// its new size.
func TestSizeLimit(t *testing.T) {
	dir := faultsTree(t)
	run := exec.Command("sh", "-c", "ulimit -f 0; exec "+buildCommand(t)+" rewrite "+dir)
	out, _ := run.CombinedOutput()
	if code := run.ProcessState.ExitCode(); code != 3 || strings.Count(string(out), ": file too large; check its folder") != 2 {
		t.Errorf("exit status %d\n%s", code, out)
	}
	if fixed, leftovers := checkWhole(t, "size limit", dir); fixed+leftovers > 0 {
		t.Errorf("%d fixed, %d temporary files", fixed, leftovers)
	}
}

// TestTwoAtOnce lets two runs fix one tree at the same time. Each file must be fixed by
// one of them; the other must find it changed or fixed.
func TestTwoAtOnce(t *testing.T) {
	bin, dir := buildCommand(t), t.TempDir()
	for i := range 50 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.yaml", i)), []byte(faultsOld), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	runs := []*exec.Cmd{exec.Command(bin, "rewrite", dir), exec.Command(bin, "rewrite", dir)}
	said := make([]bytes.Buffer, len(runs))
	for i, run := range runs {
		run.Stderr = &said[i]
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
	}
	fixed := 0
	for i, run := range runs {
		_ = run.Wait()
		fixed += strings.Count(said[i].String(), ": 1 fixed, 0 left\n")
		changed := strings.Contains(said[i].String(), "changed while it was being judged")
		if code := run.ProcessState.ExitCode(); code != 0 && code != 3 || (code == 3) != changed {
			t.Errorf("exit status %d:\n%s", code, said[i].String())
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 50 || fixed < 50 {
		t.Errorf("%d files and %d fixes (%v)\n%s\n%s", len(entries), fixed, err, said[0].String(), said[1].String())
	}
	for _, e := range entries {
		if text, err := os.ReadFile(filepath.Join(dir, e.Name())); string(text) != faultsNew {
			t.Errorf("%s holds %q (%v)", e.Name(), text, err)
		}
	}
}

// TestWithoutNetwork asserts that the findings are the same without any network.
func TestWithoutNetwork(t *testing.T) {
	if err := exec.Command("unshare", "-n", "true").Run(); err != nil {
		t.Skip("no network namespace can be made here")
	}
	bin := buildCommand(t)
	with, _ := exec.Command(bin, "check", "../../testdata/demo").CombinedOutput()
	without, _ := exec.Command("unshare", "-n", bin, "check", "../../testdata/demo").CombinedOutput()
	if len(with) == 0 || !bytes.Equal(with, without) {
		t.Errorf("with a network:\n%s\nwithout:\n%s", with, without)
	}
}

// TestStartsNothing asserts that judging scripts opens no socket and starts no process.
func TestStartsNothing(t *testing.T) {
	needStrace(t)
	bin := buildCommand(t)
	trace := filepath.Join(t.TempDir(), "trace")
	for _, command := range []string{"check", "diff", "rewrite"} {
		args := []string{"-f", "-o", trace, "-e", "trace=execve,execveat,fork,vfork,socket,connect,sendto", bin, command}
		if command == "rewrite" {
			args = append(args, "--output-dir="+t.TempDir())
		}
		run := exec.Command("strace", append(args, "testdata/demo")...)
		run.Dir = "../.." // --output-dir wants the files below the working folder
		out, _ := run.CombinedOutput()
		calls, err := os.ReadFile(trace)
		if err != nil || run.ProcessState.ExitCode() > 1 || len(out) == 0 {
			t.Fatalf("%s: exit status %d, %v\n%s", command, run.ProcessState.ExitCode(), err, out)
		}
		if n := strings.Count(string(calls), "execve("); n != 1 || regexp.MustCompile(`socket\(|connect\(|sendto\(|fork\(|execveat\(`).Match(calls) {
			t.Errorf("%s calls:\n%s", command, calls)
		}
	}
}
