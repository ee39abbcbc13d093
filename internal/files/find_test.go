//go:build unix

package files_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/files"
)

// makeTree makes files in a new folder and changes into it. A name that ends in /
// is a folder, a content that begins with -> is a link.
func makeTree(t *testing.T, content map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range content {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, link := strings.CutPrefix(text, "->"); link {
			err = os.Symlink(target, name)
		} else if !strings.HasSuffix(name, "/") {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mustFind returns the paths of Find, which must give no error.
func mustFind(t *testing.T, opt files.Options, paths ...string) []string {
	t.Helper()
	list, errs := files.Find(paths, opt)
	if len(errs) > 0 {
		t.Errorf("Find(%q): %v", paths, errs)
	}
	var names []string
	for _, f := range list {
		names = append(names, f.Path)
	}
	return names
}

func TestFind(t *testing.T) {
	makeTree(t, map[string]string{
		"b.yaml": "", "a/z.yml": "", "a/b/pod.manifest": "", "a/.hidden.json": "", "a/c.yaml.bak": "", "README.md": "",
		"yaml": "", "kube.yaml.in": "", "noext": "", ".git/config.yaml": "", "a/sub/.git": "gitdir: x", "a/sub/s.yaml": "",
		".gitignore": "ignored*\n", "ignored.yaml": "", "ignored/x.yaml": "", "Dockerfile": "",
		"X.YAML": "", // endings are as listed
	})
	abs, _ := filepath.Abs("a/z.yml")
	for _, c := range []struct {
		title string
		opt   files.Options
		paths []string
		want  []string
	}{
		{"folder", files.Options{}, []string{"."}, []string{"a/.hidden.json", "a/b/pod.manifest", "a/sub/s.yaml", "a/z.yml", "b.yaml", "kube.yaml.in"}},
		{"ignored too", files.Options{NoIgnore: true}, []string{"."}, []string{"a/.hidden.json", "a/b/pod.manifest", "a/sub/s.yaml", "a/z.yml", "b.yaml", "ignored.yaml", "ignored/x.yaml", "kube.yaml.in"}},
		{"more names", files.Options{Include: []string{"Dock*", "*.md"}}, []string{"."}, []string{"Dockerfile", "README.md", "a/.hidden.json", "a/b/pod.manifest", "a/sub/s.yaml", "a/z.yml", "b.yaml", "kube.yaml.in"}},
		{"a file with any name", files.Options{}, []string{"noext", "ignored.yaml", "ignored/x.yaml"}, []string{"ignored.yaml", "ignored/x.yaml", "noext"}},
		{"a given folder that is ignored", files.Options{NoIgnore: true}, []string{"ignored"}, []string{"ignored/x.yaml"}},
		{"each once, by its first path", files.Options{}, []string{"a/z.yml", "./a", "a/../a/z.yml", abs}, []string{"a/.hidden.json", "a/b/pod.manifest", "a/sub/s.yaml", "a/z.yml"}},
		{"as given", files.Options{}, []string{"./b.yaml"}, []string{"./b.yaml"}},
		{"nothing", files.Options{}, nil, nil},
	} {
		if diff := cmp.Diff(c.want, mustFind(t, c.opt, c.paths...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestFindLinks(t *testing.T) {
	makeTree(t, map[string]string{
		"in/z.yaml": "", "in/a.yaml": "->z.yaml", "in/renamed.yaml": "->sub/odd", "in/sub/odd": "", "in/folder.yaml": "->sub",
		"in/out.yaml": "->../outside.yaml", "in/broken.yaml": "->nowhere", "in/loop.yaml": "->loop.yaml", "in/git.yaml": "->.git/x",
		"in/.git/x": "", "outside.yaml": "", "link": "->in", "given": "->outside.yaml", "in/up": "->..",
	})
	for _, c := range []struct {
		title string
		paths []string
		want  []string
	}{
		{"links to files inside", []string{"in"}, []string{"in/renamed.yaml", "in/z.yaml"}},
		{"a given link to a folder", []string{"link"}, []string{"link/renamed.yaml", "link/z.yaml"}},
		{"a given link to a file", []string{"given"}, []string{"given"}},
		{"both names of a folder", []string{"link", "in"}, []string{"link/renamed.yaml", "link/z.yaml"}},
		{"what is given wins", []string{"in", "in/a.yaml"}, []string{"in/a.yaml", "in/renamed.yaml"}},
	} {
		if diff := cmp.Diff(c.want, mustFind(t, files.Options{}, c.paths...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestFindOddFiles(t *testing.T) {
	makeTree(t, map[string]string{"a.yaml": "", "broken.yaml": "->nowhere"})
	if err := syscall.Mkfifo("fifo.yaml", 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", "socket.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if diff := cmp.Diff([]string{"a.yaml"}, mustFind(t, files.Options{}, ".")); diff != "" {
		t.Errorf("in a walk (-want +got):\n%s", diff)
	}
	for path, want := range map[string]string{
		"fifo.yaml":   "fifo.yaml is a FIFO, not a regular file: leave it out",
		"socket.yaml": "socket.yaml is a socket",
		"/dev/null":   "/dev/null is a device",
		"broken.yaml": "broken.yaml is a link to a file that does not exist",
		"missing":     "missing: no such file or directory",
		"":            "no such file or directory",
	} {
		list, errs := files.Find([]string{path, "a.yaml"}, files.Options{})
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("Find(%q) gives %v, want one error with %q", path, errs, want)
		}
		if len(list) != 1 {
			t.Errorf("Find(%q) leaves %d files of the other path, want 1", path, len(list))
		}
	}
}

func TestFindBadInclude(t *testing.T) {
	_, errs := files.Find([]string{"."}, files.Options{Include: []string{"[a"}})
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), `"[a"`) {
		t.Errorf("got %v, want one error that names the pattern", errs)
	}
}

func TestFindUnreadableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	makeTree(t, map[string]string{"a/x.yaml": "", "b/x.yaml": ""})
	if err := os.Chmod("a", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("a", 0o755)
	list, errs := files.Find([]string{"."}, files.Options{})
	if len(errs) != 1 || !errors.Is(errs[0], fs.ErrPermission) || len(list) != 1 {
		t.Errorf("got %v and %v, want one error and the file of the other folder", list, errs)
	}
}
