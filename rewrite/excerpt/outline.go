package excerpt

import (
	"bytes"
	"math"

	"shellfree/rewrite/source"
)

// entry is a key of a mapping, or an item of a list. Entries stand in the order
// of the text, each before those in it.
type entry struct {
	start, end int32 // byte offsets of its lines, those of blanks and comments behind it included
	head       int32 // where its own line ends, start for an item with something on its line
	next       int32 // index of the entry behind it and all in it
	key        stretch
	item       bool // it has no key
	inline     bool // it stands on the line of the item that it is in
}

// stretch is where a key stands in the text, in half the bytes of a span: a
// document has an entry for nearly every line.
type stretch struct{ start, end int32 }

func newStretch(start, end int) stretch { return stretch{int32(start), int32(end)} }

func (s stretch) of(text []byte) string { return string(text[s.start:s.end]) }

// level is a collection that is being read.
type level struct {
	column int  // of its entries
	item   bool // it is a list
	last   int  // index of the entry that was read last
	open   bool // which has no value yet
}

// reader reads the outline of a document.
type reader struct {
	text    []byte
	at      int // the byte to read
	line    int // offset of the line it is on
	entries []entry
	levels  []level
}

// depthLimit bounds how deep collections nest; what nests deeper is read whole.
const depthLimit = 100

// outline returns the entries of a document, false where it is not of the kind
// that this package reads.
func outline(text []byte) ([]entry, bool) {
	if !plainBytes(text) || len(text) > math.MaxInt32 {
		return nil, false
	}
	r := &reader{text: text, at: markLen(text), entries: make([]entry, 0, atFirst(text)), levels: make([]level, 0, 16)}
	r.marker()
	for r.at < len(text) {
		if !r.readLine() {
			return nil, false
		}
	}
	r.pop(-1)
	return r.entries, true
}

// atFirst guesses how many entries a text of ordinary length has, a few too many
// rather than too few: a line has one, and one more for each dash.
func atFirst(text []byte) int {
	const ordinary = 64 << 10 // bytes; more grows when it is needed
	text = text[:min(len(text), ordinary)]
	return 1 + bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte("- "))
}

// markLen returns the length of the byte order mark at the start of text, 0
// without one.
func markLen(text []byte) int {
	return len(text) - len(bytes.TrimPrefix(text, []byte(source.ByteOrderMark)))
}

// marker steps over the line that begins the document and what is above it.
func (r *reader) marker() {
	for at := r.at; at < len(r.text); at = r.lineEnd(at) {
		line := bytes.TrimRight(r.text[at:r.lineEnd(at)], " \r\n")
		if string(line) == "---" {
			r.at = r.lineEnd(at)
			return
		}
		if len(line) > 0 && line[0] != '#' {
			return
		}
	}
}

// readLine reads a line with the entries that begin on it and their values, which
// may go on below.
func (r *reader) readLine() bool {
	r.line = r.at
	if rest := r.text[r.at:]; bytes.HasPrefix(rest, []byte("---")) || bytes.HasPrefix(rest, []byte("...")) {
		return false // a marker with something behind it
	}
	r.skipSpaces()
	if r.endsLine() {
		r.at = r.lineEnd(r.at)
		return true
	}
	for r.isDash() {
		if !r.begin(entry{item: true}) {
			return false
		}
		r.at++
		r.skipSpaces()
		if r.endsLine() {
			return r.finishLine()
		}
	}
	return r.keyed()
}

// keyed reads a key with its value, or the value of the entry above.
func (r *reader) keyed() bool {
	start := r.at
	key, ok := r.key()
	switch {
	case !ok:
		return false
	case key == stretch{}:
		r.at = start
		return r.value(r.at - r.line)
	}
	behind := r.at
	r.at = start
	if key.of(r.text) == "<<" || !r.begin(entry{key: key}) {
		return false
	}
	r.at = behind
	r.skipSpaces()
	if r.endsLine() {
		return r.finishLine()
	}
	return r.value(r.at - r.line)
}

// begin begins an entry at the byte to read, in a collection that is open or a
// new one.
func (r *reader) begin(e entry) bool {
	column := r.at - r.line
	r.pop(column)
	top := len(r.levels) - 1
	if top > 0 && !e.item && r.levels[top].item && r.levels[top].column == column {
		r.close(top) // a list as deep as the key that it is the value of
		r.levels = r.levels[:top]
		top--
	}
	switch {
	case top < 0:
		if len(r.entries) > 0 {
			return false
		}
		r.levels = append(r.levels, level{column: column, item: e.item})
	case r.levels[top].column == column && r.levels[top].item == e.item:
		r.close(top)
	case r.levels[top].open && (r.levels[top].column < column || e.item && !r.levels[top].item):
		if len(r.levels) == depthLimit {
			return false
		}
		r.levels[top].open = false
		r.levels = append(r.levels, level{column: column, item: e.item})
	default:
		return false
	}
	e.start, e.head, e.inline = int32(r.line), int32(r.line), source.Indentation(r.text[r.line:r.at]) < r.at-r.line
	l := &r.levels[len(r.levels)-1]
	l.last, l.open = len(r.entries), true
	r.entries = append(r.entries, e)
	return true
}

// pop ends the collections that are deeper than a column.
func (r *reader) pop(column int) {
	for top := len(r.levels) - 1; top >= 0 && r.levels[top].column > column; top-- {
		r.close(top)
		r.levels = r.levels[:top]
	}
}

// close ends the last entry of a level: before the line being read.
func (r *reader) close(at int) {
	e := &r.entries[r.levels[at].last]
	e.next = int32(len(r.entries))
	e.end = int32(r.line)
	if r.at >= len(r.text) {
		e.end = int32(len(r.text))
	}
}

// value reads the value of the entry that is open. It begins at the byte to read,
// which is in a column.
func (r *reader) value(column int) bool {
	top := len(r.levels) - 1
	if top < 0 || !r.levels[top].open || r.levels[top].column >= column {
		return false
	}
	r.levels[top].open = false
	return r.scalar(r.levels[top].column)
}

// finishLine ends a line whose last entry has no value on it.
func (r *reader) finishLine() bool {
	r.at = r.lineEnd(r.at)
	r.entries[len(r.entries)-1].head = int32(r.at)
	return true
}
