package rewrite_test

import (
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"shellfree/rewrite"
)

// Environment variables that choose the cases: how many, and the first seed.
// The case of a seed alone is SHELLFREE_STYLES=1 SHELLFREE_SEED=<seed>.
const (
	stylesVariable = "SHELLFREE_STYLES"
	seedVariable   = "SHELLFREE_SEED"
)

// TestStyles asserts of generated manifests in all combinations of styles, by
// other means than the engine's own proof: the shell command is found once, no
// byte outside of its lists changes, a plain decoder reads the words of the
// script from the new array and everything else as before, whatever fills the
// placeholders, and a second run finds nothing.
func TestStyles(t *testing.T) {
	first, count := draws(t, stylesVariable, 50_000, 2_000)
	tally := &styleTally{codes: map[string]int{}, refused: map[string]int{}, total: map[string]int{}}
	t.Run("cases", func(t *testing.T) {
		shards := 2 * runtime.GOMAXPROCS(0)
		engines := styleEngines(t)
		for shard := range shards {
			t.Run(strconv.Itoa(shard), func(t *testing.T) {
				t.Parallel()
				for i := shard; i < count && !t.Failed(); i += shards {
					runStyle(t, engines, uint64(first+i), tally)
				}
			})
		}
	})
	tally.judge(t, count)
}

func runStyle(t *testing.T, engines map[string]*rewrite.Engine, seed uint64, tally *styleTally) {
	c := newStyleCase(seed)
	code, after, err := c.check(engines[fmt.Sprint(c.sink, c.upstream)])
	tally.add(c, code, after != nil)
	if err != nil {
		t.Errorf("seed %d (%s), %s: %v\nscript: %q\n--- before:\n%s\n--- after:\n%s", seed, strings.Join(c.labels, " "), code, err, c.script.tokens, c.text, after)
	}
}

// draws returns the first seed and how many to draw: count, fewer with -short, or
// what a variable says.
func draws(t *testing.T, variable string, count, short int) (first, n int) {
	t.Helper()
	if testing.Short() {
		count = short
	}
	return environmentNumber(t, seedVariable, 1), environmentNumber(t, variable, count)
}

func environmentNumber(t *testing.T, name string, otherwise int) int {
	t.Helper()
	value, ok := os.LookupEnv(name)
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// styleEngines returns an engine for each log sink and placeholder style.
func styleEngines(t *testing.T) map[string]*rewrite.Engine {
	t.Helper()
	engines := map[string]*rewrite.Engine{}
	for _, sink := range []string{"auto", "runner"} {
		o := engineOptions(t, sink, "/go-runner")
		for _, o.Upstream = range []bool{false, true} {
			engines[fmt.Sprint(sink, o.Upstream)] = rewrite.New(o)
		}
	}
	return engines
}

// styleTally counts what became of the cases.
type styleTally struct {
	sync.Mutex
	codes          map[string]int // by code, obstacles only
	total, refused map[string]int // by label
}

func (y *styleTally) add(c *styleCase, code string, converted bool) {
	y.Lock()
	defer y.Unlock()
	for _, label := range c.labels {
		y.total[label]++
	}
	if converted {
		return
	}
	y.codes[code]++
	for _, label := range c.labels {
		y.refused[label]++
	}
}

// judge fails when too much is refused, in all or of one style.
func (y *styleTally) judge(t *testing.T, count int) {
	all := 0
	for _, code := range slices.Sorted(maps.Keys(y.codes)) {
		t.Logf("%s: %d of %d", code, y.codes[code], count)
		all += y.codes[code]
	}
	t.Logf("%d of %d manifests are converted, the others refused", count-all, count)
	for _, label := range slices.Sorted(maps.Keys(y.total)) {
		if refused, total := y.refused[label], y.total[label]; refused*10 > total {
			t.Logf("%s: %d of %d refused", label, refused, total)
			anchored := strings.HasSuffix(label, "-anchor") // which may be shared, so each is refused
			if refused*2 > total && total > 20 && !anchored {
				t.Errorf("more than half of the cases with %s are refused", label)
			}
		}
	}
	if chance := 20; count >= 1000 && all > count*6/100+chance {
		t.Errorf("%d of %d cases are refused, want at most 6 %%", all, count)
	}
	if n := y.codes["SF090"]; n > 0 {
		t.Errorf("%d cases fail the internal check", n)
	}
}
