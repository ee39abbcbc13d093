package policy_test

import (
	"testing"
	"time"

	"shellfree/internal/config"
	"shellfree/internal/policy"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/transforms"
)

// FuzzApply asserts that each finding is either reported or excepted, and that all
// added findings are about exceptions.
func FuzzApply(f *testing.F) {
	for _, comment := range []string{
		"# shellfree:ignore SF101 r", "# shellfree:ignore SF101,SF202 r until=2020-01-01", "{{/* shellfree:ignore SF101 r */}}", "# shellfree:ingore SF1",
		"x: |\n  # shellfree:ignore SF101 r", "metadata: {annotations: {shellfree/ignore: \"SF101 r;;SF\"}}", "shellfree/ignore: &a [*a]",
	} {
		f.Add([]byte(comment + "\nspec:\n  containers:\n  - name: a\n    " + comment + "\n    command: [sh, -c, /a] " + comment + "\n"))
	}
	catalogue, err := transforms.Load()
	if err != nil {
		f.Fatal(err)
	}
	converter, err := transforms.New(catalogue, transforms.Options{Sink: "auto"})
	if err != nil {
		f.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		f.Fatal(err)
	}
	engine := rewrite.New(rewrite.Options{Converter: converter, Dialects: dialects})
	f.Fuzz(func(t *testing.T, text []byte) {
		r := engine.File("a.yaml", text)
		out := policy.New(&config.Config{}, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)).Apply(r)
		n := len(out.Excepted)
		for _, finding := range out.Result.Findings {
			if !finding.Rule.OfExceptions() {
				n++
			}
		}
		if n != len(r.Findings) {
			t.Errorf("%d findings are %d", len(r.Findings), n)
		}
	})
}
