// Package embedded reads the text inside a scalar, as ConfigMaps and cloud
// configurations hold manifests, and leads places and edits in it back to the
// bytes of the file around it.
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
	// Exact is set for a literal block: there each byte of the text stands as
	// it is in the file, so an edit of the text is one of the file.
	Exact bool

	indent string // before each line of a literal block
	runs   []run  // in order; the last begins at the end
}

// run is a part of a text, up to the next one, whose bytes stand side by side in
// the file, or come from one place there.
type run struct {
	start int // in the text
	at    int // in the file
	still bool
}

// place says where in the file the byte stands that is added next.
func (t *Text) place(at int) {
	if last := len(t.runs) - 1; last >= 0 && !t.runs[last].still && t.runs[last].at+len(t.Bytes)-t.runs[last].start == at {
		return
	}
	t.runs = append(t.runs, run{start: len(t.Bytes), at: at})
}

// stay says that what is added next comes from one place in the file, or where the
// text ends.
func (t *Text) stay(at int) { t.runs = append(t.runs, run{start: len(t.Bytes), at: at, still: true}) }

// Read returns the text of a scalar. Content is the scalar's span without
// anchor and tag. The scalar was read from the masked text; the placeholders of
// the returned text are those of the original, which has the same length.
//
// Where the bytes of a scalar can't be followed, the text is its value and all
// of it lies at the scalar's start.
func Read(original, masked []byte, n *yaml.Node, content span.Span) Text {
	if n.Style&yaml.LiteralStyle != 0 {
		first, indent := span.BlockContent(masked, content.Start, n.Value)
		if indent > 0 && sameLines(lines(masked, first, content.End, indent).Bytes, n.Value) {
			return lines(original, first, content.End, indent)
		}
		return nowhere(n.Value, content.Start)
	}
	if t, ok := followed(original, masked, n, content); ok {
		return t
	}
	return nowhere(n.Value, content.Start)
}

// nowhere returns a value of which only the start is known.
func nowhere(value string, start int) Text {
	var t Text
	t.stay(start)
	t.Bytes = []byte(value)
	return t
}

// lines returns the lines of a literal block without their indentation. A line
// that has less of it, blank or with a template's tag at its start, loses what
// it has.
func lines(text []byte, first, end, indent int) Text {
	end += source.BreakLen(text, end)
	t := Text{Exact: true, indent: strings.Repeat(" ", indent), Bytes: make([]byte, 0, max(end-first, 0))}
	for at := first; at < end; {
		for n := 0; n < indent && at < end && text[at] == ' '; n++ {
			at++
		}
		next := source.NextLine(text[:end], at)
		t.place(at)
		t.Bytes = append(t.Bytes, text[at:next]...)
		at = next
	}
	t.stay(end)
	return t
}

// sameLines compares lines with a value, in which the decoder made most line
// breaks LF and dropped or kept those at the end.
func sameLines(text []byte, value string) bool {
	const atEnd = "\n\u2028\u2029"
	read := string(text)
	if strings.Contains(read, "\r") || strings.Contains(read, "\u0085") {
		read = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n").Replace(read)
	}
	return strings.TrimRight(read, atEnd) == strings.TrimRight(value, atEnd)
}

// Offset returns where a byte of the text, or its end, stands in the file.
func (t Text) Offset(at int) int {
	at = min(max(at, 0), len(t.Bytes))
	next := sort.Search(len(t.runs), func(i int) bool { return t.runs[i].start > at })
	r := t.runs[next-1]
	if r.still {
		return r.at
	}
	return r.at + at - r.start
}

// Edit returns an edit of the text as one of the file: its new lines get the
// indentation of the block. Only the edits of an exact text are edits of a file.
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
