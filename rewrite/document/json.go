package document

import (
	"bytes"
	"encoding/json"

	"shellfree/rewrite/source"
	"shellfree/rewrite/span"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// parseJSON reads text as one JSON object or array; false when it is none. It
// accepts tabs anywhere, the escape "\/", surrogate pairs and DEL, which YAML
// decoders refuse. The nodes look as if decoded from YAML.
func parseJSON(text []byte, locator *span.Locator) (Document, bool) {
	start := 0
	if bytes.HasPrefix(text, []byte(source.ByteOrderMark)) {
		start = len(source.ByteOrderMark)
	}
	value := bytes.TrimLeft(text[start:], " \t\r\n")
	if len(value) == 0 || value[0] != '{' && value[0] != '[' || !json.Valid(value) {
		return Document{}, false
	}
	r := &jsonReader{text: text, at: start, locator: locator, spans: span.NewTable()}
	root := r.readValue()
	return Document{Root: root, Spans: r.spans, JSON: true, End: len(text)}, true
}

// jsonReader builds the tree of a text that is known to be valid JSON.
type jsonReader struct {
	text    []byte
	at      int
	locator *span.Locator
	spans   *span.Table
}

// nextByte skips white space and the given separator and returns the byte that
// follows, without stepping over it.
func (r *jsonReader) nextByte(separator byte) byte {
	for ; ; r.at++ {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\r', '\n', separator:
		default:
			return c
		}
	}
}

// readValue reads the value that follows.
func (r *jsonReader) readValue() *yaml.Node {
	first := r.nextByte(' ')
	start := r.at
	n := &yaml.Node{}
	n.Line, n.Column = r.locator.Position(start)
	switch first {
	case '{', '[':
		r.readCollection(n, first)
	case '"':
		r.readString(n)
	default:
		r.readLiteral(n)
	}
	r.spans.Set(n, span.Span{Start: start, End: r.at})
	return n
}

// readCollection reads an object or array, keeping all of an object's members.
func (r *jsonReader) readCollection(n *yaml.Node, open byte) {
	n.Style = yaml.FlowStyle
	n.Kind, n.Tag = yaml.SequenceNode, yaml.NodeTagSeq
	closing := byte(']')
	if open == '{' {
		n.Kind, n.Tag = yaml.MappingNode, yaml.NodeTagMap
		closing = '}'
	}
	r.at++
	for r.nextByte(',') != closing {
		n.Content = append(n.Content, r.readValue())
		if open == '{' {
			r.nextByte(':')
			n.Content = append(n.Content, r.readValue())
		}
	}
	r.at++
}

// readString reads a string. Lone surrogates become U+FFFD, as they do for the
// API server, which uses encoding/json as well.
func (r *jsonReader) readString(n *yaml.Node) {
	start := r.at
	r.at = source.QuoteEnd(r.text, start)
	n.Kind, n.Tag, n.Style = yaml.ScalarNode, yaml.NodeTagString, yaml.DoubleQuotedStyle
	n.Value = string(r.text[start+1 : r.at-1])
	if bytes.IndexByte(r.text[start:r.at], '\\') >= 0 {
		// It can't fail: the text is valid JSON.
		_ = json.Unmarshal(r.text[start:r.at], &n.Value)
	}
}

// readLiteral reads a number, true, false or null.
func (r *jsonReader) readLiteral(n *yaml.Node) {
	start := r.at
	for r.at < len(r.text) && bytes.IndexByte([]byte(" \t\r\n,:]}"), r.text[r.at]) < 0 {
		r.at++
	}
	n.Kind, n.Value = yaml.ScalarNode, string(r.text[start:r.at])
	switch n.Value[0] {
	case 't', 'f':
		n.Tag = yaml.NodeTagBool
	case 'n':
		n.Tag = yaml.NodeTagNull
	default:
		n.Tag = yaml.NodeTagInt
		if bytes.ContainsAny(r.text[start:r.at], ".eE") {
			n.Tag = yaml.NodeTagFloat
		}
	}
}
