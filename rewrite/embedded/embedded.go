// Package embedded reads the text inside a scalar, as ConfigMaps and cloud
// configurations hold manifests, and turns offsets and edits of that text into
// offsets and edits of the file around it.
package embedded

import (
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// Text is the text inside one scalar.
type Text struct {
	Bytes []byte
	// Exact is set for a literal block: each byte of the text stands unchanged in
	// the file, so that an edit of the text can be made in the file.
	Exact bool

	indent string // the spaces before each line of a literal block
	runs   []run  // in order; the last begins at the end of the text
}

// run is a part of a text, up to the next run. Its bytes stand side by side in the
// file, or, where fixed is set, all of them come from one place there.
type run struct {
	start int // byte offset in the text
	at    int // byte offset in the file
	fixed bool
}

// startRun records that the byte added to the text next stands at an offset of the
// file. It begins no run where the last one goes on there.
func (t *Text) startRun(at int) {
	if last := len(t.runs) - 1; last >= 0 && !t.runs[last].fixed && t.runs[last].at+len(t.Bytes)-t.runs[last].start == at {
		return
	}
	t.runs = append(t.runs, run{start: len(t.Bytes), at: at})
}

// startFixedRun records that all bytes added to the text next come from one offset
// of the file. At the end of the text it records the offset of the end.
func (t *Text) startFixedRun(at int) {
	t.runs = append(t.runs, run{start: len(t.Bytes), at: at, fixed: true})
}

// Read returns the text of a scalar. content is the scalar's span without
// anchor and tag. The scalar was read from the masked text; the placeholders of
// the returned text are those of the original, which has the same length.
//
// Where the value of a scalar can't be found in its bytes, the text is the value
// and every offset in it leads to the start of the scalar.
func Read(original, masked []byte, n *yaml.Node, content span.Span) Text {
	if n.Style&yaml.LiteralStyle != 0 {
		first, indent := span.BlockContent(masked, content.Start, n.Value)
		if indent > 0 && sameLines(blockText(masked, first, content.End, indent).Bytes, n.Value) {
			return blockText(original, first, content.End, indent)
		}
		return unplacedText(n.Value, content.Start)
	}
	if t, ok := followText(original, masked, n, content); ok {
		return t
	}
	return unplacedText(n.Value, content.Start)
}

// unplacedText returns a value as a text of which only the start in the file is
// known.
func unplacedText(value string, start int) Text {
	var t Text
	t.startFixedRun(start)
	t.Bytes = []byte(value)
	return t
}

// blockText returns the lines of a literal block, from byte offset first to end,
// without their indentation. A line with fewer spaces, which is blank or begins with
// a template's tag, loses those that it has.
func blockText(text []byte, first, end, indent int) Text {
	end += source.BreakLen(text, end)
	t := Text{Exact: true, indent: strings.Repeat(" ", indent), Bytes: make([]byte, 0, max(end-first, 0))}
	for at := first; at < end; {
		for n := 0; n < indent && at < end && text[at] == ' '; n++ {
			at++
		}
		next := source.NextLine(text[:end], at)
		t.startRun(at)
		t.Bytes = append(t.Bytes, text[at:next]...)
		at = next
	}
	t.startFixedRun(end)
	return t
}

// sameLines reports whether lines of the file decode to a value. The decoder turned
// most line breaks into LF, and dropped or kept those at the end.
func sameLines(text []byte, value string) bool {
	const atEnd = "\n\u2028\u2029"
	read := string(text)
	if strings.Contains(read, "\r") || strings.Contains(read, "\u0085") {
		read = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n").Replace(read)
	}
	return strings.TrimRight(read, atEnd) == strings.TrimRight(value, atEnd)
}

// Offset returns the byte offset in the file of an offset in the text or of its end.
func (t Text) Offset(at int) int {
	at = min(max(at, 0), len(t.Bytes))
	next := sort.Search(len(t.runs), func(i int) bool { return t.runs[i].start > at })
	r := t.runs[next-1]
	if r.fixed {
		return r.at
	}
	return r.at + at - r.start
}

// Edit returns an edit of the text as one of the file: its new lines get the
// indentation of the block. The text must be Exact.
func (t Text) Edit(e edit.Edit) edit.Edit {
	var b strings.Builder
	rest := []byte(e.New + string(t.Bytes[e.End:min(e.End+2, len(t.Bytes))]))
	for i := 0; i < len(e.New); {
		n := source.BreakLen(rest, i)
		b.Write(rest[i : i+max(n, 1)])
		i += max(n, 1)
		if n > 0 && source.BreakLen(rest, i) == 0 {
			b.WriteString(t.indent)
		}
	}
	return edit.Edit{Start: t.Offset(e.Start), End: t.Offset(e.End), New: b.String()}
}
