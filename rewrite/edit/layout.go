package edit

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/source"
)

// separators returns a function that gives the separator between new items i and
// i+1: the old one at the same place as long as there is one, with its comments and
// blank lines, then the last clean one again.
func (a *array) separators(items int) (func(i int) string, error) {
	var old []string
	for i := a.keep + 1; i < len(a.items); i++ {
		old = append(old, string(a.Text[a.items[i-1].End:a.items[i].Start]))
	}
	repeat := a.repeatedSeparator(old)
	for i := items - 1; i < len(old); i++ {
		if i >= 0 && !isCleanSeparator(old[i], a.style.flow) {
			return nil, errors.New("a comment or blank line stands between items that become one: move it above the list")
		}
	}
	return func(i int) string {
		if i < len(old) {
			return old[i]
		}
		return repeat
	}, nil
}

// repeatedSeparator returns the separator for the items that have no old one: the
// last clean one of the list, else the usual one.
func (a *array) repeatedSeparator(old []string) string {
	for i := len(old) - 1; i >= 0; i-- {
		if isCleanSeparator(old[i], a.style.flow) {
			return old[i]
		}
	}
	head := string(a.Text[a.span.Start:a.items[0].Start]) // "[" or "-" with the text up to the first item
	if !a.style.flow {
		return a.newline() + strings.Repeat(" ", a.column(a.span.Start)) + firstLine(head)
	}
	if gap := strings.TrimPrefix(head, "["); strings.Contains(gap, "\n") && strings.TrimSpace(gap) == "" {
		return "," + gap
	}
	return ", "
}

// firstLine returns the dash and the blanks behind it of the text before the first
// item of a block list, "- " where the item stands on a line below.
func firstLine(head string) string {
	if i := strings.IndexAny(head, "#\r\n"); i >= 0 {
		return "- "
	}
	return head
}

// isCleanSeparator reports a separator that can be repeated or removed: one comma or
// dash with blanks and line breaks around it, no comment and no blank line.
func isCleanSeparator(sep string, flow bool) bool {
	mark := "-"
	if flow {
		mark = ","
	}
	if strings.Count(sep, mark) != 1 || strings.Trim(sep, mark+" \t\r\n") != "" {
		return false
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(sep), "\n")
	for i := 1; i+1 < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" {
			return false
		}
	}
	return true
}

// newline returns the first line break of the file, LF where there is none.
func (a *array) newline() string {
	i := bytes.IndexAny(a.Text, "\r\n")
	switch {
	case i < 0 || a.Text[i] == '\n':
		return "\n"
	case i+1 < len(a.Text) && a.Text[i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

// column returns the column of an offset, in code points from 0.
func (a *array) column(offset int) int {
	start := source.LineStart(a.Text, offset)
	return utf8.RuneCount(bytes.TrimPrefix(a.Text[start:offset], []byte(source.ByteOrderMark)))
}

// flowStart returns the offset where a flow list that replaces a block list begins,
// and the blanks before its bracket: right behind the key's colon where only white
// space stands in between, else two columns right of the dash.
func (a *array) flowStart() (start int, head string) {
	before := bytes.TrimRight(a.Text[:a.span.Start], " \t\r\n")
	if bytes.HasSuffix(before, []byte(":")) {
		return len(before), " "
	}
	return a.span.Start, "  "
}

// lineWidth is the column up to which a flow list stays on one line. A longer one
// gets a line for each item.
const lineWidth = 80

// writeFlow returns the edit that turns a block list into a flow list: only there
// can a placeholder be glued to an item. Items keep their column.
func (a *array) writeFlow(words []invocation.Word) (Edit, error) {
	for i := 1; i < len(a.items); i++ {
		if !isCleanSeparator(string(a.Text[a.items[i-1].End:a.items[i].Start]), false) {
			return Edit{}, errors.New("a comment or blank line stands between the items, and the list must become [ ] for the placeholder: move it above the list")
		}
	}
	a.style.flow = true
	start, head := a.flowStart()
	indent := a.newline() + strings.Repeat(" ", a.column(a.items[0].Start))
	text := a.flowItems(words, "[", ", ")
	if a.column(start)+len(head)+len(text)+1 > lineWidth {
		text = a.flowItems(words, "["+indent, ","+indent)
	}
	return Edit{Start: start, End: a.items[len(a.items)-1].End, New: head + text + "]"}, nil
}

// flowItems returns the items of a flow list with the given text before the first
// and between two.
func (a *array) flowItems(words []invocation.Word, open, sep string) string {
	var b strings.Builder
	b.WriteString(open)
	for i, w := range words {
		if i > 0 && (!w.Several || a.Upstream) {
			b.WriteString(sep)
		}
		b.WriteString(a.itemText(w))
	}
	return b.String()
}
