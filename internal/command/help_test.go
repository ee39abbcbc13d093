package command_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"shellfree/internal/command"
)

// helpLines is the number of lines of a tall terminal.
const helpLines = 48

// TestHelp asserts that the help of each command over manifests fits a terminal in both
// directions, and shows two examples.
func TestHelp(t *testing.T) {
	for _, name := range []string{"check", "diff", "report", "rewrite", "explain", "programs", "config"} {
		var out bytes.Buffer
		c := command.Command{Stdout: &out, Stderr: &out}
		if status := c.Main([]string{name, "--help"}); status != command.ExitOK {
			t.Fatalf("%s: exit status %d", name, status)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) > helpLines {
			t.Errorf("%s: %d lines are more than %d", name, len(lines), helpLines)
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
		_, examples, _ := strings.Cut(out.String(), "Examples:\n")
		examples, _, _ = strings.Cut(examples, "\n\n")
		if strings.Count(examples, "shellfree "+name) < 2 {
			t.Errorf("%s: want two examples, got\n%s", name, examples)
		}
	}
}
