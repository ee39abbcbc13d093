package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestReproducible builds the program from two folders, with different numbers of processes.
// The bytes must be equal, and contain no folder of this machine.
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
	first := buildProgram(t, top, "1")
	if !bytes.Equal(first, buildProgram(t, elsewhere, "4")) {
		t.Error("two builds differ")
	}
	if bytes.Contains(first, []byte(top)) {
		t.Errorf("the program names the folder %s", top)
	}
}

// mostBytes is the largest allowed size of the program without its symbols.
const mostBytes = 15_000_000

// TestSize asserts that the program stays small. Templates would add the most: they call methods
// by name at run time, so the linker would have to keep all methods.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := buildProgram(t, "../..", "1", "-ldflags=-s -w")
	if len(program) >= mostBytes {
		t.Errorf("the program has %d bytes, not less than %d", len(program), mostBytes)
	}
	// The table for stack traces has the names of all functions.
	if bytes.Contains(program, []byte("text/template.(*state).walk")) {
		t.Error("something runs templates of text/template: see docs/design.md")
	}
	if !bytes.Contains(program, []byte("shellfree/internal/report.WriteHTML")) {
		t.Error("the program has no names of functions: look for the template's otherwise")
	}
}

// buildProgram returns the bytes of the program, built as in the Makefile but with more flags.
func buildProgram(t *testing.T, dir, processes string, flags ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "shellfree")
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-p", processes, "-o", out}, flags...)
	cmd := exec.Command("go", append(args, "./cmd/shellfree")...)
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
