package docs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shellfree/internal/command"
)

// TestUsage runs the commands of the page on the bundled manifests. Under a
// command of a console block stands what it prints; the others must be right.
func TestUsage(t *testing.T) {
	page := read(t, "usage.md")
	file, err := filepath.Abs(page.file)
	if err != nil {
		t.Fatal(err)
	}
	demo, err := filepath.Abs("../testdata/demo")
	if err != nil {
		t.Fatal(err)
	}
	ran := map[string]bool{}
	for i := range page.blocks(0, len(page.lines)) {
		page = read(t, file) // an update moves the lines
		block := page.blocks(0, len(page.lines))[i]
		t.Chdir(t.TempDir())
		if err := os.CopyFS("cluster", os.DirFS(demo)); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(page.text(block)) {
			words := strings.Fields(strings.TrimPrefix(line, "$ "))
			if len(words) < 2 || words[0] != "shellfree" || block.language == "console" && !strings.HasPrefix(line, "$ ") {
				continue
			}
			ran[words[1]] = true
			out := usage(t, words[1:])
			if block.language == "console" {
				page.compare(t, block, "console", line+out)
			}
		}
	}
	for _, name := range []string{"check", "diff", "rewrite", "report", "explain", "programs", "config", "version", "completion"} {
		if !ran[name] {
			t.Errorf("the page shows no shellfree %s", name)
		}
	}
}

// TestReadmeFinding asserts that check prints the finding that the README shows.
func TestReadmeFinding(t *testing.T) {
	_, shown, _ := strings.Cut(contributingText(t, "README.md"), "\n```\ncluster/")
	shown, _, found := strings.Cut(shown, "```\n")
	if !found {
		t.Fatal("README.md shows no finding")
	}
	if usage := contributingText(t, "docs/usage.md"); !strings.Contains(usage, "\ncluster/"+shown) {
		t.Errorf("docs/usage.md, which the tool writes, does not show:\ncluster/%s", shown)
	}
}

// usage runs a command and returns what it prints on both streams.
func usage(t *testing.T, words []string) string {
	t.Helper()
	if i := slices.Index(words, ">"); i >= 0 {
		words = words[:i]
	}
	var out bytes.Buffer
	c := command.Command{Stdout: &out, Stderr: &out}
	if status := c.Main(words); status > command.ExitFindings {
		t.Errorf("shellfree %s: exit status %d\n%s", strings.Join(words, " "), status, out.String())
	}
	return out.String()
}
