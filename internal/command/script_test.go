package command_test

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"shellfree/internal/command"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"shellfree": func() {
			c := command.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
			os.Exit(c.Main(os.Args[1:]))
		},
	})
}

// TestScript runs the command as a user would, in a folder of its own. Beside
// testscript's commands a script has
//
//	exits STATUS PROGRAM [ARG...]   run it; the exit status must be this one
//	encode FILE BYTES...            crlf, bom, no-final-newline, as in golden cases
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "../../testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"encode": encode,
		},
		Setup: func(env *testscript.Env) error {
			// Inside of a repository git apply skips files that are not below its top.
			env.Setenv("GIT_CEILING_DIRECTORIES", env.WorkDir)
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			env.Setenv("ESC", "\x1b")
			env.Setenv("NEWLINE", "\n")
			return nil
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, not %d", got, want)
	}
}

func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: encode FILE BYTES...")
	}
	text := (&goldenCase{bytes: args[1:]}).encode([]byte(ts.ReadFile(args[0])))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}
