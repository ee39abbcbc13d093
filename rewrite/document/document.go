// Package document reads the documents of a manifest: node trees, and for each
// node the bytes that it stands in.
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

// Stream holds the documents of a text, as far as they were decoded.
type Stream struct {
	Documents []Document // without those of which no line was decoded
	Errors    []*Error
	// Decoded holds the byte offsets of the lines that were decoded, in order: of all
	// lines when nothing was left out.
	Decoded []span.Span
	// Skipped reports that of some document with content no line was decoded.
	// SkippedObject reports that some document of which lines were left out is an object
	// of Kubernetes, or a patch of one.
	Skipped, SkippedObject bool
}

// Parse decodes all documents of text, in order. Documents without content are
// left out. There is one Error for each document that does not parse, or a
// single one when text is not UTF-8.
func Parse(text []byte) ([]Document, []*Error) {
	s := ParseRead(text, []span.Span{{End: len(text)}})
	return s.Documents, s.Errors
}

// ParseWhere decodes of each document only the lines that [excerpt.Of] chooses.
// mayMatter says of a span of text, whole lines, whether it may hold a command that
// a rule can report. A document whose lines don't parse is decoded as a whole, so
// an Error is that of the document.
func ParseWhere(text []byte, mayMatter func(part span.Span) bool) Stream {
	return parseStream(text, func(p part) (excerpt.Excerpt, bool) { return p.excerptOf(text, mayMatter) })
}

// ParseAround decodes the given documents only, and of them the lines that the
// commands at the given places depend on, as [excerpt.Of] chooses them. Documents
// and places are byte offsets, in order.
func ParseAround(text []byte, documents, places []span.Span) Stream {
	overlaps := func(s span.Span) bool {
		first := sort.Search(len(places), func(i int) bool { return places[i].End > s.Start })
		return first < len(places) && places[first].Start < s.End
	}
	return parseStream(text, func(p part) (excerpt.Excerpt, bool) {
		lines, all := p.intersection(documents)
		if !all {
			return excerpt.Excerpt{Lines: lines}, true
		}
		return p.excerptOf(text, overlaps)
	})
}

// excerptOf returns the lines of a part to decode, false for all of them. mayMatter
// is asked about spans of the whole text.
func (p part) excerptOf(text []byte, mayMatter func(span.Span) bool) (excerpt.Excerpt, bool) {
	return excerpt.Of(text[p.start:p.end], func(s span.Span) bool {
		return mayMatter(span.Span{Start: p.start + s.Start, End: p.start + s.End})
	})
}

// ParseRead decodes the given lines only. Each span of them lies in one document or
// holds whole documents.
func ParseRead(text []byte, read []span.Span) Stream {
	return parseStream(text, func(p part) (excerpt.Excerpt, bool) {
		lines, all := p.intersection(read)
		return excerpt.Excerpt{Lines: lines}, !all
	})
}

// intersection returns the bytes that some spans, in order, have in common with a
// part, as offsets in the part, and whether they are all of the part.
func (p part) intersection(read []span.Span) (lines []span.Span, all bool) {
	first := sort.Search(len(read), func(i int) bool { return read[i].End > p.start })
	for _, s := range read[first:] {
		if s.Start >= p.end {
			break
		}
		lines = append(lines, span.Span{Start: max(s.Start, p.start) - p.start, End: min(s.End, p.end) - p.start})
	}
	return lines, len(lines) == 1 && lines[0] == span.Span{End: p.end - p.start}
}

// parseStream decodes a text. choose returns the lines of a document to decode,
// false for all.
func parseStream(text []byte, choose func(part) (excerpt.Excerpt, bool)) Stream {
	if line, message := encodingProblem(text); message != "" {
		return Stream{Errors: []*Error{{Line: line, Column: 1, Message: message, End: len(text)}}}
	}
	locator := span.NewLocator(text)
	if doc, ok := parseJSON(text, locator); ok {
		return Stream{Documents: []Document{doc}, Decoded: []span.Span{{End: len(text)}}}
	}
	var s Stream
	for _, p := range splitDocuments(text, locator.Lines()) {
		chosen, ok := choose(p)
		if !ok || !s.readLines(text, p, chosen, locator) {
			s.readAll(text, p, locator)
		}
	}
	return s
}

// encodingProblem returns the fault in the encoding of text and its 1-based line,
// an empty message when the text is UTF-8.
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
