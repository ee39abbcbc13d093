package rewrite_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"shellfree/rewrite"
)

// judged is a trial after the comparison.
type judged struct {
	finding rewrite.Finding
	fixed   bool
	started bool   // the exec form found its program
	problem string // what disagrees, with all that is needed to see why; "" for nothing
}

// judge converts a trial and, where the engine does, runs the old array under
// each shell that it can mean and the new one without any, and compares them.
func (b bench) judge(c trial, sink string, shells []realShell) (judged, error) {
	c = b.place(c)
	got, err := c.convert(b.engine[sink])
	if err != nil || got.text == nil {
		return judged{finding: got.finding}, err
	}
	j := judged{finding: got.finding, fixed: true}
	after, err := b.run(got.trial, got.trial.expand(got.argv))
	if err != nil {
		return j, err
	}
	j.started = after.Record != ""
	if sink == "klog" {
		after = withoutKlog(after)
	}
	for _, s := range b.before(c.fill(), shells) {
		before, err := b.run(c, s.argv)
		if err != nil {
			return j, err
		}
		if diff := disagreement(before, after, got.finding); diff != "" {
			j.problem += fmt.Sprintf("%s and the exec form disagree (-%s +exec form):\n%s", s.title, s.title, diff)
		}
	}
	if j.problem != "" {
		j.problem = strings.ReplaceAll(j.problem+b.shown(c, got), b.dir, "DIR")
	}
	return j, nil
}

// shown prints a trial with both manifests.
func (b bench) shown(c trial, got converted) string {
	text, _ := c.manifest()
	return fmt.Sprintf("script: %s\nfilled: %q\nenvironment: %q\nbefore: %s\nafter: %s\nreview: %q\nnotes: %q\n",
		c.script, c.fills, c.processEnv(), text, got.text, got.finding.Sentences(), got.finding.Notes)
}

// TestDifferential runs what the table lists, with empty and with filled log
// files, and expects of each trial that it is converted or refused as listed.
func TestDifferential(t *testing.T) {
	shells := realShells(t)
	b := newBench(t, buildPrograms(t), t.TempDir())
	for _, c := range differentialTable() {
		t.Run(c.title, func(t *testing.T) {
			for _, c.trial.filled = range []bool{false, true} {
				j, err := b.judge(c.trial, c.sink, shells)
				if err != nil {
					t.Fatal(err)
				}
				if refused := c.rule == "refused" && !j.fixed; !refused && j.finding.Rule.Code != c.rule {
					t.Errorf("%s %s, want rule %s; script: %s", j.finding.Rule.Code, j.finding.Message, c.rule, c.trial.script)
				}
				if j.problem != "" {
					t.Error(j.problem)
				}
			}
		})
	}
}

// TestShellsDisagree holds scripts that real shells read in different ways:
// what sh is nobody knows, so none of them may be converted.
func TestShellsDisagree(t *testing.T) {
	shells := realShells(t)
	b := newBench(t, buildPrograms(t), t.TempDir())
	for _, script := range disagreeing {
		c := trial{shell: []string{"sh", "-c"}, script: script, env: differentialEnv}
		j, err := b.judge(c, "runner", shells)
		if err != nil {
			t.Fatal(err)
		}
		if j.fixed {
			t.Errorf("%s is converted for sh, and shells disagree about it\n%s", script, j.problem)
		}
		if len(shells) == 4 && b.agree(t, b.place(c), shells) {
			t.Errorf("%s is listed as read differently, and all shells agree", script)
		}
	}
}

func (b bench) agree(t *testing.T, c trial, shells []realShell) bool {
	t.Helper()
	var outcomes []string
	for _, s := range b.before(c, shells) {
		o, err := b.run(c, s.argv)
		if err != nil {
			t.Fatal(err)
		}
		// Messages name the shell; that they differ is no disagreement.
		o.Stderr = fmt.Sprint(strings.Contains(o.Stderr, "to stderr\n"))
		outcomes = append(outcomes, fmt.Sprintf("%q", []any{o.Record, o.Stdout, o.Stderr, o.Files}))
	}
	for _, o := range outcomes {
		if o != outcomes[0] {
			return false
		}
	}
	return true
}

// benches returns n folders to run in side by side.
func benches(t *testing.T, n int) []bench {
	t.Helper()
	programs := buildPrograms(t)
	root := scratch(t, programs.stub)
	list := make([]bench, n)
	for i := range list {
		list[i] = newBench(t, programs, filepath.Join(root, fmt.Sprint("w", i)))
	}
	return list
}

// scratch returns a folder, in memory where programs can be started from there:
// trials make and remove files all the time.
func scratch(t *testing.T, program string) string {
	t.Helper()
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/dev/shm", "shellfree")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	copied := filepath.Join(dir, "program")
	if err := os.WriteFile(copied, text, 0o755); err != nil || exec.Command(copied).Run() != nil && !started(dir) {
		return t.TempDir()
	}
	link := filepath.Join(t.TempDir(), "memory") // a file below /dev is no log file
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// started reports whether the stub left its record in a folder.
func started(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "record"))
	return err == nil
}
