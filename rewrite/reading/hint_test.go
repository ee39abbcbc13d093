package reading

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestHints: what is looked for by hand is what the regular expressions find that
// say it shorter.
func TestHints(t *testing.T) {
	key := regexp.MustCompile(`(?m)(^|[\s{},"'-])(command|args)["']?\s*:`)
	path := regexp.MustCompile(`/(command|args)\b`)
	pieces := []string{"command", "args", "arg", "s", ":", " ", "\n", "\t", "\r", "\f", "\v", "/", "-", "_", "'", `"`, "{", "}", ",", "0", "é", "."}
	random := rand.New(rand.NewPCG(7, 7))
	keys, paths := 0, 0
	for range 300_000 {
		var b strings.Builder
		for range random.IntN(7) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		if got, want := hasCommandKey(text), key.MatchString(text); got != want {
			t.Fatalf("%q has a command key: %v, want %v", text, got, want)
		}
		if got, want := hasPatchPath(text), path.MatchString(text); got != want {
			t.Fatalf("%q has a path of a patch: %v, want %v", text, got, want)
		}
		if hasCommandKey(text) {
			keys++
		}
		if hasPatchPath(text) {
			paths++
		}
	}
	if keys < 1000 || paths < 1000 {
		t.Errorf("%d keys and %d paths in the texts: they are no test", keys, paths)
	}
}
