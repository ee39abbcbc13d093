// Package document reads the documents of a manifest: node trees together with
// the bytes of every node.
//
// A stream is cut at its document markers first and each document is decoded
// on its own, so that a broken document does not hide the others. JSON is read
// by the rules of JSON, which YAML decoders do not quite follow.
package document

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"shellfree/rewrite/excerpt"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Document is one document of a text.
type Document struct {
	// Root is the document's content, never a document node. Line and Column
	// of all nodes are those in the whole text, as the YAML decoder counts.
	// Aliases and merge keys are left as they are, duplicate keys are kept.
	Root *yaml.Node
	// Spans holds the byte offsets, in the whole text, of the nodes.
	Spans *span.Table
	// JSON is set when the whole text is one strict JSON value (RFC 8259).
	JSON bool
	// Start and End are the byte offsets of the document in the text, its
	// "---" line and its comments included.
	Start, End int
}

// Error says why a document could not be read.
type Error struct {
	// Line is 1-based and counts YAML line breaks; the decoder often names the
	// start of the enclosing block. Column is 1: the decoder tells none.
	Line, Column int
	// Message is the decoder's, without position.
	Message string
	// Start and End are the byte offsets of the document in the text.
	Start, End int
}

// Error returns the message with its line.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d: %s; correct the document there", e.Line, e.Message)
}

// Stream is what was read of a text.
type Stream struct {
	Documents []Document // without those of which nothing was read
	Errors    []*Error
	// Read holds what was decoded, in order: whole lines. It is the whole text
	// where nothing was left out.
	Read []span.Span
	// Left reports a document of which nothing was read. Object reports that one
	// of which not all was read is an object of Kubernetes, or a patch of one.
	Left, Object bool
}

// Parse reads all documents of text, in order. Documents without content are
// left out. There is one Error for each document that does not parse, or a
// single one when text is not UTF-8.
func Parse(text []byte) ([]Document, []*Error) {
	s := ParseRead(text, []span.Span{{End: len(text)}})
	return s.Documents, s.Errors
}

// ParseHot does the same and leaves out what [excerpt.Of] does. An Error is one
// of the whole document.
func ParseHot(text []byte, hot func(part span.Span) bool) Stream {
	return parse(text, func(p part) (excerpt.Excerpt, bool) { return p.excerpt(text, hot) })
}

// ParseAround does the same for the commands at some places in the text, in
// order, whatever they are, and reads nothing but the documents given.
func ParseAround(text []byte, documents, places []span.Span) Stream {
	overlaps := func(s span.Span) bool {
		first := sort.Search(len(places), func(i int) bool { return places[i].End > s.Start })
		return first < len(places) && places[first].Start < s.End
	}
	return parse(text, func(p part) (excerpt.Excerpt, bool) {
		lines, whole := p.within(documents)
		if !whole {
			return excerpt.Excerpt{Lines: lines}, true
		}
		return p.excerpt(text, overlaps)
	})
}

// excerpt returns what is worth decoding of a part, false for all. hot is asked of
// spans of the whole text.
func (p part) excerpt(text []byte, hot func(span.Span) bool) (excerpt.Excerpt, bool) {
	return excerpt.Of(text[p.start:p.end], func(s span.Span) bool {
		return hot(span.Span{Start: p.start + s.Start, End: p.start + s.End})
	})
}

// ParseRead does the same and decodes nothing but some lines, each span of which
// lies in a document or holds some.
func ParseRead(text []byte, read []span.Span) Stream {
	return parse(text, func(p part) (excerpt.Excerpt, bool) {
		lines, whole := p.within(read)
		return excerpt.Excerpt{Lines: lines}, !whole
	})
}

// within returns what some spans have in common with a part, counted from there,
// and whether that is all of it.
func (p part) within(read []span.Span) (lines []span.Span, whole bool) {
	first := sort.Search(len(read), func(i int) bool { return read[i].End > p.start })
	for _, s := range read[first:] {
		if s.Start >= p.end {
			break
		}
		lines = append(lines, span.Span{Start: max(s.Start, p.start) - p.start, End: min(s.End, p.end) - p.start})
	}
	return lines, len(lines) == 1 && lines[0] == span.Span{End: p.end - p.start}
}

// parse reads a text. choose returns the lines of a document to decode, false
// for all.
func parse(text []byte, choose func(part) (excerpt.Excerpt, bool)) Stream {
	if line, message := encodingProblem(text); message != "" {
		return Stream{Errors: []*Error{{Line: line, Column: 1, Message: message, End: len(text)}}}
	}
	locator := span.NewLocator(text)
	if doc, ok := parseJSON(text, locator); ok {
		return Stream{Documents: []Document{doc}, Read: []span.Span{{End: len(text)}}}
	}
	var s Stream
	for _, p := range split(text, locator.Lines()) {
		chosen, ok := choose(p)
		if !ok || !s.readLines(text, p, chosen, locator) {
			s.readWhole(text, p, locator)
		}
	}
	return s
}

// encodingProblem returns what is wrong with the encoding of text and where,
// an empty message when it is UTF-8.
func encodingProblem(text []byte) (line int, message string) {
	if bytes.HasPrefix(text, []byte("\xFE\xFF")) || bytes.HasPrefix(text, []byte("\xFF\xFE")) {
		return 1, "the text is UTF-16, not UTF-8"
	}
	if utf8.Valid(text) {
		return 0, ""
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			line = len(source.LineStarts(text[:i]))
			return line, fmt.Sprintf("byte %#x is not UTF-8", text[i])
		}
		i += size
	}
	return 0, ""
}
