package document_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"shellfree/rewrite/document"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// read parses text and describes its documents: each as its own JSON or YAML
// marker, its bytes, and the bytes of every node that is placed.
func read(text string) (docs []string, errs []string) {
	parsed, failed := document.Parse([]byte(text))
	for _, doc := range parsed {
		kind := "yaml"
		if doc.JSON {
			kind = "json"
		}
		line := fmt.Sprintf("%s %q:", kind, text[doc.Start:doc.End])
		walk(doc.Root, func(n *yaml.Node) {
			if s, ok := doc.Spans.Of(n); ok {
				line += fmt.Sprintf(" %d:%d %q", n.Line, n.Column, text[s.Start:s.End])
			}
		})
		docs = append(docs, line)
	}
	for _, err := range failed {
		errs = append(errs, fmt.Sprintf("%q: %v", text[err.Start:err.End], err))
	}
	return docs, errs
}

func TestParse(t *testing.T) {
	tests := map[string]struct {
		text       string
		docs, errs []string
	}{
		"nothing":       {text: ""},
		"comments only": {text: "# a\n---\n# b\n---\n...\n"},
		"lines are those of the text": {
			text: "# c\n---\na: b\n---\n- 'c'\n",
			docs: []string{
				`yaml "---\na: b\n": 3:1 "a: b" 3:1 "a" 3:4 "b"`,
				`yaml "---\n- 'c'\n": 5:1 "- 'c'" 5:3 "'c'"`,
			},
		},
		"byte order mark and CRLF": {
			text: "\uFEFFa: é\r\n--- # c\r\nb: [x]\r\n",
			docs: []string{
				`yaml "\ufeffa: é\r\n": 1:1 "a: é" 1:1 "a" 1:4 "é"`,
				`yaml "--- # c\r\nb: [x]\r\n": 3:1 "b: [x]" 3:1 "b" 3:4 "[x]" 3:5 "x"`,
			},
		},
		"content on the marker's line": {
			text: "--- {a: 1}\n--- |\n ---\n--- x\n",
			docs: []string{
				`yaml "--- {a: 1}\n": 1:5 "{a: 1}" 1:6 "a" 1:9 "1"`,
				`yaml "--- |\n ---\n": 2:5 "|\n ---"`,
				`yaml "--- x\n": 4:5 "x"`,
			},
		},
		"text after the end marker is not lost": {
			text: "a: b\n...\nc: d\n",
			docs: []string{
				`yaml "a: b\n...\n": 1:1 "a: b" 1:1 "a" 1:4 "b"`,
				`yaml "c: d\n": 3:1 "c: d" 3:1 "c" 3:4 "d"`,
			},
		},
		"directives belong to the next document": {
			text: "a: b\n%TAG !e! !x\n# c\n---\nc: !e!y d\n",
			docs: []string{
				`yaml "a: b\n": 1:1 "a: b" 1:1 "a" 1:4 "b"`,
				`yaml "%TAG !e! !x\n# c\n---\nc: !e!y d\n": 5:1 "c: !e!y d" 5:1 "c" 5:4 "!e!y d"`,
			},
		},
		"directives without a document": {
			text: "# c\n%YAML 1.1\n",
			errs: []string{`"# c\n%YAML 1.1\n": line 3: did not find expected <document start>; correct the document there`},
		},
		"directives at the start": {
			text: "\uFEFF%YAML 1.1\n# c\n---\na\n",
			docs: []string{`yaml "%YAML 1.1\n# c\n---\na\n": 4:1 "a"`},
		},
		"dashes that are no marker": {text: "---a: b\n",
			docs: []string{`yaml "---a: b\n": 1:1 "---a: b" 1:1 "---a" 1:7 "b"`},
		},
		"CR and NEL end lines": {
			text: "a: b\r---\rc: d\u0085---\u0085e\n",
			docs: []string{
				`yaml "a: b\r": 1:1 "a: b" 1:1 "a" 1:4 "b"`,
				`yaml "---\rc: d\u0085": 3:1 "c: d" 3:1 "c" 3:4 "d"`,
				`yaml "---\u0085e\n": 5:1 "e"`,
			},
		},
		"a broken document hides no other": {
			text: "a: b\n---\nc: d: e\n---\nf: g\n",
			docs: []string{
				`yaml "a: b\n": 1:1 "a: b" 1:1 "a" 1:4 "b"`,
				`yaml "---\nf: g\n": 5:1 "f: g" 5:1 "f" 5:4 "g"`,
			},
			errs: []string{`"---\nc: d: e\n": line 3: mapping values are not allowed in this context; correct the document there`},
		},
		"text behind the first node is an error": {
			text: "{a: b} c\n",
			errs: []string{`"{a: b} c\n": line 1: did not find expected <document start>; correct the document there`},
		},
		"unknown alias": {
			text: "a: *b\n",
			errs: []string{`"a: *b\n": line 1: unknown anchor 'b' referenced; correct the document there`},
		},
		"duplicate keys": {
			text: "a: b\na: c\n",
			docs: []string{`yaml "a: b\na: c\n": 1:1 "a: b\na: c" 1:1 "a" 1:4 "b" 2:1 "a" 2:4 "c"`},
		},
		"UTF-16": {
			text: "\xFF\xFEa\x00",
			errs: []string{`"\xff\xfea\x00": line 1: the text is UTF-16, not UTF-8; correct the document there`},
		},
		"not UTF-8": {
			text: "a: b\nc: \xE9\n",
			errs: []string{`"a: b\nc: \xe9\n": line 2: byte 0xe9 is not UTF-8; correct the document there`},
		},
		"JSON": {
			text: "\uFEFF\n{\"a\": [ 1,\t\"é\" ],\r\n\t\"b\":{}}\n",
			docs: []string{`json "\ufeff\n{\"a\": [ 1,\t\"é\" ],\r\n\t\"b\":{}}\n":` +
				` 2:1 "{\"a\": [ 1,\t\"é\" ],\r\n\t\"b\":{}}" 2:2 "\"a\"" 2:7 "[ 1,\t\"é\" ]" 2:9 "1" 2:12 "\"é\"" 3:2 "\"b\"" 3:6 "{}"`},
		},
		"JSON with a trailing comma is YAML": {
			text: "[1,]\n",
			docs: []string{`yaml "[1,]\n": 1:1 "[1,]" 1:2 "1"`},
		},
		"two JSON values are no document": {
			text: "{\"a\":1}\n{\"b\":2}\n",
			errs: []string{`"{\"a\":1}\n{\"b\":2}\n": line 2: did not find expected <document start>; correct the document there`},
		},
		"tabs after a plain value in braces": {
			text: "\t{\n\t\"a\": b\n\t,\"c\": \"x\ty\"}\n",
			docs: []string{`yaml "\t{\n\t\"a\": b\n\t,\"c\": \"x\ty\"}\n":` +
				` 1:2 "{\n\t\"a\": b\n\t,\"c\": \"x\ty\"}" 2:2 "\"a\"" 2:7 "b" 3:3 "\"c\"" 3:8 "\"x\ty\""`},
		},
		"tabs in brackets leave block scalars alone": {
			text: "a: |\n  x [\n  \ty\nb: [c\n\t, d]\n",
			docs: []string{`yaml "a: |\n  x [\n  \ty\nb: [c\n\t, d]\n":` +
				` 1:1 "a: |\n  x [\n  \ty\nb: [c\n\t, d]" 1:1 "a" 1:4 "|\n  x [\n  \ty" 4:1 "b" 4:4 "[c\n\t, d]" 4:5 "c" 5:4 "d"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			docs, errs := read(test.text)
			if diff := cmp.Diff(test.docs, docs); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errs, errs); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTabsThatIndentBlocks: the kubelet refuses these, so they stay errors.
func TestTabsThatIndentBlocks(t *testing.T) {
	for _, text := range []string{"a:\n\tb: c\n", "a:\n  - b\n\t- c\n", "a: it's [\n\tb: c\n"} {
		if docs, errs := document.Parse([]byte(text)); len(errs) != 1 {
			t.Errorf("%q: %d documents and %d errors, want one error", text, len(docs), len(errs))
		}
	}
}

func TestAliasesStay(t *testing.T) {
	docs, errs := document.Parse([]byte("a: &x {b: c}\nd:\n  <<: *x\n"))
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatalf("%d documents, errors %v", len(docs), errs)
	}
	merge := docs[0].Root.Content[3].Content[1]
	if merge.Kind != yaml.AliasNode || merge.Alias != docs[0].Root.Content[1] {
		t.Errorf("the merged value is %v, want an alias of the first mapping", merge)
	}
}

// TestHostile gives inputs that could cost time or stack out of proportion.
func TestHostile(t *testing.T) {
	bomb := "a: &a [x, x, x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1)
	}
	tests := map[string]string{
		"alias bomb":       bomb,
		"anchor in itself": "a: &a [*a]\n",
		"deep brackets":    strings.Repeat("[", 200_000),
		"deep JSON":        strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000),
		"deep dashes":      strings.Repeat("- ", 100_000),
		"many documents":   strings.Repeat("---\na: b\n", 20_000),
		"broken ones":      strings.Repeat("---\na: b: c\n", 2_000),
		"many markers":     strings.Repeat("...\n", 50_000),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			docs, errs := document.Parse([]byte(text))
			want := map[string]int{"many documents": 20_000, "broken ones": 2_000, "many markers": 0}
			n, ok := want[name]
			if !ok {
				n = 1
			}
			if len(docs)+len(errs) != n {
				t.Errorf("%d documents and %d errors, want %d in all", len(docs), len(errs), n)
			}
		})
	}
}

// FuzzParse requires that no bytes make Parse panic, and that the nodes it places are
// right.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a: b\n", "a: |\n  x\n\n", "a: >-\n  x\n   y\n", "{\"a\": \"\\/\\ud83d\\ude00\"}", "[a, 'b''c', \"d\\n\"]",
		"&x a: !!str b\nc: *x\n", "? a\n: b\n", "--- # c\n...\n%YAML 1.1\n---\n- - a\n", "\t[a\n\t, b]\n", "a: \u2028b\n",
		"\uFEFFa: 'b\n\n c'\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		docs, errs := document.Parse(text)
		for _, err := range errs {
			if err.Start < 0 || err.End > len(text) || err.Start > err.End || err.Line < 1 {
				t.Errorf("error at line %d, bytes %d to %d of %d", err.Line, err.Start, err.End, len(text))
			}
		}
		for _, doc := range docs {
			walk(doc.Root, func(n *yaml.Node) {
				s, ok := doc.Spans.Content(n)
				if !ok {
					return
				}
				if s.Start < doc.Start || s.End > doc.End || s.Start >= s.End {
					t.Fatalf("span %v is outside of the document, %d to %d", s, doc.Start, doc.End)
				}
				if n.Kind == yaml.ScalarNode {
					checkDecodes(t, doc, n, text[s.Start:s.End])
				}
			})
		}
	})
}

// checkDecodes requires that the bytes of a scalar, as a document of their own
// or as the only key of one, give its value. Some words are scalars in one of
// these places only.
func checkDecodes(t *testing.T, doc document.Document, n *yaml.Node, found []byte) {
	t.Helper()
	contexts := [][2]string{{"--- ", ""}, {"", ": v"}}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		header, _, _ := bytes.Cut(found, []byte("\n"))
		if bytes.ContainsAny(header, "0123456789\r\u0085\u2028\u2029") {
			return // an indentation indicator counts from the parent's
		}
	} else if doc.JSON {
		contexts = [][2]string{{"[", "]"}}
	}
	var got []string
	for _, context := range contexts {
		again, _ := document.Parse([]byte(context[0] + string(found) + context[1]))
		if len(again) != 1 {
			continue
		}
		value := again[0].Root
		if len(value.Content) > 0 {
			value = value.Content[0]
		}
		const breaks = "\n\u2028\u2029"
		if strings.TrimRight(value.Value, breaks) == strings.TrimRight(n.Value, breaks) {
			return
		}
		got = append(got, value.Value)
	}
	t.Errorf("%q gives %q, the node has %q", found, got, n.Value)
}

func BenchmarkParse(b *testing.B) {
	block := "- name: c\n  command:\n  - /bin/sh\n  - -c\n  - |\n    exec x \\\n      --y\n  image: \"z:1\" # é\n"
	object := `{"name": "é", "args": ["a b", "-c", "it\"s"], "n": [1, true]}`
	inputs := map[string]string{
		"yaml":      strings.Repeat(block, 10_000),
		"documents": strings.Repeat("---\n"+block, 10_000),
		"json":      "[" + strings.Repeat(object+",", 10_000) + object + "]",
	}
	for name, text := range inputs {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if docs, errs := document.Parse([]byte(text)); len(errs) > 0 || len(docs) == 0 {
					b.Fatal("the input does not parse")
				}
			}
		})
	}
}
