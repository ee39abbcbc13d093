package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mostAtStart is the number of bytes that the packages may allocate before main. It is less than
// Kubernetes' OpenAPI schema takes, which is part of kyaml.
const mostAtStart = 2_000_000

var startedPackage = regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, \d+ allocs$`)

// TestStart asserts that the program makes at its start nothing that it may not need. It counts
// bytes, since they are the same on any machine, while times are not.
func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "shellfree")
	if err := os.WriteFile(program, buildProgram(t, "../..", "1"), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sum := 0
	packages := startedPackage.FindAllStringSubmatch(string(out), -1)
	for _, p := range packages {
		n, err := strconv.Atoi(p[2])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
		if strings.HasSuffix(p[1], "kyaml/openapi") {
			t.Errorf("kyaml's schema is made at the start: %s", p[0])
		}
	}
	if len(packages) < 10 || sum > mostAtStart {
		t.Errorf("%d packages allocate %d bytes at the start, want no more than %d:\n%s", len(packages), sum, mostAtStart, out)
	}
}
