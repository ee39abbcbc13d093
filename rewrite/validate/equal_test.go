package validate_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite/validate"
)

func TestEqual(t *testing.T) {
	script := validate.Run{Argv: []string{"a", "b"}, Env: []string{"A=1"}, Stdout: appendedFile("a.log"), Stderr: stderr}
	for _, tt := range []struct {
		name   string
		change func(*validate.Run)
		want   string // "" when equal
	}{
		{"same", func(*validate.Run) {}, ""},
		{"word", func(r *validate.Run) { r.Argv = []string{"a", "c"} }, `word 1: the script has "b", the array "c"`},
		{"more", func(r *validate.Run) { r.Argv = []string{"a", "b", ""} }, `word 2: the script has nothing, the array ""`},
		{"less", func(r *validate.Run) { r.Argv = []string{"a"} }, `word 1: the script has "b", the array nothing`},
		{"environment", func(r *validate.Run) { r.Env = nil }, `environment variable 0: the script has "A=1", the array nothing`},
		{"directory", func(r *validate.Run) { r.Dir = "/d" }, `directory: the script has "", the array "/d"`},
		{"stdout", func(r *validate.Run) { r.Stdout = file("a.log") }, "stdout: the script has file @DIR/a.log, appended, the array file @DIR/a.log"},
		{"stderr", func(r *validate.Run) { r.Stderr = stdout }, "stderr: the script has the container's stderr, the array the container's stdout"},
		{"tee", func(r *validate.Run) { r.Stdout.Tee = true }, "stdout: the script has file @DIR/a.log, appended, the array file @DIR/a.log, appended, and the container's stdout"},
		{"null", func(r *validate.Run) { r.Stderr = null }, "stderr: the script has the container's stderr, the array /dev/null"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			array := script
			tt.change(&array)
			got, want := "", tt.want
			if err := validate.Equal(script, array); err != nil {
				got = err.Error()
			}
			if want != "" {
				want += ": convert this command by hand"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestNoFile checks the one name for which the interpreter opens a file past
// its handler.
func TestNoFile(t *testing.T) {
	name := filepath.Join(os.TempDir(), "sh-interp-validate")
	for _, script := range []string{"a >" + name, "a >//tmp/sh-interp-validate", "TMPDIR=/tmp a >/tmp/sh-interp-validate", "export TMPDIR=/tmp; a >/tmp/sh-interp-validate"} {
		if _, err := validate.Execute(context.Background(), validate.Script{Text: script, Env: []string{"TMPDIR=/tmp"}}); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(name); err == nil {
			os.Remove(name)
			t.Errorf("%s: made a file", script)
		}
	}
}

func FuzzExecute(f *testing.F) {
	for _, tt := range runs {
		f.Add(tt.script, tt.bash, "a b")
	}
	f.Add("mkfifo $X; (tee -a f<$X&); exec a >$X", false, "p")
	f.Add("a ${X}~{b,c}$'d' $(e) <(f) >&g |& tee h", true, "*")
	f.Fuzz(func(t *testing.T, text string, bash bool, value string) {
		s := validate.Script{Shell: "sh", Text: text, Env: []string{"X=" + value}}
		if bash {
			s.Shell = "bash"
		}
		begin := time.Now()
		got, err := validate.Execute(context.Background(), s)
		if took := time.Since(begin); took > 6*time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil {
			if diff := cmp.Diff(validate.Run{}, got); diff != "" {
				t.Errorf("a run beside an error (-want +got):\n%s", diff)
			}
			return
		}
		if len(got.Argv) == 0 || got.Argv[0] == "" {
			t.Errorf("no program: %+v", got)
		}
		again, err := validate.Execute(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate.Equal(got, again); err != nil {
			t.Errorf("a second run differs: %v", err)
		}
	})
}

func BenchmarkExecute(b *testing.B) {
	for name, text := range map[string]string{
		"file": `exec /usr/local/bin/kube-apiserver --v=2 --etcd-servers=http://127.0.0.1:2379 "--node=$NODE" --x='a b' 1>>/var/log/kube-apiserver.log 2>&1`,
		"tee":  `/usr/local/bin/kube-proxy --v=2 --kubeconfig=/k 2>&1 | /bin/tee -a /var/log/kube-proxy.log`,
		"fifo": `mkfifo /tmp/pipe; (tee -a /var/log/etcd.log < /tmp/pipe & ) ; exec /etcd-manager --v=6 > /tmp/pipe 2>&1`,
	} {
		b.Run(name, func(b *testing.B) {
			s := validate.Script{Shell: "sh", Text: text, Env: []string{"NODE=n1", "A=1", "B=2"}}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := validate.Execute(context.Background(), s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
