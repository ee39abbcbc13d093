package span

import (
	"strings"

	"shellfree/rewrite/source"
)

// BlockContent returns where the lines of a block scalar begin whose header is
// at text[start], and the columns of indentation that are no part of its value.
// indent is 0 where the scalar has no content.
func BlockContent(text []byte, start int, value string) (first, indent int) {
	first = source.NextLine(text, start)
	if strings.Trim(value, lineBreaks) == "" {
		return first, 0
	}
	return first, max(blockIndent(text, first, value), 0)
}
