package command

import (
	"crypto/sha256"
	"path"
	"sync"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// twins judges files, and remembers what it found. Trees hold many a file several
// times, one for each cluster or each version of a chart, and what has the same
// bytes has the same findings. It may be used by several goroutines.
type twins struct {
	engine *rewrite.Engine

	mu      sync.Mutex
	results map[content]*rewrite.Result
	held    int // findings in the results, and one for each
}

// content is what a result depends on: the end of a name may tell the language of
// a template.
type content struct {
	sum       [sha256.Size]byte
	extension string
}

// maxHeld bounds what twins remember; a finding takes some kilobytes.
const maxHeld = 4096

func newTwins(e *rewrite.Engine) *twins {
	return &twins{engine: e, results: map[content]*rewrite.Result{}}
}

// judge returns the result of a file, of a twin of which it may be.
func (t *twins) judge(name string, text []byte) *rewrite.Result {
	c := content{sha256.Sum256(text), path.Ext(name)}
	t.mu.Lock()
	twin := t.results[c]
	t.mu.Unlock()
	if twin != nil {
		return twin.Of(source.New(name, text))
	}
	r := t.engine.File(name, text)
	t.remember(c, r)
	return r
}

// remember keeps a result, but for its text. When there are too many, it forgets all
// others.
func (t *twins) remember(c content, r *rewrite.Result) {
	size := 1 + len(r.Findings) + len(r.Containers)
	if size > maxHeld/8 {
		return
	}
	held := r.Of(source.New(r.Source.Name, nil)) // whoever has r may change it
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held += size; t.held > maxHeld {
		clear(t.results)
		t.held = size
	}
	t.results[c] = held
}
