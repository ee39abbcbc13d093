package span

import (
	"strings"

	"shellfree/rewrite/source"
)

// BlockContent returns the offset of the first line of the block scalar whose
// header is at text[start], and the columns of indentation that are no part of its
// value, 0 where the scalar has no content.
func BlockContent(text []byte, start int, value string) (first, indent int) {
	first = source.NextLine(text, start)
	if strings.Trim(value, lineBreaks) == "" {
		return first, 0
	}
	return first, max(blockIndent(text, first, value), 0)
}
