package validate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/validate"
)

// started holds the words, environment and directory of the stub program, as it
// writes them to the file named by RECORD.
type started struct {
	Argv, Env []string
	Dir       string
}

// TestMain makes the test binary the stub program when it runs under that name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "stub" {
		stub()
		return
	}
	os.Exit(m.Run())
}

func stub() {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	data, err := json.Marshal(started{os.Args, os.Environ(), dir})
	if err == nil {
		err = os.WriteFile(os.Getenv("RECORD"), data, 0o600)
	}
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString("out\n")
	os.Stderr.WriteString("err\n")
}

// TestConfirm runs the table under real shells: they must start the program
// with the same words and environment, and its output must arrive in the same
// places.
func TestConfirm(t *testing.T) {
	for name, command := range map[string][]string{
		"dash": {"dash"}, "bash": {"bash"}, "bash as sh": {"bash", "--posix"}, "busybox": {"busybox", "sh"}, "mksh": {"mksh"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(command[0]); err != nil {
				if os.Getenv("REQUIRE_SHELLS") != "" {
					t.Fatal(err)
				}
				t.Skip(err)
			}
			for _, tt := range runs {
				if tt.bash && name != "bash" {
					continue
				}
				t.Run(tt.script, func(t *testing.T) { confirmScript(t, command, tt.script, tt.env) })
			}
		})
	}
}

// confirmScript runs one script both ways.
func confirmScript(t *testing.T, shell []string, script string, env []string) {
	dir, err := os.MkdirTemp("", "validate") // t.TempDir has the script in its name
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	stub, record := filepath.Join(dir, "stub"), filepath.Join(dir, "record")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, stub); err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("@DIR", dir, "@PROG", stub).Replace(script)
	env = append([]string{"PATH=" + os.Getenv("PATH"), "RECORD=" + record, "GOCOVERDIR=" + dir}, env...)
	want, err := validate.Execute(context.Background(), validate.Script{Shell: shell[0], Text: text, Env: env})
	if err != nil {
		t.Fatal(err)
	}
	before := map[string][]string{} // place → lines
	for _, s := range []validate.Stream{want.Stdout, want.Stderr} {
		if s.Kind == invocation.ToFile {
			before[s.Path] = []string{"old"}
			if err := os.WriteFile(s.Path, []byte("old\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	places := runShell(t, append(shell, "-c", text), env, before)
	if diff := cmp.Diff(expectedLines(want), places); diff != "" {
		t.Errorf("output (-validate +shell):\n%s", diff)
	}
	if want.Dir == "" {
		want.Dir = "/" // where runShell starts the shell
	}
	if diff := cmp.Diff(started{want.Argv, want.Env, want.Dir}, readRecord(t, record, env)); diff != "" {
		t.Errorf("started (-validate +shell):\n%s", diff)
	}
}

// runShell runs the script and returns the lines at each place, sorted.
func runShell(t *testing.T, argv, env []string, files map[string][]string) map[string][]string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	var out, err bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.Dir = env, &out, &err, "/"
	if e := cmd.Run(); e != nil {
		t.Fatalf("%v: %s", e, err.String())
	}
	places := map[string][]string{"stdout": lines(out.String()), "stderr": lines(err.String())}
	for name := range files {
		data, e := os.ReadFile(name)
		if e != nil {
			t.Fatal(e)
		}
		places[name] = lines(string(data))
	}
	return places
}

func lines(s string) []string {
	list := strings.Fields(s)
	slices.Sort(list)
	return list
}

// expectedLines returns the lines that a run should leave at each place.
func expectedLines(r validate.Run) map[string][]string {
	places := map[string][]string{"stdout": {}, "stderr": {}}
	add := func(place, line string) { places[place] = append(places[place], line) }
	for line, s := range map[string]validate.Stream{"out": r.Stdout, "err": r.Stderr} {
		switch s.Kind {
		case invocation.ToStdout:
			add("stdout", line)
		case invocation.ToStderr:
			add("stderr", line)
		case invocation.ToFile:
			if s.Append && places[s.Path] == nil {
				add(s.Path, "old")
			}
			add(s.Path, line)
			if s.Tee {
				add("stdout", line)
			}
		}
	}
	for _, list := range places {
		slices.Sort(list)
	}
	return places
}

// readRecord returns the record of the stub program, without the environment that was given
// to it and the variables that shells add.
func readRecord(t *testing.T, record string, env []string) started {
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	var s started
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	s.Env = slices.DeleteFunc(s.Env, func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(env, pair) || slices.Contains([]string{"PWD", "OLDPWD", "SHLVL", "_"}, name)
	})
	slices.Sort(s.Env)
	if len(s.Env) == 0 {
		s.Env = nil
	}
	return s
}
