package rewrite

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/source"
	"shellfree/transforms"
)

// newProofEngine returns an engine with the log sink that fits.
func newProofEngine(t testing.TB, o transforms.Options) *Engine {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{Converter: converter, Dialects: dialects})
}

// proofsOf returns the proofs of a manifest's conversions, not made yet.
func (e *Engine) proofsOf(t testing.TB, name string, text []byte) []runProof {
	t.Helper()
	f := &file{engine: e, result: &Result{Source: source.New(name, text)}}
	nodes, err := f.Read()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.find(nodes); err != nil {
		t.Fatal(err)
	}
	var all []runProof
	for _, r := range f.readings {
		for i := range r.commands {
			c := &r.commands[i]
			if !c.shell || c.found.Script < 0 || c.Indirect != nil || c.finding.Message != "" {
				continue
			}
			p := runProof{script: f.script(r, c), inverter: e.options.Converter}
			p.target = invocation.Target{Image: r.unmask(c.Image), Output: c.Place == expansion.Container}
			inv, bad := invocation.Analyse(p.script)
			if bad != nil {
				continue
			}
			inv.Wrapper = f.wrapper(p.script, c)
			p.inv, p.conv = inv, e.options.Converter.Convert(p.target, inv)
			p.reviewed = len(p.conv.Review) > 0
			if p.conv.Obstacle == "" {
				all = append(all, p)
			}
		}
	}
	return all
}

// goldenProofs returns the proofs of all golden cases.
func goldenProofs(t testing.TB) []runProof {
	t.Helper()
	paths, err := filepath.Glob("../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	e := newProofEngine(t, transforms.Options{})
	var all []runProof
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "before.") {
				all = append(all, e.proofsOf(t, f.Name, f.Data)...)
			}
		}
	}
	return all
}

// BenchmarkValidate measures the run-time proof of one fix, on average over the
// golden cases.
func BenchmarkValidate(b *testing.B) {
	all := goldenProofs(b)
	runs := 0
	for i := range all {
		all[i].bindings = all[i].lookUp()
		runs += len(samples(all[i].unknowns(), !all[i].reviewed))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		p := all[i%len(all)]
		if err := p.proveRun(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(runs)/float64(len(all)), "runs/op")
}

// TestProofRefuses makes conversions wrong, one way at a time, and asserts that
// the proof finds it: words, environment, directory, streams, and fixes that
// claim to be right for any value.
func TestProofRefuses(t *testing.T) {
	e := newProofEngine(t, transforms.Options{})
	text := invocation.Text
	for _, c := range []struct {
		title, script string
		spoil         func(p *runProof)
		want          string // in the error; "" for none
	}{
		{"as it is", "exec kube-scheduler --a $(POD) >>/l 2>&1", func(*runProof) {}, ""},
		{"as it is, for review", "A=b exec kube-scheduler {{p}} --a={{b}} >/l", func(*runProof) {}, ""},
		{"a word less", "exec prog a b", func(p *runProof) { p.conv.Argv = p.conv.Argv[:2] }, "lacks"},
		{"words swapped", "exec prog a b", func(p *runProof) {
			p.conv.Argv[1], p.conv.Argv[2] = p.conv.Argv[2], p.conv.Argv[1]
		}, "the array has"},
		{"another file", "exec kube-scheduler >>/l 2>&1", func(p *runProof) { p.conv.Argv[2] = text("--log-file=/m") }, "stdout"},
		{"no file", "exec kube-scheduler >>/l 2>&1", func(p *runProof) { p.conv.Argv = p.conv.Argv[:1] }, "stdout"},
		{"no file, for review", "exec kube-scheduler >/l 2>&1", func(p *runProof) { p.conv.Argv = p.conv.Argv[:1] }, "stdout"},
		{"no effect", "exec kube-scheduler >>/l 2>&1", func(p *runProof) { p.conv.Argv[1] = text("--logtostderr=true") }, "stdout"},
		{"no copy", "exec kube-scheduler 2>&1 | tee -a /l", func(p *runProof) { p.conv.Argv = p.conv.Argv[:4] }, "stdout"},
		{"truncated unsaid", "exec kube-scheduler >/l 2>&1", func(p *runProof) { p.reviewed = false }, "stdout"},
		{"stderr joins unsaid", "/bin/x >>/l", func(p *runProof) {
			p.conv.Argv, p.conv.Sink, p.reviewed = invocation.Texts("/go-runner", "--log-file=/l", "/bin/x"), "runner", false
		}, "stderr"},
		{"wrapper lost", "exec prog", func(p *runProof) { p.inv.Wrapper = invocation.Texts("tini") }, "the array has"},
		{"environment", "A=b exec prog", func(p *runProof) { p.inv.Env[0].Value = text("c") }, "environment"},
		{"directory", "cd /a; exec prog", func(p *runProof) { p.inv.Dir = text("/b") }, "directory"},
		{"quotes around a placeholder", `exec prog "{{b}}"`, func(p *runProof) { p.reviewed = false }, "not valid shell"},
		{"no quotes around one", "exec prog --a={{b}}", func(p *runProof) { p.reviewed = false }, "not valid shell"},
		{"a secret", "exec prog --a=$(SECRET)", func(p *runProof) { p.reviewed = false }, "not valid shell"},
		{"a secret in quotes of the shell's own", `exec prog "$SECRET"`, func(p *runProof) { p.reviewed = false }, ""},
		{"several words as one", "exec prog {{p}}", func(p *runProof) { p.conv.Argv[1].Several, p.inv.Words[1].Several = false, false }, "word 1"},
		{"one word as several", `exec prog "{{p}}"`, func(p *runProof) { p.conv.Argv[1].Several, p.inv.Words[1].Several = true, true }, "word 1"},
	} {
		t.Run(c.title, func(t *testing.T) {
			manifest := `{"kind": "Pod", "spec": {"containers": [{"name": "a", "image": "registry.k8s.io/kube-scheduler:v1.24.1", "env": [
				{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "SECRET", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
				"command": ["sh", "-c", ` + strconv.Quote(c.script) + `]}]}}`
			all := e.proofsOf(t, "pod.json", []byte(manifest))
			if len(all) != 1 {
				t.Fatalf("%d proofs, want 1", len(all))
			}
			c.spoil(&all[0])
			err := all[0].proveRun()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want an error with %q; array %q", err, c.want, all[0].conv.Argv)
			}
		})
	}
}
