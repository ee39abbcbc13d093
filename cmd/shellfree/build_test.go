package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestReproducible builds the program from two folders, with different numbers
// of processes: the bytes must be the same, and tell no folder of this machine.
func TestReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program twice")
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(elsewhere, os.DirFS(top)); err != nil {
		t.Fatal(err)
	}
	first := build(t, top, "1")
	if !bytes.Equal(first, build(t, elsewhere, "4")) {
		t.Error("two builds differ")
	}
	if bytes.Contains(first, []byte(top)) {
		t.Errorf("the program names the folder %s", top)
	}
}

// build returns the bytes of the program, built as the Makefile does.
func build(t *testing.T, dir, processes string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "shellfree")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-p", processes, "-o", out, "./cmd/shellfree")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
