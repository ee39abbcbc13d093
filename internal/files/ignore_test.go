//go:build unix

package files_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/files"
)

// runGit runs git without the user's and the system's settings.
func runGit(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	cmd := exec.Command("git", args...)
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "XDG_CONFIG_HOME=/nonexistent")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) { // 1: nothing is ignored
		t.Fatalf("git %q: %v", args, err)
	}
	return string(out)
}

// keptByGit returns the paths that git check-ignore does not list.
func keptByGit(t *testing.T, paths []string) []string {
	ignored := strings.Split(runGit(t, strings.Join(paths, "\x00"), "check-ignore", "--no-index", "-z", "--stdin"), "\x00")
	var out []string
	for _, p := range paths {
		if !slices.Contains(ignored, p) {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

var ignoreTree = []string{
	"a.yaml", "b.yaml", "keep.yaml", "#x.yaml", "!x.yaml", "two words.yaml", "é.yaml",
	"build/a.yaml", "build/keep.yaml", "build/deep/a.yaml", "src/build/a.yaml", "src/a.yaml", "src/b/a.yaml",
	"foo/bar/a.yaml", "foo/x/bar/a.yaml", "foo/x/y/bar/b.yaml", "foo/keep.yaml", "foo.yaml", "food/a.yaml", "x/foo/a.yaml",
}

// plantIgnoreTree makes a repository with the files of ignoreTree and some files
// with rules.
func plantIgnoreTree(t *testing.T, ignore map[string]string) {
	t.Helper()
	content := map[string]string{}
	for _, p := range ignoreTree {
		content[p] = ""
	}
	for name, text := range ignore {
		if name != ".git/info/exclude" {
			content[name] = text
		}
	}
	makeTree(t, content)
	runGit(t, "", "init", "-q", "--template=")
	if text, ok := ignore[".git/info/exclude"]; ok {
		if err := errors.Join(os.MkdirAll(".git/info", 0o755), os.WriteFile(".git/info/exclude", []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestIgnoreAsGit(t *testing.T) {
	for _, c := range []struct {
		ignore map[string]string
		some   string // one that must be left out, so that the case is not empty
	}{
		{map[string]string{".gitignore": "build\n"}, "src/build/a.yaml"},
		{map[string]string{".gitignore": "build/\n"}, "build/deep/a.yaml"},
		{map[string]string{".gitignore": "/build\n"}, "build/a.yaml"},
		{map[string]string{".gitignore": "build/*\n!build/keep.yaml\n"}, "build/a.yaml"},
		{map[string]string{".gitignore": "build\n!build/keep.yaml\n"}, "build/keep.yaml"}, // too late: the folder is out
		{map[string]string{".gitignore": "*.yaml\n!/keep.yaml\n"}, "a.yaml"},
		{map[string]string{".gitignore": "*.yaml\n!build/\n"}, "build/a.yaml"}, // frees the folder, not its files
		{map[string]string{".gitignore": "/*\n!/src\n"}, "a.yaml"},
		{map[string]string{".gitignore": "foo/**\n!foo/keep.yaml\n"}, "foo/bar/a.yaml"},
		{map[string]string{".gitignore": "foo/**/bar\n"}, "foo/x/y/bar/b.yaml"},
		{map[string]string{".gitignore": "**/foo\n"}, "x/foo/a.yaml"},
		{map[string]string{".gitignore": "foo**\n"}, "food/a.yaml"},
		{map[string]string{".gitignore": "[!b-f].yaml\n*é*\n"}, "a.yaml"},
		{map[string]string{".gitignore": "?.yaml\né*\n"}, "a.yaml"},
		{map[string]string{".gitignore": "# all\n\n\\#x.yaml\n\\!x.yaml\n"}, "#x.yaml"},
		{map[string]string{".gitignore": "two words.yaml   \n"}, "two words.yaml"},
		{map[string]string{".gitignore": "\xef\xbb\xbfbuild\r\na.yaml\r\n"}, "a.yaml"},
		{map[string]string{".gitignore": "src/b\n"}, "src/b/a.yaml"},
		{map[string]string{".gitignore": "a.yaml\n", "src/.gitignore": "!a.yaml\n"}, "build/a.yaml"},
		{map[string]string{"src/.gitignore": "/a.yaml\nb/\n"}, "src/b/a.yaml"},
		{map[string]string{".git/info/exclude": "a.yaml\nbuild\n", ".gitignore": "!src/a.yaml\n"}, "build/a.yaml"},
	} {
		plantIgnoreTree(t, c.ignore)
		got := mustFind(t, files.Options{}, ".")
		if diff := cmp.Diff(keptByGit(t, ignoreTree), got); diff != "" {
			t.Errorf("%q (-git +got):\n%s", c.ignore, diff)
		}
		if slices.Contains(got, c.some) {
			t.Errorf("%q does not leave out %s", c.ignore, c.some)
		}
		for _, folder := range []string{"src", "foo/x", "build"} { // rules above the given folder hold
			want := slices.DeleteFunc(keptByGit(t, ignoreTree), func(p string) bool { return !strings.HasPrefix(p, folder+"/") })
			if diff := cmp.Diff(want, mustFind(t, files.Options{}, folder), cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Errorf("%q in %s (-git +got):\n%s", c.ignore, folder, diff)
			}
		}
	}
}

// TestIgnoreTops asserts that a repository inside of another has its own rules only,
// and that without a repository the given folder is the top.
func TestIgnoreTops(t *testing.T) {
	plantIgnoreTree(t, map[string]string{".gitignore": "a.yaml\n", "src/.gitignore": "/b\n"})
	if err := os.Mkdir("src/.git", 0o755); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"src/a.yaml", "src/build/a.yaml"}, mustFind(t, files.Options{}, "src")); diff != "" {
		t.Errorf("inner repository (-want +got):\n%s", diff)
	}
	if got := mustFind(t, files.Options{}, "."); slices.Contains(got, "a.yaml") || !slices.Contains(got, "src/a.yaml") {
		t.Errorf("outer repository: got %q, want src/a.yaml without a.yaml", got)
	}
	makeTree(t, map[string]string{"x/.gitignore": "/a.yaml\n", "x/a.yaml": "", "x/b.yaml": "", ".gitignore": "*.yaml\n"})
	if diff := cmp.Diff([]string{"x/b.yaml"}, mustFind(t, files.Options{}, "x")); diff != "" {
		t.Errorf("no repository (-want +got):\n%s", diff)
	}
}

// TestIgnoreLinkedRules asserts that a link named .gitignore is not followed, as in
// git.
func TestIgnoreLinkedRules(t *testing.T) {
	makeTree(t, map[string]string{"rules": "*.yaml\n", ".gitignore": "->rules", "a.yaml": ""})
	if diff := cmp.Diff([]string{"a.yaml"}, mustFind(t, files.Options{}, ".")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestIgnoreRandom compares random rules with git. The few differences come from
// rules with several `**`, which go-git reads in its own way: 2 of 14,400 paths in
// ten times as many rounds.
func TestIgnoreRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	parts := []string{"a", "b", "c", "*", "?", "**", "a*", "[ab]", "[!a]", "*.yaml", "x.yaml"}
	rule := func() string {
		var names []string
		for range 1 + r.IntN(3) {
			names = append(names, parts[r.IntN(len(parts))])
		}
		out := strings.Join(names, "/")
		for _, extra := range []string{"/", "!"} {
			if r.IntN(4) == 0 {
				out = extra + out
			}
		}
		if r.IntN(4) == 0 {
			out += "/"
		}
		return out + "\n"
	}
	var paths []string
	for _, dir := range []string{"", "a/", "b/", "a/b/", "a/b/c/", "c/a/", "ab/a/b/", "c/c/a/"} {
		for _, base := range []string{"x.yaml", "a.yaml", "b.yml"} {
			paths = append(paths, dir+base)
		}
	}
	total, wrong := 0, 0
	for range 60 {
		content := map[string]string{}
		for _, p := range paths {
			content[p] = ""
		}
		for _, folder := range []string{"", "a/", "a/b/"} {
			for range r.IntN(4) {
				content[folder+".gitignore"] += rule()
			}
		}
		makeTree(t, content)
		runGit(t, "", "init", "-q", "--template=")
		got := mustFind(t, files.Options{}, ".")
		want := keptByGit(t, paths)
		for _, p := range paths {
			total++
			if slices.Contains(got, p) != slices.Contains(want, p) {
				wrong++
				t.Logf("%q is kept by git: %v; rules %q, a %q, a/b %q", p, slices.Contains(want, p), content[".gitignore"], content["a/.gitignore"], content["a/b/.gitignore"])
			}
		}
	}
	t.Logf("%d of %d paths differ from git", wrong, total)
	if 1000*wrong > total {
		t.Errorf("%d of %d paths differ from git, at most 1 in 1000 may", wrong, total)
	}
}
