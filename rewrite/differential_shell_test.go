package rewrite_test

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"testing"
)

// realShell is a shell of this machine and the names that containers may have
// it under. What sh is nobody knows, so it is each of them.
type realShell struct {
	name  string
	names []string
	dir   string // holds a link of each name to the shell
}

// shellNames are the names of shells that trials use.
var shellNames = []string{"sh", "bash", "dash", "ash", "ksh", "mksh"}

// path returns where the shell stands that an array names.
func (s realShell) path(item string) string { return filepath.Join(s.dir, path.Base(item)) }

// isStarted reports whether an array may start the shell by the name that stands
// at an index of it. Behind busybox the name means busybox's own shell.
func (s realShell) isStarted(array []string, at int) bool {
	if at > 0 && array[at-1] == "busybox" && s.name != "busybox" {
		return false
	}
	return slices.Contains(s.names, path.Base(array[at]))
}

// realShells links the machine's shells. A shell that is missing is left out,
// or fails the test when REQUIRE_SHELLS is 1.
func realShells(t *testing.T) []realShell {
	t.Helper()
	var found []realShell
	for _, s := range []realShell{
		{name: "dash", names: []string{"sh", "dash"}},
		{name: "bash", names: []string{"sh", "bash"}},
		{name: "busybox", names: []string{"sh", "ash"}},
		{name: "mksh", names: []string{"sh", "ksh", "mksh"}},
	} {
		binary, err := exec.LookPath(s.name)
		if err != nil {
			if os.Getenv("REQUIRE_SHELLS") == "1" {
				t.Errorf("%s is not installed and REQUIRE_SHELLS is 1", s.name)
			}
			t.Logf("%s is not installed: what it reads is not compared", s.name)
			continue
		}
		s.dir = t.TempDir()
		for _, name := range s.names {
			if err := os.Symlink(binary, filepath.Join(s.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		found = append(found, s)
	}
	if len(found) == 0 {
		t.Skip("no shell is installed")
	}
	return found
}
