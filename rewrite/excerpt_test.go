package rewrite_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/rewrite"
)

// excerptsVariable says how many manifests are drawn.
const excerptsVariable = "SHELLFREE_EXCERPTS"

// TestExcerptGenerated judges drawn manifests with and without what the engine
// leaves out of them: everything is the same.
func TestExcerptGenerated(t *testing.T) {
	first, count := draws(t, excerptsVariable, 1_000, 200)
	engines := excerptEngines(t)
	findings := 0
	for seed := first; seed < first+count && !t.Failed(); seed++ {
		d := &drawer{Rand: rand.New(rand.NewPCG(uint64(seed), 0xe8c))}
		findings += compareExcerpt(t, engines[seed%len(engines)], seed, d.manifest())
	}
	if findings < count {
		t.Errorf("%d findings in %d manifests: they are no test of what is left out", findings, count)
	}
}

// TestExcerptChanged does the same with golden cases, some lines of which are
// left out, doubled, moved or have others behind them.
func TestExcerptChanged(t *testing.T) {
	paths, err := filepath.Glob("../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	engines := excerptEngines(t)
	for seed, name := range paths {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(uint64(seed), 0xe8c))
		for range 10 {
			text := changedLines(r, string(archive.Files[0].Data))
			compareExcerpt(t, engines[seed%len(engines)], seed, []byte(text))
		}
	}
}

// TestExcerptBranch has a branch that goes on below its command.
func TestExcerptBranch(t *testing.T) {
	text := "containers:\n- command:\n  - sh\n  - -c\n  {{- if .X }}\n  - exec /b --x\nx:\n- y\n  {{- else }}\n  - exec /b\n  {{- end }}\n"
	if compareExcerpt(t, excerptEngines(t)[0], 0, []byte(text)) == 0 {
		t.Error("nothing is found")
	}
}

// changedLines changes one line of a text, or two.
func changedLines(r *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	for range 1 + r.IntN(2) {
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(5) {
		case 0:
			lines[i] = ""
		case 1:
			lines[i] += lines[i]
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines[i] = " " + lines[i]
		default:
			lines[i] += "x:\n- y\n"
		}
	}
	return strings.Join(lines, "")
}

// compareExcerpt requires the same of two engines, of which the first reads
// everything, and returns the number of findings.
func compareExcerpt(t *testing.T, engines [2]*rewrite.Engine, seed int, text []byte) int {
	t.Helper()
	if !engines[1].MayReport(text) {
		return 0
	}
	whole, quick := engines[0].File("x", bytes.Clone(text)), engines[1].File("x", bytes.Clone(text))
	whole.Source, whole.Containers = quick.Source, quick.Containers // which only the whole has
	whole.Foreign = quick.Foreign                                   // which is a guess
	if !reflect.DeepEqual(whole, quick) {
		t.Errorf("seed %d (-whole +excerpt):\n%s\n%s", seed, cmp.Diff(whole.Findings, quick.Findings), text)
	}
	checkPlaces(t, text, quick)
	return len(whole.Findings)
}

// excerptEngines returns pairs that read everything and excerpts.
func excerptEngines(t *testing.T) [][2]*rewrite.Engine {
	t.Helper()
	var pairs [][2]*rewrite.Engine
	for _, sink := range []string{"auto", "runner"} {
		o := engineOptions(t, sink, "/go-runner")
		for _, o.Upstream = range []bool{false, true} {
			whole := o
			whole.ReadAll = true
			pairs = append(pairs, [2]*rewrite.Engine{rewrite.New(whole), rewrite.New(o)})
		}
	}
	return pairs
}
