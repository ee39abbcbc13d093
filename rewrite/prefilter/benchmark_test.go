package prefilter_test

import (
	"strings"
	"testing"
)

// BenchmarkMayReport looks through a manifest without a shell, in bytes a second.
func BenchmarkMayReport(b *testing.B) {
	text := []byte("kind: Deployment\nspec:\n  containers:\n" + strings.Repeat("  - name: dashboard\n    image: example.com/refresh:v1\n    command: [/shard, --config=a, --log-level=info]\n", 60))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if filter.MayReport(text) {
			b.Fatal("there is nothing to report")
		}
	}
}
