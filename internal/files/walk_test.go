//go:build unix

package files_test

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/files"
)

// TestAllWhileWalking asserts that the files of one folder are yielded during the
// walk, and with Whole only after it.
func TestAllWhileWalking(t *testing.T) {
	for _, whole := range []bool{false, true} {
		makeTree(t, map[string]string{"a/x.yaml": "", "b/x.yaml": ""})
		var got []string
		for f, err := range files.All([]string{"."}, files.Options{Whole: whole}) {
			if err == nil && len(got) == 0 {
				err = os.WriteFile("b/new.yaml", nil, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Path)
		}
		if seen := slices.Contains(got, "b/new.yaml"); seen == whole {
			t.Errorf("with Whole: %v it yields %q", whole, got)
		}
	}
}

// TestAllStops asserts that the search ends when the loop over it breaks, at a file
// and at an error.
func TestAllStops(t *testing.T) {
	makeTree(t, map[string]string{"a/x.yaml": "", "a/y.yaml": "", "b/x.yaml": ""})
	for _, paths := range [][]string{{"."}, {"a", "b"}, {"missing", "a"}, {"missing"}} {
		n := 0
		for range files.All(paths, files.Options{}) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: %d turns, want 1", paths, n)
		}
	}
}

// TestFindLeftovers asserts that temporary files are returned on request, in order,
// each once, and that a link to one is not taken for a manifest.
func TestFindLeftovers(t *testing.T) {
	left := ".web.yaml8061729530163746253"
	makeTree(t, map[string]string{"a/" + left: "", "a/z.yaml": "", "b.yaml": "->a/" + left, "sub/.json": ""})
	for _, paths := range [][]string{{"."}, {".", "a"}} {
		if diff := cmp.Diff([]string{"a/z.yaml", "b.yaml", "sub/.json"}, mustFind(t, files.Options{}, paths...)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", paths, diff)
		}
		list, _ := files.Find(paths, files.Options{Leftovers: true})
		if want := (files.File{Path: "a/" + left, Leftover: true}); len(list) == 0 || list[0] != want {
			t.Errorf("%q: got %v, want %v first", paths, list, want)
		}
	}
}

// TestFindLinkedTargets asserts that a link is taken only if the walk leaves out the
// file that it leads to.
func TestFindLinkedTargets(t *testing.T) {
	for _, c := range []struct {
		title  string
		ignore string
		opt    files.Options
		taken  bool
	}{
		{"walked", "", files.Options{}, false},
		{"ignored", "z.yaml\n", files.Options{}, true},
		{"ignored folder", "/in/deep/\n", files.Options{}, true},
		{"ignored and asked for", "z.yaml\n", files.Options{NoIgnore: true}, false},
		{"freed again", "*.yaml\n!a.yaml\n!z.yaml\n", files.Options{}, false},
		{"excluded", "", files.Options{Exclude: func(path string) bool { return path == "in/deep/z.yaml" }}, true},
		{"excluded folder", "", files.Options{Exclude: func(path string) bool { return path == "in/deep" }}, true},
	} {
		makeTree(t, map[string]string{"in/deep/z.yaml": "", "in/a.yaml": "->deep/z.yaml", "in/b/a.yaml": "->../deep/z.yaml", ".gitignore": c.ignore, ".git/": ""})
		want := []string{"in/deep/z.yaml"}
		if c.taken {
			want = []string{"in/a.yaml"} // once, though there are two
		}
		if diff := cmp.Diff(want, mustFind(t, c.opt, "in")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

// TestFindLinkIntoUnreadable asserts that a link to a file in a folder that can't be
// listed is taken.
func TestFindLinkIntoUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	makeTree(t, map[string]string{"a.yaml": "->deep/z.yaml", "deep/z.yaml": ""})
	if err := os.Chmod("deep", 0o111); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("deep", 0o755)
	list, errs := files.Find([]string{"."}, files.Options{})
	if len(errs) != 1 || len(list) != 1 || list[0].Path != "a.yaml" {
		t.Errorf("got %v and %v, want an error and the link", list, errs)
	}
}

// TestFindRandom compares Find with a simple walk, over trees of names whose order
// changes when a separator follows them.
func TestFindRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	names := []string{"a", "a-", "a.yaml", "a.yaml-b", "a.yaml0", "b.json", "odd", "Z", "é.yml"}
	links := 0
	for range 300 {
		content := map[string]string{}
		for range 2 + r.IntN(12) {
			path := names[r.IntN(len(names))]
			for range r.IntN(3) {
				path = filepath.Join("d"+names[r.IntN(len(names))], path)
			}
			content[path] = ""
			if r.IntN(3) == 0 {
				content[path] = "->" + strings.Repeat("../", strings.Count(path, "/")) + names[r.IntN(len(names))]
				links++
			}
		}
		makeTree(t, content)
		want := expectedFiles(t)
		for _, opt := range []files.Options{{}, {Whole: true}} {
			if diff := cmp.Diff(want, mustFind(t, opt, ".")); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", content, diff)
			}
		}
		if diff := cmp.Diff(want, mustFind(t, files.Options{}, ".", ".")); diff != "" {
			t.Fatalf("%q, given twice (-want +got):\n%s", content, diff)
		}
	}
	if links < 100 {
		t.Errorf("%d links are no test of them", links)
	}
}

// expectedFiles returns the files below the working folder that have a manifest's
// name, and those that only links lead to, sorted by path.
func expectedFiles(t *testing.T) []string {
	t.Helper()
	top, err := filepath.EvalSymlinks(must(os.Getwd()))
	if err != nil {
		t.Fatal(err)
	}
	var walked, linked []string
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if files.IsManifestName(path) && d.Type().IsRegular() {
			walked = append(walked, path)
		} else if files.IsManifestName(path) && d.Type()&fs.ModeSymlink != 0 {
			linked = append(linked, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(linked)
	seen := map[string]bool{}
	for _, path := range walked {
		seen[filepath.Join(top, path)] = true
	}
	for _, path := range linked {
		real, err := filepath.EvalSymlinks(filepath.Join(top, path))
		if err != nil || seen[real] {
			continue
		}
		if info, err := os.Stat(real); err == nil && info.Mode().IsRegular() {
			seen[real] = true
			walked = append(walked, path)
		}
	}
	slices.Sort(walked)
	return walked
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
