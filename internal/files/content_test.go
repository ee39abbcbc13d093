//go:build unix

package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/internal/files"
)

func TestRead(t *testing.T) {
	makeTree(t, map[string]string{"a": "12345", "link": "->a", "empty": "", "dir/": ""})
	if err := syscall.Mkfifo("fifo", 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path  string
		max   int64
		want  string
		error string
	}{
		{"a", 5, "12345", ""},
		{"link", 5, "12345", ""},
		{"empty", 0, "", ""},
		{"a", 4, "", "a has 5 bytes, more than the limit of 4"},
		{"/proc/self/status", 4, "", "/proc/self/status has 5 bytes, more than the limit of 4"}, // its size is said to be 0
		{"fifo", 9, "", "fifo is a FIFO, not a regular file: leave it out"},
		{"dir", 9, "", "dir is a folder, not a regular file"},
		{"/dev/zero", 9, "", "/dev/zero is a device"},
		{"missing", 9, "", "missing: no such file"},
	} {
		got, err := files.Read(c.path, c.max)
		if string(got) != c.want || (c.error == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.error) {
			t.Errorf("Read(%q, %d) = %q, %v; want %q, %q", c.path, c.max, got, err, c.want, c.error)
		}
	}
	_, err := files.Read("a", 4)
	var large *files.TooLargeError
	if !errors.As(err, &large) || *large != (files.TooLargeError{Path: "a", Size: 5, Max: 4}) {
		t.Errorf("got %#v, want a TooLargeError of 5 bytes", err)
	}
}

// checkContent checks the content of a file, and the names of all files in its folder.
func checkContent(t *testing.T, path, want string, beside ...string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), want %q", path, got, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff(beside, names); diff != "" {
		t.Errorf("the folder of %s (-want +got):\n%s", path, diff)
	}
}

func TestWrite(t *testing.T) {
	for _, mode := range []fs.FileMode{0o600, 0o644, 0o755, 0o666} {
		makeTree(t, map[string]string{"a": "old"})
		if err := os.Chmod("a", mode); err != nil {
			t.Fatal(err)
		}
		if err := files.Write("a", []byte("new"), []byte("old")); err != nil {
			t.Error(err)
		}
		checkContent(t, "a", "new", "a")
		if info, _ := os.Stat("a"); info.Mode() != mode {
			t.Errorf("the mode is %v, want %v", info.Mode(), mode)
		}
	}
}

func TestWriteThroughLinks(t *testing.T) {
	makeTree(t, map[string]string{"real/a": "old", "link": "->second", "second": "->real/a"})
	if err := files.Write("link", []byte("new"), []byte("old")); err != nil {
		t.Error(err)
	}
	checkContent(t, "real/a", "new", "a")
	if target, err := os.Readlink("link"); target != "second" {
		t.Errorf("link leads to %q (%v), want second", target, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, c := range []struct {
		title, path, old string
		prepare          func() error
		want             string
		beside           []string
	}{
		{"changed since", "a", "older", func() error { return nil }, "a changed while it was being judged", []string{"a"}},
		{"read-only", "a", "old", func() error { return os.Chmod("a", 0o444) }, "a is read-only: make it writable", []string{"a"}},
		{"hard links", "a", "old", func() error { return os.Link("a", "b") }, "a has 2 hard links", []string{"a", "b"}},
	} {
		makeTree(t, map[string]string{"a": "old"})
		if err := c.prepare(); err != nil {
			t.Fatal(err)
		}
		err := files.Write(c.path, []byte("new"), []byte(c.old))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.title, err, c.want)
		}
		checkContent(t, c.path, "old", c.beside...)
	}
}

func TestWriteOnlyFiles(t *testing.T) {
	makeTree(t, map[string]string{"dir/": "", "broken": "->nowhere"})
	for path, want := range map[string]string{
		"dir": "dir is a folder", "/dev/null": "/dev/null is a device", "broken": "no such file", "missing": "no such file",
	} {
		if err := files.Write(path, []byte("new"), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Write(%q) gives %v, want %q", path, err, want)
		}
	}
}

func TestWriteInLockedFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	makeTree(t, map[string]string{"dir/a": "old"})
	if err := os.Chmod("dir", 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("dir", 0o755)
	if err := files.Write("dir/a", []byte("new"), []byte("old")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v, want a permission error", err)
	}
	checkContent(t, "dir/a", "old", "a")
}

func TestWriteKeepsOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may give a file away")
	}
	makeTree(t, map[string]string{"a": "old"})
	if err := os.Chown("a", 1234, 4321); err != nil {
		t.Skip(err) // some containers' root may not
	}
	if err := files.Write("a", []byte("new"), []byte("old")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat("a")
	if err != nil {
		t.Fatal(err)
	}
	if stat := info.Sys().(*syscall.Stat_t); stat.Uid != 1234 || stat.Gid != 4321 {
		t.Errorf("the owner is %d:%d, want 1234:4321", stat.Uid, stat.Gid)
	}
}

func TestCreate(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	makeTree(t, map[string]string{"out/there": "old", "out/link": "->../outside", "outside": "kept", "out/dir/": ""})
	for _, name := range []string{"new/deep/a", "there", "link"} {
		if err := files.Create("out", name, []byte("new")); err != nil {
			t.Error(err)
		}
	}
	checkContent(t, "out/new/deep/a", "new", "a")
	checkContent(t, "out/there", "new", "dir", "link", "new", "there")
	checkContent(t, "out/link", "new", "dir", "link", "new", "there")
	checkContent(t, "outside", "kept", "out", "outside")
	if info, _ := os.Stat("out/new/deep/a"); info.Mode() != 0o640 {
		t.Errorf("a new file has mode %v, want 0640", info.Mode())
	}
	if err := files.Create("out", "dir", nil); err == nil || !strings.Contains(err.Error(), "out/dir is a folder") {
		t.Errorf("got %v, want a refusal of the folder", err)
	}
	if err := files.Create("outside", "a", nil); err == nil {
		t.Error("a file below a file was created")
	}
}

// TestCreateStaysBelow asserts that neither a link to a folder nor dots lead out of
// the folder.
func TestCreateStaysBelow(t *testing.T) {
	makeTree(t, map[string]string{"out/up": "->../elsewhere", "out/in": "->real", "out/real/": "", "out/loop": "->loop", "elsewhere/": ""})
	if err := files.Create("out", "in/a", []byte("new")); err != nil {
		t.Error(err)
	}
	checkContent(t, "out/real/a", "new", "a")
	for _, name := range []string{"up/a", "up/b/a", "../a", "in/../../a", "/tmp/a", "loop/a"} {
		if err := files.Create("out", name, nil); err == nil || !strings.Contains(err.Error(), "was not written: ") {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
	checkContent(t, "out/real/a", "new", "a")
	if entries, err := os.ReadDir("elsewhere"); err != nil || len(entries) > 0 {
		t.Errorf("elsewhere holds %v (%v)", entries, err)
	}
}

func TestWriteLongName(t *testing.T) {
	long := strings.Repeat("x", 255) // the temporary file's name would be longer
	makeTree(t, map[string]string{long: "old"})
	if err := files.Write(long, []byte("new"), []byte("old")); err == nil || !strings.Contains(err.Error(), "left unchanged") {
		t.Error(err)
	}
	checkContent(t, long, "old", long)
}
