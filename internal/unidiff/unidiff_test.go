package unidiff_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/unidiff"
)

func TestDiff(t *testing.T) {
	for _, c := range []struct{ title, before, after, want string }{
		{"equal", "a\n", "a\n", ""},
		{"both empty", "", "", ""},
		{"one line", "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
		{"from empty", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
		{"to empty", "a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{"no newline before", "a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"no newline after", "a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
		{"none in the context", "x\na", "y\na", "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n"},
		{"CR is part of a line", "a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
		{"three lines of context", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
			"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n"},
		{"inserted", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nX\n5\n", "@@ -2,4 +2,5 @@\n 2\n 3\n 4\n+X\n 5\n"},
		{"six lines between are one hunk", "a\n1\n2\n3\n4\n5\n6\nb\n", "1\n2\n3\n4\n5\n6\nB\n",
			"@@ -1,8 +1,7 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
		{"seven are two", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nB\n",
			"@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n@@ -6,4 +5,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
	} {
		if c.want != "" {
			c.want = "--- a/x\n+++ b/x\n" + c.want
		}
		got := string(unidiff.Diff("a/x", "b/x", []byte(c.before), []byte(c.after)))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestDiffNames(t *testing.T) {
	for name, want := range map[string]string{
		"dir/x.yaml": "--- a/dir/x.yaml\n+++ b/new/dir/x.yaml\n",
		"two words":  "--- a/two words\t\n+++ b/new/two words\t\n",
		"é":          `--- "a/\303\251"` + "\n" + `+++ "b/new/\303\251"` + "\n",
		"a\"b\\c\t d\n\x01\x7f": `--- "a/a\"b\\c\t d\n\001\177"` + "\t\n" +
			`+++ "b/new/a\"b\\c\t d\n\001\177"` + "\t\n",
	} {
		got := unidiff.Diff("a/"+name, "b/new/"+name, nil, []byte("x\n"))
		if diff := cmp.Diff(want+"@@ -0,0 +1 @@\n+x\n", string(got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", name, diff)
		}
	}
}

// More lines than go-diff can tell apart are one replaced part, not a panic.
func TestDiffOfTooManyLines(t *testing.T) {
	var before, after bytes.Buffer
	for i := range 600_000 {
		fmt.Fprintf(&before, "a%d\n", i)
		fmt.Fprintf(&after, "b%d\n", i)
	}
	got := unidiff.Diff("x", "x", before.Bytes(), after.Bytes())
	if want := "@@ -1,600000 +1,600000 @@\n-a0\n-a1\n"; !bytes.Contains(got, []byte(want)) {
		t.Errorf("the diff begins with %q, want %q", got[:60], want)
	}
	if n := bytes.Count(got, []byte("\n")); n != 1_200_003 {
		t.Errorf("the diff has %d lines, want 1200003", n)
	}
}

// repository is an empty git repository to apply diffs in.
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T) repository {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := repository{t, t.TempDir()}
	r.runGit(nil, "init", "-q")
	return r
}

func (r repository) runGit(stdin []byte, args ...string) {
	r.t.Helper()
	git := exec.Command("git", append([]string{"-c", "core.autocrlf=false"}, args...)...)
	git.Dir, git.Stdin = r.dir, bytes.NewReader(stdin)
	git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CEILING_DIRECTORIES="+filepath.Dir(r.dir))
	if out, err := git.CombinedOutput(); err != nil {
		r.t.Fatalf("git %s: %v\n%s\nstdin:\n%q", strings.Join(args, " "), err, out, stdin)
	}
}

// contents returns the text of each file. git may remove a file that becomes
// empty, since a patch without a date can't tell an empty file from a missing one.
func (r repository) contents(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		text, err := os.ReadFile(filepath.Join(r.dir, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			r.t.Fatal(err)
		}
		out[i] = string(text)
	}
	return out
}

// randomText returns up to 40 lines with the given line end, few of them distinct.
func randomText(r *rand.Rand, end string) string {
	words := []string{"", "a", "b", "- x", "-- x", "++ y", "@@ -1 +1 @@", `\ No newline at end of file`, " ", "é", "\xff", "\t", "--- a/f"}
	var b strings.Builder
	for range r.IntN(40) {
		b.WriteString(words[r.IntN(len(words))] + end)
	}
	return b.String()
}

// mutateText changes a few lines, and sometimes the end of the text.
func mutateText(r *rand.Rand, text, end string) string {
	all := strings.SplitAfter(text, end)
	for range 1 + r.IntN(4) {
		i := r.IntN(len(all))
		switch r.IntN(3) {
		case 0:
			all[i] = "new" + end
		case 1:
			all[i] = ""
		default:
			all[i] += randomText(r, end)
		}
	}
	return strings.Join(all, "")
}

func TestGitApply(t *testing.T) {
	repo := newRepository(t)
	r := rand.New(rand.NewPCG(1, 2))
	ends := []string{"\n", "\r\n", "\r"}
	names := []string{"plain", "two words", "é.yaml", `quote".yaml`, `back\slash`, "-dash", "tab\t.yaml", "sub/dir/x", "last blank "}
	var patch bytes.Buffer
	var all, before, after []string
	for i := range 400 {
		end := ends[i%len(ends)]
		name := fmt.Sprintf("%d/%s", i, names[i%len(names)])
		old := randomText(r, end)
		changed := mutateText(r, old, end)
		if r.IntN(3) == 0 {
			old = strings.TrimSuffix(old, end)
		}
		if r.IntN(3) == 0 {
			changed = strings.TrimSuffix(changed, end)
		}
		path := filepath.Join(repo.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(old), 0o644)); err != nil {
			t.Fatal(err)
		}
		patch.Write(unidiff.Diff("a/"+name, "b/"+name, []byte(old), []byte(changed)))
		all, before, after = append(all, name), append(before, old), append(after, changed)
	}
	repo.runGit(patch.Bytes(), "apply", "-")
	if diff := cmp.Diff(after, repo.contents(all)); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
	repo.runGit(patch.Bytes(), "apply", "-R", "-")
	if diff := cmp.Diff(before, repo.contents(all)); diff != "" {
		t.Errorf("reverted (-want +got):\n%s", diff)
	}
}

// numberedLines returns n distinct lines; those that replaced picks are changed.
func numberedLines(n int, replaced func(i int) bool) []byte {
	var b bytes.Buffer
	for i := range n {
		if replaced(i) {
			b.WriteString("new ")
		}
		fmt.Fprintf(&b, "line %d\n", i)
	}
	return b.Bytes()
}

func BenchmarkDiff(b *testing.B) {
	for _, c := range []struct {
		name     string
		lines    int
		replaced func(i int) bool
	}{
		{"100k lines, one changed", 100_000, func(i int) bool { return i == 50_000 }},
		{"100k lines, two far ones", 100_000, func(i int) bool { return i == 100 || i == 99_900 }},
		{"3k lines, all changed", 3_000, func(int) bool { return true }},
		{"100k lines, all changed", 100_000, func(int) bool { return true }},
		{"100k lines, each tenth", 100_000, func(i int) bool { return i%10 == 0 }},
	} {
		before, after := numberedLines(c.lines, func(int) bool { return false }), numberedLines(c.lines, c.replaced)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(before) + len(after)))
			b.ReportAllocs()
			for b.Loop() {
				unidiff.Diff("x", "x", before, after)
			}
		})
	}
}
