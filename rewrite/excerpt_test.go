package rewrite_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/prefilter"
	"shellfree/transforms"
)

// TestExcerptGenerated judges drawn manifests with and without what the engine
// leaves out of them: everything is the same.
func TestExcerptGenerated(t *testing.T) {
	count := 1_000
	if testing.Short() {
		count = 200
	}
	count = environmentNumber(t, "SHELLFREE_EXCERPTS", count)
	first := environmentNumber(t, seedVariable, 1)
	engines := excerptEngines(t)
	judged, findings := 0, 0
	for seed := first; seed < first+count && !t.Failed(); seed++ {
		d := &drawer{Rand: rand.New(rand.NewPCG(uint64(seed), 0xe8c))}
		text := d.manifest()
		if !prefilter.MayReport(text) {
			continue
		}
		pair := engines[seed%len(engines)]
		whole, quick := pair[0].File("x", bytes.Clone(text)), pair[1].File("x", bytes.Clone(text))
		whole.Source, whole.Containers = quick.Source, quick.Containers // which only the whole has
		whole.Foreign = quick.Foreign                                   // which is a guess
		if reflect.DeepEqual(whole, quick) {
			judged, findings = judged+1, findings+len(whole.Findings)
			continue
		}
		whole.Source, quick.Source = nil, nil
		if diff := cmp.Diff(whole, quick, cmp.AllowUnexported(rewrite.Result{})); diff != "" {
			t.Errorf("seed %d (-whole +excerpt):\n%s\n%s", seed, diff, text)
		}
		judged, findings = judged+1, findings+len(whole.Findings)
	}
	t.Logf("%d findings in %d manifests", findings, judged)
}

// excerptEngines returns pairs that read everything and excerpts.
func excerptEngines(t *testing.T) [][2]*rewrite.Engine {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]*rewrite.Engine
	for _, sink := range []string{"auto", "runner"} {
		converter, err := transforms.New(catalogue, transforms.Options{Sink: sink, RunnerPath: "/go-runner"})
		if err != nil {
			t.Fatal(err)
		}
		for _, upstream := range []bool{false, true} {
			o := rewrite.Options{Dialects: dialects, Converter: converter, Upstream: upstream}
			quick := rewrite.New(o)
			o.Whole = true
			pairs = append(pairs, [2]*rewrite.Engine{rewrite.New(o), quick})
		}
	}
	return pairs
}
