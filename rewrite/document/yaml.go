package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"

	"shellfree/rewrite/excerpt"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// part is the text of one document of a stream.
type part struct {
	start, end int // byte offsets in the stream
	line       int // of start, from 0
}

// splitDocuments cuts text at document markers; lines holds the offsets of its
// lines. "---" and "..." at the start of a line are markers wherever they stand:
// not even a block scalar can hold them (YAML 1.1 §4.1.2). The directives before a
// "---" belong to its document. Parts with nothing but blank lines, comments and
// "..." are left out.
func splitDocuments(text []byte, lines []int) []part {
	var parts []part
	current, filled := part{}, false
	endPart := func(end, line int) {
		current.end = end
		if filled {
			parts = append(parts, current)
		}
		current, filled = part{start: end, line: line}, false
	}
	directive := -1 // line of the first directive since the last content
	for i, start := range lines {
		rest := text[start:]
		if filled && directive < 0 && len(rest) > 0 && rest[0] != '-' && rest[0] != '.' && rest[0] != '%' {
			continue // most lines are neither marker nor directive
		}
		switch {
		case isMarker(rest, "---"):
			if directive < 0 {
				directive = i
			}
			if i > 0 {
				endPart(lines[directive], directive)
			}
			directive, filled = -1, true
		case isMarker(rest, "..."):
			directive = -1
			if i+1 < len(lines) {
				endPart(lines[i+1], i+1)
			}
		case isBlankLine(rest):
		case rest[0] != '%':
			directive, filled = -1, true
		default:
			if directive < 0 {
				directive = i
			}
			filled = true
		}
	}
	endPart(len(text), len(lines))
	return parts
}

// isMarker reports whether line is marker, alone or followed by white space.
func isMarker(line []byte, marker string) bool {
	if !bytes.HasPrefix(line, []byte(marker)) {
		return false
	}
	rest := line[len(marker):]
	return len(rest) == 0 || source.IsBlank(rest[0]) || source.BreakLen(rest, 0) > 0
}

// isBlankLine reports whether line is blank or a comment.
func isBlankLine(line []byte) bool {
	i := source.SkipBlanks(line, 0)
	return i == len(line) || line[i] == '#' || source.BreakLen(line, i) > 0
}

// readAll decodes all of p. Where that fails it tries once more with spaces in the
// place of tabs that JSON allows and the decoder refuses.
func (s *Stream) readAll(text []byte, p part, locator *span.Locator) {
	content := text[p.start:p.end]
	root, err := decodeDocument(content)
	if err != nil {
		if spaced, changed := spaceTabs(content); changed {
			if again, errAgain := decodeDocument(spaced); errAgain == nil {
				root, err = again, nil
			}
		}
	}
	if err != nil {
		s.Errors = append(s.Errors, newError(err, p, locator))
		s.Decoded = append(s.Decoded, span.Span{Start: p.start, End: p.end})
		return
	}
	if root != nil {
		shiftLines(root, p.line)
	}
	s.addDocument(root, p, []span.Span{{End: p.end - p.start}}, locator)
}

// readLines decodes the chosen lines of p, false where they don't parse.
func (s *Stream) readLines(text []byte, p part, chosen excerpt.Excerpt, locator *span.Locator) bool {
	s.SkippedObject = s.SkippedObject || chosen.Object
	if len(chosen.Lines) == 0 {
		s.Skipped = s.Skipped || chosen.Content
		return true
	}
	size := 0
	for _, l := range chosen.Lines {
		size += l.End - l.Start
	}
	content := make([]byte, 0, size)
	for _, l := range chosen.Lines {
		content = append(content, text[p.start+l.Start:p.start+l.End]...)
	}
	root, err := decodeDocument(content)
	if err != nil {
		return false
	}
	if root != nil {
		renumberLines(root, lineNumbers(locator.Lines(), p, chosen.Lines))
	}
	s.addDocument(root, p, chosen.Lines, locator)
	return true
}

// addDocument adds the tree that was decoded from some lines of p. root is nil
// where they have no content.
func (s *Stream) addDocument(root *yaml.Node, p part, lines []span.Span, locator *span.Locator) {
	for _, l := range lines {
		s.Decoded = append(s.Decoded, span.Span{Start: p.start + l.Start, End: p.start + l.End})
	}
	if root == nil || isNothing(root) {
		return
	}
	s.Documents = append(s.Documents, Document{Root: root, Spans: locator.Locate(root), Start: p.start, End: p.end})
}

// decodeDocument returns the root of the one document in text, nil when there is
// none. A decoder that panics has failed like one that returns an error.
func decodeDocument(text []byte) (root *yaml.Node, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			root, err = nil, fmt.Errorf("the YAML decoder failed: %v", cause)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc, rest yaml.Node
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	// Unmarshal would stop here and drop the text behind the first node.
	if err := decoder.Decode(&rest); err == nil {
		return nil, errors.New("text after the end of the document")
	} else if !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(doc.Content) != 1 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// isNothing reports whether root is the null of a document without content.
func isNothing(root *yaml.Node) bool {
	return root.Kind == yaml.ScalarNode && root.Tag == yaml.NodeTagNull && root.Value == "" && root.Anchor == ""
}

// shiftLines adds to the line numbers of n and the nodes below it.
func shiftLines(n *yaml.Node, lines int) {
	if lines == 0 {
		return
	}
	n.Line += lines
	for _, child := range n.Content {
		shiftLines(child, lines)
	}
}

// lineNumbers returns the 1-based numbers that some lines of p have in the whole
// text, and one more, for the line behind the last. starts holds the offsets of all
// lines.
func lineNumbers(starts []int, p part, lines []span.Span) []int {
	var numbers []int
	for _, l := range lines {
		for i := sort.SearchInts(starts, p.start+l.Start); i < len(starts) && starts[i] < p.start+l.End; i++ {
			numbers = append(numbers, i+1)
		}
	}
	return append(numbers, numbers[len(numbers)-1]+1)
}

// renumberLines replaces the line numbers of n and the nodes below it, which count
// the decoded lines only, by those in the whole text.
func renumberLines(n *yaml.Node, numbers []int) {
	n.Line = numbers[min(n.Line, len(numbers))-1]
	for _, child := range n.Content {
		renumberLines(child, numbers)
	}
}

// The decoder puts the line into its message. Errors of its parser, unlike those
// of its scanner, count lines from 0 (yaml.v3, parser.fail).
var (
	decoderLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	fromParser  = regexp.MustCompile(`^did not find expected (<|node content|key|'-'|',')`)
)

// newError returns the decoder's error for p with its line in the whole text.
func newError(err error, p part, locator *span.Locator) *Error {
	message := err.Error()
	line := 0
	if found := decoderLine.FindStringSubmatch(message); found != nil {
		message = message[len(found[0]):]
		if n, err := strconv.Atoi(found[1]); err == nil {
			line = n
		}
	}
	if fromParser.MatchString(message) {
		line++
	}
	line = min(p.line+max(line, 1), len(locator.Lines()))
	return &Error{Line: line, Column: 1, Message: message, Start: p.start, End: p.end}
}
