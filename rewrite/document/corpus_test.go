package document_test

import (
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shellfree/rewrite/document"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// sentinel replaces a scalar. Quoted, it may stand anywhere a scalar may.
const sentinel = `"SENTINEL"`

// corpus returns the manifests of the corpus by path, placeholders masked.
func corpus(tb testing.TB) map[string][]byte {
	tb.Helper()
	root := os.Getenv("SHELLFREE_CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(root); err != nil {
		tb.Skip("no corpus; set SHELLFREE_CORPUS to the folder that holds it")
	}
	texts := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".tsv") || strings.HasSuffix(path, ".jsonl") {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = mask(text)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return texts
}

var (
	aloneOnLine = regexp.MustCompile(`(?m)^[ \t]*(\{[{%#].*?[}%#]\}[ \t]*)+$`)
	anywhere    = regexp.MustCompile(`\{[{%#].*?[}%#]\}\}?`)
)

// mask hides placeholders roughly, keeping every offset: enough to make most
// templates parse.
func mask(text []byte) []byte {
	fill := func(filler string) func([]byte) []byte {
		return func(found []byte) []byte { return []byte(strings.Repeat(filler, len(found))) }
	}
	return anywhere.ReplaceAllFunc(aloneOnLine.ReplaceAllFunc(text, fill(" ")), fill("Q"))
}

// scalars returns the scalars at and below n.
func scalars(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode {
		return []*yaml.Node{n}
	}
	var found []*yaml.Node
	for _, child := range n.Content {
		found = append(found, scalars(child)...)
	}
	return found
}

// isAbsent reports whether n is a value left out, which has no bytes.
func isAbsent(n *yaml.Node) bool {
	return n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

// firstDifference returns where two trees differ, target's value aside, "" for nowhere.
// target must have become the sentinel.
func firstDifference(before, after, target *yaml.Node) string {
	if before == target {
		if after.Kind != yaml.ScalarNode || after.Value != "SENTINEL" || after.Anchor != before.Anchor {
			return "target became " + after.Value
		}
		return ""
	}
	if before.Kind != after.Kind || before.Tag != after.Tag || before.Value != after.Value ||
		before.Style != after.Style || before.Anchor != after.Anchor || len(before.Content) != len(after.Content) {
		return before.Value + " became " + after.Value
	}
	for i := range before.Content {
		if where := firstDifference(before.Content[i], after.Content[i], target); where != "" {
			return where
		}
	}
	return ""
}

// checkSentinel replaces the content of target in doc's part of text and
// reports any other difference it makes.
func checkSentinel(t *testing.T, name string, text []byte, doc document.Document, target *yaml.Node) {
	t.Helper()
	s, _ := doc.Spans.Content(target)
	edited := string(text[doc.Start:s.Start]) + sentinel + string(text[s.End:doc.End])
	again, errs := document.Parse([]byte(edited))
	if len(errs) > 0 || len(again) != 1 {
		t.Errorf("%s:%d: replacing %q: %d documents, errors %v", name, target.Line, text[s.Start:s.End], len(again), errs)
		return
	}
	if where := firstDifference(doc.Root, again[0].Root, target); where != "" {
		t.Errorf("%s:%d: replacing %q: %s", name, target.Line, text[s.Start:s.End], where)
	}
}

// TestCorpusSpans replaces scalars of real manifests and requires that nothing
// else changes. SHELLFREE_LONG=1 takes every scalar instead of a sample.
func TestCorpusSpans(t *testing.T) {
	const sample = 8 // scalars a document
	random := rand.New(rand.NewSource(1))
	var files, unparsed, documents, placed, unplaced, replaced int
	texts := corpus(t)
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		text := texts[path]
		docs, errs := document.Parse(text)
		files, documents = files+1, documents+len(docs)
		if len(errs) > 0 {
			unparsed++
		}
		for _, doc := range docs {
			var targets []*yaml.Node
			for _, n := range scalars(doc.Root) {
				if _, ok := doc.Spans.Of(n); ok {
					placed++
					targets = append(targets, n)
				} else if !isAbsent(n) {
					unplaced++
					t.Logf("%s:%d:%d: %q is not placed", path, n.Line, n.Column, n.Value)
				}
			}
			random.Shuffle(len(targets), func(i, j int) { targets[i], targets[j] = targets[j], targets[i] })
			if os.Getenv("SHELLFREE_LONG") == "" {
				targets = targets[:min(sample, len(targets))]
			}
			for _, target := range targets {
				checkSentinel(t, path, text, doc, target)
			}
			replaced += len(targets)
		}
	}
	t.Logf("%d files (%d with errors), %d documents: %d scalars placed, %d not; %d replaced",
		files, unparsed, documents, placed, unplaced, replaced)
	if unplaced*1000 > placed {
		t.Errorf("%d of %d scalars are not placed, want less than one in a thousand", unplaced, placed+unplaced)
	}
}

// TestCorpusCollections requires that collections are placed and enclose their
// children.
func TestCorpusCollections(t *testing.T) {
	placed, unplaced := 0, 0
	for path, text := range corpus(t) {
		docs, _ := document.Parse(text)
		for _, doc := range docs {
			walk(doc.Root, func(n *yaml.Node) {
				if n.Kind != yaml.MappingNode && n.Kind != yaml.SequenceNode {
					return
				}
				outer, ok := doc.Spans.Of(n)
				if !ok {
					unplaced++
					t.Errorf("%s:%d: a collection is not placed", path, n.Line)
					return
				}
				placed++
				for _, child := range n.Content {
					inner, ok := doc.Spans.Of(child)
					if ok && (inner.Start < outer.Start || inner.End > outer.End) {
						t.Errorf("%s:%d: child %v is outside of %v", path, child.Line, inner, outer)
					}
				}
			})
		}
	}
	t.Logf("%d collections placed, %d not", placed, unplaced)
}

// walk calls visit for n and the nodes below it.
func walk(n *yaml.Node, visit func(*yaml.Node)) {
	visit(n)
	for _, child := range n.Content {
		walk(child, visit)
	}
}
