package command_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"shellfree/internal/command"
)

const shellPod = "kind: Pod\nspec:\n  containers:\n  - name: a\n    image: kube-proxy:v1.24.1\n    command: [sh, -c, exec kube-proxy --v=2]\n"

// writeManyFiles writes more files than the queue of batches holds, in several folders,
// and returns the folder above them. The first file has a fix.
func writeManyFiles(t *testing.T) (dir string, files int) {
	t.Helper()
	dir = t.TempDir()
	files = 1000 * runtime.GOMAXPROCS(0)
	for i := range files {
		path := filepath.Join(dir, fmt.Sprintf("a%02d", i%40), fmt.Sprintf("%05d.yaml", i))
		text := "kind: Service\n"
		if i == 0 {
			text = shellPod
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, files
}

// TestRewriteWalksFirst asserts that a run does not read files that it wrote itself.
func TestRewriteWalksFirst(t *testing.T) {
	dir, files := writeManyFiles(t)
	t.Chdir(dir)
	if err := os.Mkdir("out", 0o777); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := command.Command{Stdout: &stderr, Stderr: &stderr}
	if status := c.Main([]string{"rewrite", "--stats", "--output-dir=out", "."}); status != command.ExitOK {
		t.Fatalf("exit status %d\n%s", status, stderr.String())
	}
	if told := stderr.String(); !strings.Contains(told, "changed files: 1\n") || !strings.Contains(told, fmt.Sprintf("stats: %d files", files)) {
		t.Errorf("of %d files it read:\n%s", files, told)
	}
}

// TestErrorsInOrder asserts that errors are printed in the order of the files, and that
// every other file is judged nevertheless.
func TestErrorsInOrder(t *testing.T) {
	dir, files := writeManyFiles(t)
	left := filepath.Join(dir, "a01", ".web.yaml8061729530163746253")
	locked := filepath.Join(dir, "b.yaml")
	if err := os.WriteFile(left, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "gone"), locked); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	c := command.Command{Stdout: &stdout, Stderr: &stderr}
	if status := c.Main([]string{"check", "--stats", dir, locked}); status != command.ExitIO {
		t.Errorf("exit status %d, want %d", status, command.ExitIO)
	}
	told := stderr.String()
	broken, temporary, stats := strings.Index(told, "b.yaml is a link to a file that does not exist"), strings.Index(told, left+" is the temporary file"), strings.Index(told, fmt.Sprintf("stats: %d files", files))
	if broken < 0 || temporary < broken || stats < temporary {
		t.Errorf("it tells:\n%s", told)
	}
	if n := strings.Count(stdout.String(), "SF101"); n != 1 {
		t.Errorf("%d findings, want 1\n%s", n, stdout.String())
	}
}
