package command

import (
	"crypto/sha256"
	"path"
	"sync"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// resultCache judges files and caches the results. Many trees hold the same file several
// times, for example once for each cluster or version of a chart, and files with the
// same bytes have the same findings. Several goroutines may use the cache.
type resultCache struct {
	engine *rewrite.Engine

	mu      sync.Mutex
	results map[cacheKey]*rewrite.Result
	size    int // 1 for each result, and 1 for each of its findings and containers
}

// cacheKey identifies the files with the same result. The extension of a file's name is
// part of it, since it may decide the template language.
type cacheKey struct {
	sum       [sha256.Size]byte
	extension string
}

// maxCached is the largest size of the cache. A finding takes a few kilobytes.
const maxCached = 4096

func newResultCache(e *rewrite.Engine) *resultCache {
	return &resultCache{engine: e, results: map[cacheKey]*rewrite.Result{}}
}

// judge returns the cached result of a file with the same bytes and extension, if there
// is one. Otherwise it judges the file.
func (c *resultCache) judge(name string, text []byte) *rewrite.Result {
	key := cacheKey{sha256.Sum256(text), path.Ext(name)}
	c.mu.Lock()
	cached := c.results[key]
	c.mu.Unlock()
	if cached != nil {
		return cached.Of(source.New(name, text))
	}
	r := c.engine.File(name, text)
	c.storeResult(key, r)
	return r
}

// storeResult stores a result without its text. A cache that would grow too large is
// emptied first. A result that would take much of the cache is not stored.
func (c *resultCache) storeResult(key cacheKey, r *rewrite.Result) {
	size := 1 + len(r.Findings) + len(r.Containers)
	if size > maxCached/8 {
		return
	}
	stored := r.Of(source.New(r.Source.Name, nil)) // a copy, since the caller may change r
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += size; c.size > maxCached {
		clear(c.results)
		c.size = size
	}
	c.results[key] = stored
}
