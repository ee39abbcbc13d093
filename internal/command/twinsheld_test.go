package command

import (
	"strconv"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// TestTwinsHeld asserts that what is remembered of a tree stays bounded, and that a
// file with very many findings does not push out all others.
func TestTwinsHeld(t *testing.T) {
	known, findings := newTwins(nil), make([]rewrite.Finding, maxHeld)
	remember := func(name string, n int) content {
		c := content{extension: name}
		known.remember(c, &rewrite.Result{Source: source.New(name, nil), Findings: findings[:n]})
		return c
	}
	for i := range maxHeld / 4 {
		last := remember(strconv.Itoa(i), 9)
		remember("large", maxHeld)
		held := 0
		for _, r := range known.results {
			held += len(r.Findings)
		}
		if known.results[last] == nil || held > maxHeld {
			t.Fatalf("after %d files %d findings are held, the last file's: %t", i, held, known.results[last] != nil)
		}
	}
}
