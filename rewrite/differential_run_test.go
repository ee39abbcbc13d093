package rewrite_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// variable is an entry of a container's env with a literal value.
type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// trial is one shell command in a manifest. DIR stands for the folder that it
// runs in wherever a path is needed.
type trial struct {
	shell  []string // the items up to the script
	script string
	env    []variable
	site   string // a site of the findings; "" is container
	split  bool   // the script stands in args
	indent bool   // the manifest has lines
	filled bool   // the log files hold something before
	dir    string // workingDir; "" is the folder
	sink   string // of a random trial
	fills  []filling
}

// filling is how a placeholder of a trial is filled, in a script and in an array.
type filling struct{ placeholder, script, array string }

// fill fills the placeholders of a trial's script, as before a migration.
func (c trial) fill() trial {
	for _, f := range c.fills {
		c.script = strings.ReplaceAll(c.script, f.placeholder, f.script)
	}
	return c
}

// fillArrays fills the placeholders of a manifest, as after a migration.
func (c trial) fillArrays(manifest []byte) []byte {
	for _, f := range c.fills {
		manifest = bytes.ReplaceAll(manifest, []byte(f.placeholder), []byte(f.array))
	}
	return manifest
}

// prior is what a log file holds before in a filled trial.
const prior = "from the start before\n"

// logs are the names of the log files that a trial may fill, below DIR/log.
var logs = []string{"a.log", "b c.log", "é.log", "pod-0.log"}

// outcome is what one run of a command left behind.
type outcome struct {
	Record         string // arguments, environment and folder, once per start
	Stdout, Stderr string
	Files          map[string]string // below DIR/log
	Status         int
}

// bench is a folder to run commands in, one at a time.
type bench struct {
	dir    string
	engine differentialEngine
}

// newBench makes a folder with the programs as bin/prog, bin/kube-scheduler and
// go-runner, and with files that a pattern could match.
func newBench(t *testing.T, p programs, dir string) bench {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, program := range map[string]string{"bin/prog": p.stub, "bin/kube-scheduler": p.klog, "go-runner": p.runner, "a": "", "b1": "", "x=1": ""} {
		var text []byte
		if program != "" {
			var err error
			if text, err = os.ReadFile(program); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bench{dir: dir, engine: newDifferentialEngine(t, filepath.Join(dir, "go-runner"))}
}

// place puts the bench's folder into a trial.
func (b bench) place(c trial) trial {
	c.script = strings.ReplaceAll(c.script, "DIR", b.dir)
	c.env = slices.Clone(c.env)
	for i := range c.env {
		c.env[i].Value = strings.ReplaceAll(c.env[i].Value, "DIR", b.dir)
	}
	return c
}

// start is an array to run; the shell's name has become a path.
type start struct {
	title string
	argv  []string
}

// before returns the old array as each shell that its shell's name can mean
// would be started.
func (b bench) before(c trial, shells []realShell) []start {
	var starts []start
	at := slices.IndexFunc(c.shell, func(item string) bool { return slices.Contains(shellNames, path.Base(item)) })
	if at < 0 {
		return nil
	}
	for _, s := range shells {
		if !s.isStarted(c.shell, at) {
			continue
		}
		argv := append(slices.Clone(c.shell), c.script)
		argv = c.expand(argv)
		argv[at] = s.path(argv[at])
		starts = append(starts, start{s.name, argv})
	}
	return starts
}

// run starts an array with the trial's environment and no shell of its own.
func (b bench) run(c trial, argv []string) (outcome, error) {
	if err := b.clean(c); err != nil {
		return outcome{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, b.lookup(argv[0]), argv[1:]...)
	cmd.Args[0] = argv[0]
	cmd.Dir, cmd.Env = cmp.Or(c.dir, b.dir), append(c.processEnv(), "PATH="+b.dir+"/bin:/usr/bin:/bin")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		return outcome{}, fmt.Errorf("%q: %w", argv, err)
	}
	o := outcome{Stdout: stdout.String(), Stderr: stderr.String(), Status: cmd.ProcessState.ExitCode(), Files: map[string]string{}}
	err = b.collect(&o)
	return withoutOwnLines(o, argv), err
}

func (b bench) lookup(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	for _, dir := range []string{b.dir + "/bin", "/usr/bin", "/bin"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name)
		}
	}
	return filepath.Join(b.dir, "bin", name)
}

func (b bench) clean(c trial) error {
	dir := filepath.Join(b.dir, "log")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, name := range logs {
		if c.filled {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(prior), 0o644); err != nil {
				return err
			}
		}
	}
	err := os.Remove(filepath.Join(b.dir, "bin", "record"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// collect reads the stub's record and the log files.
func (b bench) collect(o *outcome) error {
	record, err := os.ReadFile(filepath.Join(b.dir, "bin", "record"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	o.Record = comparable(string(record))
	entries, err := os.ReadDir(filepath.Join(b.dir, "log"))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			o.Files[e.Name()] = pipeFile
			continue
		}
		text, err := os.ReadFile(filepath.Join(b.dir, "log", e.Name()))
		if err != nil {
			return err
		}
		o.Files[e.Name()] = string(text)
	}
	return nil
}

// pipeFile stands for the content of a named pipe.
const pipeFile = "(a named pipe)"

// shellVariable is an entry of the environment that a shell can hold as a
// variable. Others (my.var) reach a program past bash, and not past dash,
// busybox and mksh.
var shellVariable = regexp.MustCompile(`^env "[A-Za-z_][A-Za-z0-9_]*=`)

// comparable sorts the environment of a record and leaves out what shells set
// for themselves and what not all of them pass on.
func comparable(record string) string {
	lines := strings.SplitAfter(record, "\n")
	var env, rest []string
	for _, line := range lines {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, `env "`), "=")
		switch {
		case !strings.HasPrefix(line, "env "):
			rest = append(rest, line)
		case shellVariable.MatchString(line) && !slices.Contains([]string{"PWD", "OLDPWD", "SHLVL", "_"}, name):
			env = append(env, line)
		}
	}
	slices.Sort(env)
	return strings.Join(append(rest, env...), "")
}
