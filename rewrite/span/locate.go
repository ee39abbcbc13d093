package span

import (
	"bytes"

	"shellfree/rewrite/source"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Locator finds the bytes of the nodes of one text. It indexes the lines once.
// The trees of a text with several documents are best given in their order: then
// all of them together take time in step with the text's length.
type Locator struct {
	cursor
	table *Table
}

// NewLocator returns a locator for text, which must be UTF-8.
func NewLocator(text []byte) *Locator {
	return &Locator{cursor: newCursor(text)}
}

// Lines returns the byte offset of the first column of each line, in order.
func (l *Locator) Lines() []int { return l.starts }

// Position returns the 1-based line and column of a byte offset as the YAML
// decoder counts them: every YAML line break ends a line, a column is a code
// point.
func (l *Locator) Position(offset int) (line, column int) { return l.position(offset) }

// Offset returns the byte offset of a 1-based line and column as the YAML
// decoder counts them, the text's length for a position behind it.
func (l *Locator) Offset(line, column int) int { return l.offsetOf(line, column) }

// Locate returns the spans of root and every node below it. Line and Column of the
// nodes must be those in the locator's text. The work is done when the table is
// first asked, since many documents are never asked about; until then neither
// the nodes nor the text may change.
//
// A scalar is placed only when the bytes of its span decode to its Value by
// the rules of its style; a collection only when its last child's end is known
// and, in flow style, its closing bracket follows. Other nodes are left out of
// the table.
func (l *Locator) Locate(root *yaml.Node) *Table {
	t := &Table{}
	t.locate = func() {
		t.places = make(map[*yaml.Node]place, countNodes(root))
		l.table = t
		l.placeNode(root, 0)
	}
	return t
}

// countNodes returns how many nodes there are at n and below.
func countNodes(n *yaml.Node) int {
	all := 1
	for _, child := range n.Content {
		all += countNodes(child)
	}
	return all
}

// placeNode records the span of n and returns the offset where n ends, -1 when it
// is unknown. from is the offset where the node before n ended: n does not begin
// before it.
func (l *Locator) placeNode(n *yaml.Node, from int) int {
	if n.Kind == yaml.DocumentNode {
		return l.placeChildren(n, from)
	}
	start := l.offsetOf(n.Line, n.Column)
	content, end := l.extent(n, start, from)
	if end > content && start >= from {
		l.table.places[n] = place{start, content, end}
	}
	return end
}

// extent returns the offsets where the content of n begins and ends; end is -1
// when it is unknown. start is where n begins with its anchor and tag.
func (l *Locator) extent(n *yaml.Node, start, from int) (content, end int) {
	switch {
	case n.Kind == yaml.AliasNode:
		return start, l.aliasEnd(n.Value, start)
	case isEmpty(n):
		end = l.emptyEnd(start, from)
		return end, end
	case n.Kind == yaml.ScalarNode:
		content = l.skipProperties(start, true, true)
		return content, scalarEnd(l.text, content, n)
	case n.Style&yaml.FlowStyle != 0:
		content = l.skipProperties(start, true, true)
		return content, l.flowEnd(n, content)
	}
	// In "&a k: v" the anchor is the key's, although the mapping starts with it.
	content = l.skipProperties(start, n.Anchor != "", n.Style&yaml.TaggedStyle != 0)
	return content, l.placeChildren(n, content)
}

// placeChildren places the children of n and returns the last one's end, from
// when there is none.
func (l *Locator) placeChildren(n *yaml.Node, from int) int {
	end := from
	for _, child := range n.Content {
		if end = l.placeNode(child, max(end, from)); end > from {
			from = end
		}
	}
	return end
}

// isEmpty reports whether n is a value left out, as in "key:".
func isEmpty(n *yaml.Node) bool {
	written := yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&written == 0
}

// emptyEnd returns the end of an empty value: that of its anchor and tag, else of
// the indicator (:, - or ?) before it. The decoder gives some empty values the
// position of the next token, which may be lines away.
func (l *Locator) emptyEnd(start, from int) int {
	if start < len(l.text) && (l.text[start] == '&' || l.text[start] == '!') {
		return l.propertiesEnd(start)
	}
	end := start
	for end > from && source.IsSpace(l.text[end-1]) {
		end--
	}
	if end > from && bytes.IndexByte([]byte(":-?"), l.text[end-1]) >= 0 {
		return end
	}
	return from
}

// aliasEnd returns the end of the alias *name at start, -1 when none is there.
func (l *Locator) aliasEnd(name string, start int) int {
	if hasPrefix(l.text, start, "*") && hasPrefix(l.text, start+1, name) {
		return start + 1 + len(name)
	}
	return -1
}

// flowEnd places the children of a flow collection and returns the offset
// behind its closing bracket, -1 when it is unknown.
func (l *Locator) flowEnd(n *yaml.Node, content int) int {
	if l.isPair(n, content) {
		return l.placeChildren(n, content)
	}
	open, closing := byte('['), byte(']')
	if n.Kind == yaml.MappingNode {
		open, closing = '{', '}'
	}
	if content >= len(l.text) || l.text[content] != open {
		return -1
	}
	end := l.placeChildren(n, content+1)
	if end < 0 {
		return -1
	}
	return l.closingBracketEnd(end, closing)
}

// isPair reports whether n is a mapping of one pair without braces, as the
// item of [key: value].
func (l *Locator) isPair(n *yaml.Node, content int) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return false
	}
	if hasPrefix(l.text, content, "?") {
		return true
	}
	key := n.Content[0]
	return !isEmpty(key) && key.Line == n.Line && key.Column == n.Column
}

// closingBracketEnd returns the offset behind the closing bracket that follows
// offset i, -1 when there is none. Between the last child and the bracket may
// stand blanks, comments, a comma, and the colon of an empty value.
func (l *Locator) closingBracketEnd(i int, closing byte) int {
	i = l.skipSpaceAndComments(i)
	for _, indicator := range []string{":", ","} {
		if hasPrefix(l.text, i, indicator) {
			i = l.skipSpaceAndComments(i + 1)
		}
	}
	if i < len(l.text) && l.text[i] == closing {
		return i + 1
	}
	return -1
}

// skipSpaceAndComments returns the offset of the first byte from i on that is no
// blank, line break or comment.
func (l *Locator) skipSpaceAndComments(i int) int {
	for i < len(l.text) {
		switch n := source.BreakLen(l.text, i); {
		case n > 0:
			i += n
		case source.IsBlank(l.text[i]):
			i++
		case l.text[i] == '#':
			i = source.LineEnd(l.text, i)
		default:
			return i
		}
	}
	return i
}

// skipProperties returns the start of the content of a node at i: behind at
// most one anchor and one tag, where they may stand.
func (l *Locator) skipProperties(i int, anchor, tag bool) int {
	for i < len(l.text) {
		switch {
		case anchor && l.text[i] == '&':
			anchor = false
		case tag && l.text[i] == '!':
			tag = false
		default:
			return i
		}
		i = l.skipSpaceAndComments(l.wordEnd(i))
	}
	return i
}

// propertiesEnd returns the end of the anchor and the tag at i.
func (l *Locator) propertiesEnd(i int) int {
	end := l.wordEnd(i)
	next := l.skipSpaceAndComments(end)
	if next < len(l.text) && l.text[next] != l.text[i] && (l.text[next] == '&' || l.text[next] == '!') {
		return l.wordEnd(next)
	}
	return end
}

// wordEnd returns the end of the anchor or tag at i. An anchor ends before any
// byte that is not alphanumeric, "_" or "-"; a tag before white space.
func (l *Locator) wordEnd(i int) int {
	anchor := l.text[i] == '&'
	for i++; i < len(l.text) && !source.IsBlank(l.text[i]) && source.BreakLen(l.text, i) == 0; i++ {
		if anchor && !isAnchorByte(l.text[i]) {
			break
		}
	}
	return i
}
