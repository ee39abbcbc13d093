package edit

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/source"
)

// separators returns what stands before new item i+1: the old separator at the
// same place as long as there is one, comments and blank lines included, then
// the last plain one again.
func (a *array) separators(items int) (func(i int) string, error) {
	var old []string
	for i := a.keep + 1; i < len(a.items); i++ {
		old = append(old, string(a.Text[a.items[i-1].End:a.items[i].Start]))
	}
	repeat := a.repeated(old)
	for i := items - 1; i < len(old); i++ {
		if i >= 0 && !clean(old[i], a.style.flow) {
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

// repeated returns the separator for the items that have no old one.
func (a *array) repeated(old []string) string {
	for i := len(old) - 1; i >= 0; i-- {
		if clean(old[i], a.style.flow) {
			return old[i]
		}
	}
	head := string(a.Text[a.span.Start:a.items[0].Start]) // "[" or "- " and what follows
	if !a.style.flow {
		return a.newline() + strings.Repeat(" ", a.column(a.span.Start)) + firstLine(head)
	}
	if gap := strings.TrimPrefix(head, "["); strings.Contains(gap, "\n") && strings.TrimSpace(gap) == "" {
		return "," + gap
	}
	return ", "
}

// firstLine keeps "-" and its gap of a head that may go on below.
func firstLine(head string) string {
	if i := strings.IndexAny(head, "#\r\n"); i >= 0 {
		return "- "
	}
	return head
}

// clean reports a separator that holds nothing of its own: one comma or dash
// and the layout around it, but no comment and no blank line.
func clean(sep string, flow bool) bool {
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

// newline returns the line break of the file, as the first one is.
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

// column returns how many characters stand before an offset on its line.
func (a *array) column(offset int) int {
	start := source.LineStart(a.Text, offset)
	return utf8.RuneCount(bytes.TrimPrefix(a.Text[start:offset], []byte(source.ByteOrderMark)))
}

// open returns where a flow list that takes a block list's place begins, and
// what stands before its bracket: after the key's colon where nothing but
// blanks is between, else two columns deeper than the dash.
func (a *array) open() (start int, head string) {
	before := bytes.TrimRight(a.Text[:a.span.Start], " \t\r\n")
	if bytes.HasSuffix(before, []byte(":")) {
		return len(before), " "
	}
	return a.span.Start, "  "
}

// lineWidth is how long a flow list may get before it takes a line per item.
const lineWidth = 80

// flow writes a block list as a flow list, which is the only one that has
// room for a glued placeholder. Items keep their column.
func (a *array) flow(words []invocation.Word) (Edit, error) {
	for i := 1; i < len(a.items); i++ {
		if !clean(string(a.Text[a.items[i-1].End:a.items[i].Start]), false) {
			return Edit{}, errors.New("a comment or blank line stands between the items, and the list must become [ ] for the placeholder: move it above the list")
		}
	}
	a.style.flow = true
	start, head := a.open()
	indent := a.newline() + strings.Repeat(" ", a.column(a.items[0].Start))
	text := a.flowItems(words, "[", ", ")
	if a.column(start)+len(head)+len(text)+1 > lineWidth {
		text = a.flowItems(words, "["+indent, ","+indent)
	}
	return Edit{Start: start, End: a.items[len(a.items)-1].End, New: head + text + "]"}, nil
}

func (a *array) flowItems(words []invocation.Word, open, sep string) string {
	var b strings.Builder
	b.WriteString(open)
	for i, w := range words {
		if i > 0 && (!w.Several || a.Upstream) {
			b.WriteString(sep)
		}
		b.WriteString(a.item(w))
	}
	return b.String()
}
