package proof

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
	"shellfree/transforms"
)

// policies fill placeholders as their languages do.
type policies struct{}

func (policies) Placeholder(p dialect.Placeholder, _ bool) invocation.Policy {
	if p.Lone == dialect.Words {
		return invocation.Words
	}
	return invocation.Refuse
}

func (policies) Variable(string) invocation.Policy { return invocation.Refuse }

// newConverter returns one that chooses the log sink that fits.
func newConverter(t testing.TB) *transforms.Converter {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, transforms.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return converter
}

func readText(t testing.TB, name, text string) *reading.Text {
	t.Helper()
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	return reading.Of(source.New(name, []byte(text)), reading.Options{Dialects: dialects, All: true})
}

// startsOf returns the proofs of a manifest's conversions, not made yet.
func startsOf(t testing.TB, converter *transforms.Converter, name, text string) []Start {
	t.Helper()
	var all []Start
	for _, r := range readText(t, name, text).Readings {
		for i := range r.Commands {
			c := &r.Commands[i]
			if _, placed := c.Span(); !c.StartsShell || c.Shell.Script < 0 || c.Indirect != nil || !placed {
				continue
			}
			p := Start{Script: c.Script(policies{}, false), Converter: converter}
			p.Target = invocation.Target{Image: c.Image, Output: c.InContainer()}
			inv, bad := invocation.Analyse(p.Script)
			if bad != nil {
				continue
			}
			inv.Wrapper = c.Wrapper(p.Script)
			p.Invocation, p.Conversion = inv, converter.Convert(p.Target, inv)
			p.Reviewed = len(inv.Remarks)+len(p.Conversion.Review) > 0
			if p.Conversion.Obstacle == "" {
				all = append(all, p)
			}
		}
	}
	return all
}

// goldenProofs returns the proofs of all golden cases.
func goldenProofs(t testing.TB) []Start {
	t.Helper()
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	converter := newConverter(t)
	var all []Start
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "before.") {
				all = append(all, startsOf(t, converter, f.Name, string(f.Data))...)
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
		runs += len(samples(all[i].unknowns(), !all[i].Reviewed))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		p := all[i%len(all)]
		if err := p.Prove(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(runs)/float64(len(all)), "runs/op")
}

// TestProofRefuses makes conversions wrong, one way at a time, and asserts that
// the proof finds it: words, environment, directory, streams, and fixes that
// claim to be right for any value.
func TestProofRefuses(t *testing.T) {
	converter := newConverter(t)
	text := invocation.Text
	for _, c := range []struct {
		title, script string
		spoil         func(p *Start)
		want          string // in the error; "" for none
	}{
		{"as it is", "exec kube-scheduler --a $(POD) >>/l 2>&1", func(*Start) {}, ""},
		{"as it is, for review", "A=b exec kube-scheduler {{p}} --a={{b}} >/l", func(*Start) {}, ""},
		{"a word less", "exec prog a b", func(p *Start) { p.Conversion.Argv = p.Conversion.Argv[:2] }, "lacks"},
		{"words swapped", "exec prog a b", func(p *Start) {
			p.Conversion.Argv[1], p.Conversion.Argv[2] = p.Conversion.Argv[2], p.Conversion.Argv[1]
		}, "the array has"},
		{"another file", "exec kube-scheduler >>/l 2>&1", func(p *Start) { p.Conversion.Argv[2] = text("--log-file=/m") }, "stdout"},
		{"no file", "exec kube-scheduler >>/l 2>&1", func(p *Start) { p.Conversion.Argv = p.Conversion.Argv[:1] }, "stdout"},
		{"no file, for review", "exec kube-scheduler >/l 2>&1", func(p *Start) { p.Conversion.Argv = p.Conversion.Argv[:1] }, "stdout"},
		{"no effect", "exec kube-scheduler >>/l 2>&1", func(p *Start) { p.Conversion.Argv[1] = text("--logtostderr=true") }, "stdout"},
		{"no copy", "exec kube-scheduler 2>&1 | tee -a /l", func(p *Start) { p.Conversion.Argv = p.Conversion.Argv[:4] }, "stdout"},
		{"truncated unsaid", "exec kube-scheduler >/l 2>&1", func(p *Start) { p.Reviewed = false }, "stdout"},
		{"stderr joins unsaid", "/bin/x >>/l", func(p *Start) {
			p.Conversion.Argv, p.Conversion.Sink, p.Reviewed = invocation.Texts("/go-runner", "--log-file=/l", "/bin/x"), invocation.Sink{Name: "runner", Front: true}, false
		}, "stderr"},
		{"wrapper lost", "exec prog", func(p *Start) { p.Invocation.Wrapper = invocation.Texts("tini") }, "the array has"},
		{"environment", "A=b exec prog", func(p *Start) { p.Invocation.Env[0].Value = text("c") }, "environment"},
		{"directory", "cd /a; exec prog", func(p *Start) { p.Invocation.Dir = text("/b") }, "directory"},
		{"quotes around a placeholder", `exec prog "{{b}}"`, func(p *Start) { p.Reviewed = false }, "not valid shell"},
		{"no quotes around one", "exec prog --a={{b}}", func(p *Start) { p.Reviewed = false }, "not valid shell"},
		{"a secret", "exec prog --a=$(SECRET)", func(p *Start) { p.Reviewed = false }, "not valid shell"},
		{"a secret in quotes of the shell's own", `exec prog "$SECRET"`, func(p *Start) { p.Reviewed = false }, ""},
		{"several words as one", "exec prog {{p}}", func(p *Start) { p.Conversion.Argv[1].Several, p.Invocation.Words[1].Several = false, false }, "word 1"},
		{"one word as several", `exec prog "{{p}}"`, func(p *Start) { p.Conversion.Argv[1].Several, p.Invocation.Words[1].Several = true, true }, "word 1"},
	} {
		t.Run(c.title, func(t *testing.T) {
			manifest := `{"kind": "Pod", "spec": {"containers": [{"name": "a", "image": "registry.k8s.io/kube-scheduler:v1.24.1", "env": [
				{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "SECRET", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
				"command": ["sh", "-c", ` + strconv.Quote(c.script) + `]}]}}`
			all := startsOf(t, converter, "pod.json", manifest)
			if len(all) != 1 {
				t.Fatalf("%d proofs, want 1", len(all))
			}
			c.spoil(&all[0])
			err := all[0].Prove()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want an error with %q; array %q", err, c.want, all[0].Conversion.Argv)
			}
		})
	}
}
