package document_test

import (
	"bytes"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/span"
)

// checkHot requires of the excerpts of a text that they are read like the same
// lines of the whole text: no error is missed, and no node is another.
func checkHot(t *testing.T, text []byte, mayMatter func([]byte) bool) (kept, whole int) {
	t.Helper()
	docs, errs := document.Parse(text)
	s := document.ParseWhere(text, func(part span.Span) bool { return mayMatter(text[part.Start:part.End]) })
	if len(errs) != len(s.Errors) {
		t.Errorf("%d errors, %d of the excerpt: %v\n%s", len(errs), len(s.Errors), errs, text)
		return 0, 0
	}
	for _, d := range s.Documents {
		i := slices.IndexFunc(docs, func(o document.Document) bool { return o.Start == d.Start })
		if i < 0 {
			t.Errorf("the excerpt has a document at %d\n%s", d.Start, text)
			return 0, 0
		}
		checkPart(t, docs[i], d, docs[i].Root, d.Root, text)
	}
	for _, r := range s.Decoded {
		kept += r.End - r.Start
	}
	again := document.ParseRead(text, s.Decoded)
	if !slices.Equal(again.Decoded, s.Decoded) || len(again.Documents) != len(s.Documents) {
		t.Errorf("read again, %v is %v\n%s", s.Decoded, again.Decoded, text)
	}
	return kept, len(text)
}

// checkPart requires that b is a with nothing but some of its entries left out.
func checkPart(t *testing.T, whole, part document.Document, a, b *yaml.Node, text []byte) {
	t.Helper()
	empty := b.Kind == yaml.ScalarNode && b.Value == ""                              // all below it was left out
	moved := a.Kind == yaml.ScalarNode && (a.Line != b.Line || a.Column != b.Column) // a collection stands where its first entry does
	if !empty && (a.Kind != b.Kind || a.Value != b.Value || a.Style != b.Style || moved) {
		t.Errorf("%d:%d %q is %d:%d %q\n%s", a.Line, a.Column, a.Value, b.Line, b.Column, b.Value, text)
		return
	}
	if b.Kind == yaml.ScalarNode && a.Kind == b.Kind {
		if sa, _ := whole.Spans.Of(a); !empty {
			if sb, _ := part.Spans.Of(b); sa != sb {
				t.Errorf("%q is at %v, not %v\n%s", a.Value, sb, sa, text)
			}
		}
	}
	step := 1
	if b.Kind == yaml.MappingNode {
		step = 2
	}
	at := 0
	for i := 0; i < len(b.Content); i += step {
		if isAbsent(b.Content[i]) {
			continue // an item of which all was left out stands elsewhere
		}
		for at < len(a.Content) && (a.Content[at].Line != b.Content[i].Line || a.Content[at].Column != b.Content[i].Column) {
			at += step
		}
		if at+step > len(a.Content) {
			t.Errorf("%d:%d %q is nowhere\n%s", b.Content[i].Line, b.Content[i].Column, b.Content[i].Value, text)
			return
		}
		for k := range step {
			checkPart(t, whole, part, a.Content[at+k], b.Content[i+k], text)
		}
		at += step
	}
}

// TestHotCorpus reads excerpts of real manifests.
func TestHotCorpus(t *testing.T) {
	texts := corpus(t)
	for _, word := range []string{"command", "name: ", "x"} {
		kept, whole := 0, 0
		for _, path := range slices.Sorted(maps.Keys(texts)) {
			k, w := checkHot(t, texts[path], func(part []byte) bool { return bytes.Contains(part, []byte(word)) })
			kept, whole = kept+k, whole+w
		}
		t.Logf("%q: %d of %d bytes are read", word, kept, whole)
	}
}

// FuzzHot reads excerpts of any text.
func FuzzHot(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nb:\n  x: y\n- c\n", "a:\n- b: |\n    x\n   y\n  c: 'd\n  e'\n- x\n", "k: {a: [b, c:d], \"e\": f}\nx: \"a\\\n b\"\n",
		"---\na: b\n c\nd:\n  - x\n  -\n    y: z\n---\n# x\nb: >-\n\n  a\n x: y\n", "a: b # c\n  d\nx:\n\ty\n", "- - a\n  - x: y\n    z:\n- [x,\n y]\n",
		"\"a\": b\n'x y': 'it''s'\na b: -c\nd: - e\nx: a:b\ne: ?\n", "x: [a b, -c, - d, e: f, {g}]\n", "a:\r\n  x: |+\r\n\r\n    y\r\n\r\nb: c\r\n",
		"containers:\n- name: a\n  env:\n  - name: x\n  ports:\n  - 1\n  command:\n  - x\n- b: c\n", "a: &x b\nc: *x\n<<: *x\n", "? a\n: b\nx: y\n", "--- :",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkHot(t, text, func(part []byte) bool { return bytes.IndexByte(part, 'x') >= 0 })
		checkHot(t, text, func(part []byte) bool { return bytes.IndexByte(part, 'y') >= 0 })
	})
}

// pieces writes YAML that is plain but for an odd piece here and there.
type pieces struct {
	*rand.Rand
	text strings.Builder
}

// pick takes a plain piece, or seldom an odd one.
func (p *pieces) pick(plain, odd []string) string {
	if p.Intn(30) == 0 {
		plain = odd
	}
	return plain[p.Intn(len(plain))]
}

var (
	plainKeys   = []string{"a", "b", "c", "d", "containers", "command", "metadata", "env"}
	oddKeys     = []string{"\"k\"", "'l m'", "n o", "op", "a ", "<<", "&a k", "? k", "x", "-k", "{{k}}", "\"\\x41\"", "k #"}
	plainValues = []string{"x", "y z", "'y'", "[a, b]", "\"a b\"", "{a: x}", "|\n           x: y\n           # x", ">-\n           x\n\n           y", "\"x\n  y\"", "x\n            y"}
	oddValues   = []string{
		"x # y", "|", ">-", "|+", "|2", "\"x", "y\"", "'x", "it''s'", "[a,", "b: c]", "{a: x,", "c: y}", "é", "{{x}}", "[a b, \"c\", 'd', {e: f}]", "[\n a]",
		"a: x", "- y", "&a x", "*a", "!t x", "# c", "-x", "a:b", "http://x", "x:", "a -", "? x", "%a", "@a", "\"\\x41\"", "[x y, -c]", "{\"a\":x}", "[]", "{}", "x\ty", "[x >>a 2>&1, b &c *d !e]", "[&a b]", "[a, *b]", "{a: >b, c: d|e}",
	}
	plainBreaks = []string{"\n"}
	oddBreaks   = []string{"\n\n", "\r\n", "\n  \n", "\n# x\n", "\n    # y\n", "\n---\n", "\n...\n", "\n\t\n", " # x\n", " \n"}
	plainSteps  = []string{"  "}
	oddSteps    = []string{"", " ", "    ", "\t"}
)

// collection writes a mapping or a list; inline is set for one that begins on the
// line of its item.
func (p *pieces) collection(indent string, depth int, inline bool) {
	list := p.Intn(3) == 0
	for i := range 1 + p.Intn(4) {
		if i > 0 || !inline {
			p.text.WriteString(indent)
		}
		if list {
			p.text.WriteString("-")
		} else {
			p.text.WriteString(p.pick(plainKeys, oddKeys) + ":")
		}
		switch {
		case depth == 0 || p.Intn(2) == 0:
			p.text.WriteString(" " + p.pick(plainValues, oddValues) + p.pick(plainBreaks, oddBreaks))
		case list && p.Intn(3) > 0:
			p.text.WriteString(" ")
			p.collection(indent+"  ", depth-1, true)
		default:
			p.text.WriteString(p.pick(plainBreaks, oddBreaks))
			p.collection(indent+p.pick(plainSteps, oddSteps), depth-1, false)
		}
	}
}

// TestHotGenerated reads excerpts of texts that are made of pieces of YAML.
func TestHotGenerated(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	kept, whole := 0, 0
	for range 30_000 {
		p := pieces{Rand: r}
		p.collection("", 3, false)
		word := []string{"x", "y", "a:", "command"}[r.Intn(4)]
		k, w := checkHot(t, []byte(p.text.String()), func(part []byte) bool { return bytes.Contains(part, []byte(word)) })
		kept, whole = kept+k, whole+w
		if t.Failed() {
			return
		}
	}
	if kept > whole*9/10 {
		t.Errorf("%d of %d bytes are read: the texts are no test of what is left out", kept, whole)
	}
}

// tokens make up texts that are hardly YAML; heads and tails make it likelier that
// something is read before them and behind.
var (
	tokens = []string{
		"a", "x", "é", "y: ", "b:", ":", ": ", ":a", " ?x", " ", "  ", "\n", "\n\n", "\n  ", "\n    ", "\r\n", "- ", "-", "\n- ", "- x\n", "\n  - ", "a: b",
		"|", ">", "|-\n  ", "\"", "'", "''", "\\", "/", "[", "]", "{", "}", ",", ", ", "{a: ", "#", " #", "\t", "\"\t#", "]\t #", "?", "%", "&a ", "*a", "!",
		"@", "`", "=", "~", "---", "...",
	}
	heads = []string{"", "z: ", "z: {", "z: [", "z:\n- ", "z:\n  ", "- ", "z: \"", "z: |\n  ", "x: {a: "}
	tails = []string{"", "\n", "}\n", "]\n", "\"\n", "\ny: x\n", "\n- x\n", "\nq: x\n"}
)

// TestHotTokens reads excerpts of texts that are made of single tokens of YAML.
func TestHotTokens(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 40_000 {
		text := heads[r.Intn(len(heads))]
		for range 1 + r.Intn(9) {
			text += tokens[r.Intn(len(tokens))]
		}
		text += tails[r.Intn(len(tails))]
		word := []string{"x", "y", "nothing"}[r.Intn(3)]
		checkHot(t, []byte(text), func(part []byte) bool { return bytes.Contains(part, []byte(word)) })
		if t.Failed() {
			return
		}
	}
}
