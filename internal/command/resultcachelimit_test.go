package command

import (
	"strconv"
	"testing"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// TestResultCacheLimit asserts that the cache stays below its largest size, and that a
// file with very many findings does not remove all others from it.
func TestResultCacheLimit(t *testing.T) {
	cache, findings := newResultCache(nil), make([]rewrite.Finding, maxCached)
	store := func(name string, n int) cacheKey {
		key := cacheKey{extension: name}
		cache.storeResult(key, &rewrite.Result{Source: source.New(name, nil), Findings: findings[:n]})
		return key
	}
	for i := range maxCached / 4 {
		last := store(strconv.Itoa(i), 9)
		store("large", maxCached)
		cached := 0
		for _, r := range cache.results {
			cached += len(r.Findings)
		}
		if cache.results[last] == nil || cached > maxCached {
			t.Fatalf("after %d files %d findings are cached, the last file's: %t", i, cached, cache.results[last] != nil)
		}
	}
}
