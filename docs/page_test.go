package docs_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// page is a Markdown file in lines.
type page struct {
	file  string
	lines []string
}

// fence is a fenced block: lines first to last-1 stand between the fences.
type fence struct {
	language    string
	first, last int
}

func read(t *testing.T, file string) *page {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return &page{file, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")}
}

// blocks returns the fenced blocks from line first on, up to line last.
func (p *page) blocks(first, last int) []fence {
	var all []fence
	for i := first; i < last; i++ {
		if language, ok := strings.CutPrefix(p.lines[i], "```"); ok {
			f := fence{language: language, first: i + 1}
			for i++; i < last && p.lines[i] != "```"; i++ {
			}
			f.last = i
			all = append(all, f)
		}
	}
	return all
}

// headingLines returns the numbers of the lines that are headings, not text of
// a fenced block.
func (p *page) headingLines() []int {
	var lines []int
	blocks := p.blocks(0, len(p.lines))
	for i, line := range p.lines {
		inside := slices.ContainsFunc(blocks, func(f fence) bool { return f.first <= i && i < f.last })
		if strings.HasPrefix(line, "#") && !inside {
			lines = append(lines, i)
		}
	}
	return lines
}

func (p *page) headings() []string {
	var all []string
	for _, i := range p.headingLines() {
		all = append(all, p.lines[i])
	}
	return all
}

// bounds returns the lines of a section, its heading left out.
func (p *page) bounds(heading string) (first, last int) {
	last = len(p.lines)
	for _, i := range slices.Backward(p.headingLines()) {
		if p.lines[i] == heading {
			return i + 1, last
		}
		last = i
	}
	return 0, 0
}

// section returns the text of a section without blanks around it.
func (p *page) section(heading string) string {
	first, last := p.bounds(heading)
	return strings.TrimSpace(strings.Join(p.lines[first:last], "\n"))
}

func (p *page) fences(heading string) []fence {
	return p.blocks(p.bounds(heading))
}

// flags returns the words of a section's line "Flags: `--a=b --c`".
func (p *page) flags(heading string) []string {
	for _, line := range strings.Split(p.section(heading), "\n") {
		if rest, ok := strings.CutPrefix(line, "Flags: `"); ok {
			return strings.Fields(strings.TrimSuffix(rest, "`"))
		}
	}
	return nil
}

func (p *page) text(f fence) string {
	return strings.Join(p.lines[f.first:f.last], "\n") + "\n"
}

// compare compares a block with what the tool does, or updates it.
func (p *page) compare(t *testing.T, f fence, language, want string) {
	t.Helper()
	if *update {
		lines := slices.Concat(p.lines[:f.first-1], []string{"```" + language}, strings.Split(strings.TrimSuffix(want, "\n"), "\n"), p.lines[f.last:])
		if err := os.WriteFile(p.file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if f.language != language {
		t.Errorf("the block of line %d is %s, not %s", f.first, f.language, language)
	}
	if diff := cmp.Diff(want, p.text(f)); diff != "" {
		t.Errorf("the block of line %d (-tool +page):\n%s", f.first, diff)
	}
}
