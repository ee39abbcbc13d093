package span_test

import (
	"strings"
	"testing"

	"shellfree/rewrite/span"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// sentinel replaces a scalar. Quoted, it may stand anywhere a scalar may.
const sentinel = `"SENTINEL"`

// parse decodes the one document of text and places its nodes.
func parse(tb testing.TB, text string) (*yaml.Node, *span.Table) {
	tb.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		tb.Fatalf("%q: %v", text, err)
	}
	table := span.NewLocator([]byte(text)).Locate(&doc)
	return &doc, table
}

// nodes returns n and all nodes below it in text order.
func nodes(n *yaml.Node) []*yaml.Node {
	found := []*yaml.Node{n}
	for _, child := range n.Content {
		found = append(found, nodes(child)...)
	}
	return found
}

// isAbsent reports whether n is a scalar left out, which has no bytes.
func isAbsent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

// outline describes a tree without positions and comments.
func outline(n *yaml.Node, target *yaml.Node) []string {
	if n == target {
		return []string{"target " + n.Anchor}
	}
	style := n.Style
	line := strings.Join([]string{string(rune('0' + n.Kind)), string(rune('0' + style)), n.Tag, n.Anchor, n.Value}, " ")
	lines := []string{line}
	for _, child := range n.Content {
		for _, inner := range outline(child, target) {
			lines = append(lines, "  "+inner)
		}
	}
	return lines
}

// styles holds one document for each way to write a node that has a trap.
var styles = map[string]string{
	"plain":                   "a: b\nc: d # comment\n",
	"plain with hash":         "a: b#c #d\ne: x:y\n",
	"plain over lines":        "a: one\n  two\n\n  three\nb: c\n",
	"plain over lines, CRLF":  "a: one\r\n  two\r\n\r\n\r\n  three\r\nb: c\r\n",
	"plain with tab":          "a: one\ttwo   three \nb: c\n",
	"plain in flow":           "[one two, a:b, c#d, 'x', http://y]\n",
	"plain over lines, flow":  "x: [one\n two\n\n three , four]\n",
	"plain item, 0 indent":    "a:\n- b c\n- d\ne: f\n",
	"plain then tag line":     "- /bin/x\n  {{params}}\n  1>>/log 2>&1\n- y\n",
	"plain at top":            "just\ntext\n",
	"single":                  "a: 'it''s' # c\n'b''c': ''\n",
	"single over lines":       "a: 'one  \n   two\n\n  three '\nb: c\n",
	"single, end quotes":      "a: 'x'''\nb: ''''\n",
	"double":                  "a: \"x\\\"y\" # \"\n\"b\": \"\"\n",
	"double over lines":       "a: \"one\n  two \\\n  three\n\n\n  four\"\nb: c\n",
	"double with backslash":   "a: \"c:\\\\\"\nb: \"\\u00e9\\x41\\t\"\n",
	"literal":                 "a: |\n  x\n   y\n\n  z\nb: c\n",
	"literal strip":           "a: |-\n  x\n\n\nb: c\n",
	"literal keep":            "a: |+\n  x\n\n\nb: c\n",
	"literal indicator":       "a: |2\n    x\n   y\nb: c\n",
	"literal indicator first": "- a: |1-\n    x\n   y\n- c\n",
	"literal header comment":  "a: | # c\n  x\nb: c\n",
	"literal leading blanks":  "a: |\n\n\n  x\nb: c\n",
	"literal blank inside":    "a: |\n  x\n  \n    \n  y\nb: c\n",
	"literal tabs":            "a: |\n  x\n  \ty\n  \t\n  z\nb: c\n",
	"literal then comment":    "a: |\n  x\n # less\nb: c\n",
	"literal hash inside":     "a: |\n  x\n  # kept\nb: c\n",
	"literal at end":          "a: |\n  x",
	"literal empty":           "a: |\nb: |+\n\nc: >-\n\nd: e\n",
	"literal in sequence":     "- |\n x\n- - |\n   y\n  - >\n   z\n",
	"literal CRLF":            "a: |\r\n  x\r\n\r\n  y\r\nb: c\r\n",
	"literal CR":              "a: |\r  x\r  y\rb: c\r",
	"literal at top":          "--- |\n  x\n  y\n",
	"folded":                  "a: >\n  one\n  two\n\n  three\n   more\n  less\nb: c\n",
	"folded, more first":      "a: >\n\n  one\n\n   more\n\n\n  less\n  end\nb: c\n",
	"folded strip":            "a: >-\n  one\n  two\n\nb: c\n",
	"folded with tab line":    "a: >\n  one\n  \ttab\n  two\nb: c\n",
	"anchors":                 "a: &x b\nc: *x\nd: &y\n  e: f\ng: &z [h, *y ]\n",
	"anchor on key":           "&k a: b\n&l 'c': d\n*k : e\n",
	"anchor on both":          "&m\n&k a: b\n",
	"tags":                    "a: !!str 1\nb: !t &x 'c'\nd: &y !!str |\n  e\nf: ! g\nh: !<tag:x,1> i\n",
	"tag on block":            "a: !m\n  b: c\nd: !!seq # e\n- f\ng: &s\n- h\n",
	"tag on its own line":     "a: !!str # why\n  b\nc: !!map\n  !!str d: e\n",
	"merge":                   "a: &x {b: c}\nd:\n  <<: *x\n  e: f\n",
	"flow nested":             "a: {b: [c, {d: e}], 'f': \"g\" } # h\ni: []\nj: {}\n",
	"flow over lines":         "a: [\n  b, # c ]\n  \"d\"\n  ,\n  # e\n]\nf: {\n  g: h,\n}\n",
	"flow pairs":              "[a: b, 'c': d, ? e : f, {g: h}: i]\n",
	"flow empties":            "a: {b, c: , d: }\ne: [f: , g]\nh: {i:}\nj: {? k}\n",
	"flow with tabs":          "a: [\n\t'b',\n\t'c'\n\t]\n",
	"flow glued":              "{\"a\":\"b\",\"c\":[1,2],\"d\":{\"e\":null}}\n",
	"empties":                 "a:\nb: # c\n\nd:\n-\n- e\n-\nf: !!str\ng: &x\nh: i\n",
	"empty last":              "a:\n  b:\n\n# c\n\nd:\n  - \n\n\ne: f\n",
	"explicit keys":           "? a\n: b\n? |\n  c\n: - d\n? e\n? f\n",
	"nested in dash":          "- - a\n  - b: c\n    d: e\n-   f: g\n",
	"multi-byte":              "\"é😀\": \"ü\" # ö\nx: [é, '😀' , z]\n",
	"byte order mark":         "\uFEFFa: b\nc: 'd'\n",
	"NEL, LS and PS":          "a: 'x\u0085 y'\nb: \"p\u2028 q\u2029 \u2029r\"\nc: |\n  x\u2028  y\nd: e\n",
	"directive":               "%YAML 1.1\n---\na: b\n",
	"document ends":           "--- # c\na: b\n...\n",
	"no final newline":        "a: [b]\nc: d",
	"dashes":                  "a: -b\nc: --d --e\nf: [-g, --h]\n",
	"JSON with comment":       "{\n  \"a\": [\n    \"b\", # c\n    \"d\\n\"\n  ]\n}\n",
}

// TestSentinel replaces each scalar in turn and requires that the tree differs
// there and nowhere else.
func TestSentinel(t *testing.T) {
	for name, text := range styles {
		t.Run(name, func(t *testing.T) {
			doc, table := parse(t, text)
			for i, n := range nodes(doc) {
				s, ok := table.Content(n)
				if n.Kind == yaml.DocumentNode || isAbsent(n) {
					continue
				}
				if !ok {
					t.Errorf("node %q at %d:%d is not placed", n.Value, n.Line, n.Column)
				}
				if n.Kind != yaml.ScalarNode {
					continue
				}
				edited := text[:s.Start] + sentinel + text[s.End:]
				var again yaml.Node
				if err := yaml.Unmarshal([]byte(edited), &again); err != nil {
					t.Errorf("replacing %q: %v", text[s.Start:s.End], err)
					continue
				}
				target := nodes(&again)[i]
				if target.Value != "SENTINEL" {
					t.Errorf("replacing %q: the node became %q", text[s.Start:s.End], target.Value)
				}
				if diff := cmp.Diff(outline(doc, n), outline(&again, target)); diff != "" {
					t.Errorf("replacing %q changed other nodes:\n%s", text[s.Start:s.End], diff)
				}
			}
		})
	}
}

// placement is the text of one node, with its anchor and tag and without.
type placement struct{ Whole, Content string }

func TestSpans(t *testing.T) {
	tests := map[string]struct {
		text string
		want []placement // in text order
	}{
		"anchor and tag are outside of the content": {
			"a: &x !!str 'b' # c\n",
			[]placement{{"a: &x !!str 'b'", "a: &x !!str 'b'"}, {"a", "a"}, {"&x !!str 'b'", "'b'"}},
		},
		"an anchor before a key is the key's": {
			"&x a: b\n",
			[]placement{{"&x a: b", "&x a: b"}, {"&x a", "a"}, {"b", "b"}},
		},
		"a mapping's own anchor": {
			"&m\n&x a: b\n",
			[]placement{{"&m\n&x a: b", "&x a: b"}, {"&x a", "a"}, {"b", "b"}},
		},
		"a block scalar ends before its blank lines": {
			"a: |+\n  b\n  c\n\n\n",
			[]placement{{"a: |+\n  b\n  c", "a: |+\n  b\n  c"}, {"a", "a"}, {"|+\n  b\n  c", "|+\n  b\n  c"}},
		},
		"a sequence ends with its last item": {
			"- a\n- 'b' # c\n\n# d\n",
			[]placement{{"- a\n- 'b'", "- a\n- 'b'"}, {"a", "a"}, {"'b'", "'b'"}},
		},
		"a value left out has no span": {
			"a:\n",
			[]placement{{"a:", "a:"}, {"a", "a"}, {}},
		},
		"a key left alone does not reach for the next token": {
			"? a\n\n# c\n",
			[]placement{{"? a", "? a"}, {"a", "a"}, {}},
		},
		"brackets, comma and comment": {
			"&l [a, # ]\n b,\n] # c\n",
			[]placement{{"&l [a, # ]\n b,\n]", "[a, # ]\n b,\n]"}, {"a", "a"}, {"b", "b"}},
		},
		"an alias": {
			"[&x a, *x ]",
			[]placement{{"[&x a, *x ]", "[&x a, *x ]"}, {"&x a", "a"}, {"*x", "*x"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc, table := parse(t, test.text)
			var got []placement
			for _, n := range nodes(doc.Content[0]) {
				whole, _ := table.Of(n)
				content, _ := table.Content(n)
				got = append(got, placement{test.text[whole.Start:whole.End], test.text[content.Start:content.End]})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRefused gives trees that do not belong to the text: no bytes may be
// offered for an edit then.
func TestRefused(t *testing.T) {
	tests := []struct{ name, text, other string }{
		{"plain", "a: b\n", "a: c\n"},
		{"single", "a: 'b'\n", "a: 'c'\n"},
		{"single, longer in the text", "a: 'bc'\n", "a: 'b'\n"},
		{"double", "a: \"b\"\n", "a: \"c\"\n"},
		{"double, longer in the text", "a: \"bc\"\n", "a: \"b\"\n"},
		{"escape", "a: \"\\t\"\n", "a: \"\\n\"\n"},
		{"other quotes", "a: 'b'\n", "a: \"b\"\n"},
		{"literal", "a: |\n b\n", "a: |\n c\n"},
		{"literal, longer in the text", "a: |\n b\n c\n", "a: |\n b\n"},
		{"literal, other chomping", "a: |\n b\n", "a: |-\n b\n"},
		{"folded for literal", "a: |\n b\n c\n", "a: >\n b\n c\n"},
		{"alias", "a: &x 1\nb: *y\n", "a: &x 1\nb: *x\n"},
		{"bracket", "a: [b}\n", "a: [b]\n"},
		{"quote left open", "a: \"b\n", "a: \"b\"\n"},
		{"text cut short", "a: \n", "a: b\n"},
		{"text empty", "", "a: b\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var doc yaml.Node
			if err := yaml.Unmarshal([]byte(test.other), &doc); err != nil {
				t.Fatal(err)
			}
			table := span.NewLocator([]byte(test.text)).Locate(&doc)
			all := nodes(&doc)
			value := all[len(all)-1]
			if test.name == "bracket" {
				value = all[3]
			}
			if s, ok := table.Of(value); ok {
				t.Errorf("%q of %q is placed for %q", test.text[s.Start:s.End], test.text, test.other)
			}
			if _, ok := table.Of(all[1]); ok {
				t.Errorf("the mapping is placed although its end is unknown")
			}
		})
	}
}

func TestSet(t *testing.T) {
	table := span.NewTable()
	n := &yaml.Node{}
	if _, ok := table.Of(n); ok {
		t.Error("a node is placed in an empty table")
	}
	table.Set(n, span.Span{Start: 2, End: 5})
	for name, lookup := range map[string]func(*yaml.Node) (span.Span, bool){"Of": table.Of, "Content": table.Content} {
		if got, ok := lookup(n); !ok || got != (span.Span{Start: 2, End: 5}) {
			t.Errorf("%s gives %v, %v", name, got, ok)
		}
	}
}
