package excerpt

import (
	"bytes"
	"math"

	"shellfree/rewrite/source"
)

// entry is a key of a mapping, or an item of a list. Entries stand in the order
// of the text, each before those in it.
type entry struct {
	start, end int32 // byte offsets of its lines, with the blank lines and comments behind it
	head       int32 // offset behind its first line where its value stands below, else start
	next       int32 // index of the next entry that is not inside this one
	key        stretch
	item       bool // an item of a list, without key
	inline     bool // it stands on the line of the item that it is in
}

// stretch holds the byte offsets of a key. It is half as large as a span, since a
// document has an entry for nearly every line.
type stretch struct{ start, end int32 }

func newStretch(start, end int) stretch { return stretch{int32(start), int32(end)} }

func (s stretch) text(text []byte) string { return string(text[s.start:s.end]) }

// level is a collection that is being read.
type level struct {
	column int  // of its entries, 0 for the first
	item   bool // it is a list
	last   int  // index of the entry that was read last
	open   bool // that entry has no value yet
}

// reader reads the outline of a document.
type reader struct {
	text    []byte
	at      int // offset of the byte to read next
	line    int // offset of the line that it is on
	entries []entry
	levels  []level
}

// depthLimit bounds how deep collections may nest. A document in which they nest
// deeper is decoded as a whole.
const depthLimit = 100

// readOutline returns the entries of a document, false where the document is not of
// the kind that this package reads.
func readOutline(text []byte) ([]entry, bool) {
	if !hasPlainBytes(text) || len(text) > math.MaxInt32 {
		return nil, false
	}
	r := &reader{text: text, at: markLen(text), entries: make([]entry, 0, estimateEntries(text)), levels: make([]level, 0, 16)}
	r.skipMarker()
	for r.at < len(text) {
		if !r.readLine() {
			return nil, false
		}
	}
	r.closeDeeper(-1)
	return r.entries, true
}

// estimateEntries guesses how many entries a text of ordinary length has, a few too
// many rather than too few: one for each line and one for each dash.
func estimateEntries(text []byte) int {
	const ordinary = 64 << 10 // bytes; for a longer text the slice grows when it has to
	text = text[:min(len(text), ordinary)]
	return 1 + bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte("- "))
}

// markLen returns the length of the byte order mark at the start of text, 0
// without one.
func markLen(text []byte) int {
	return len(text) - len(bytes.TrimPrefix(text, []byte(source.ByteOrderMark)))
}

// skipMarker steps over the "---" line that begins the document, and over the blank
// lines and comments above it.
func (r *reader) skipMarker() {
	for at := r.at; at < len(r.text); at = r.nextLine(at) {
		line := bytes.TrimRight(r.text[at:r.nextLine(at)], " \r\n")
		if string(line) == "---" {
			r.at = r.nextLine(at)
			return
		}
		if len(line) > 0 && line[0] != '#' {
			return
		}
	}
}

// readLine reads a line: the entries that begin on it and their values, which may
// go on below.
func (r *reader) readLine() bool {
	r.line = r.at
	if rest := r.text[r.at:]; bytes.HasPrefix(rest, []byte("---")) || bytes.HasPrefix(rest, []byte("...")) {
		return false // a marker with something behind it
	}
	r.skipSpaces()
	if r.endsLine() {
		r.at = r.nextLine(r.at)
		return true
	}
	for r.isDash() {
		if !r.beginEntry(entry{item: true}) {
			return false
		}
		r.at++
		r.skipSpaces()
		if r.endsLine() {
			return r.finishLine()
		}
	}
	return r.readKeyOrValue()
}

// readKeyOrValue reads a key with the value on its line, or the value of the entry
// that was begun last.
func (r *reader) readKeyOrValue() bool {
	start := r.at
	key, ok := r.readKey()
	switch {
	case !ok:
		return false
	case key == stretch{}:
		r.at = start
		return r.readValue(r.at - r.line)
	}
	behind := r.at
	r.at = start
	if key.text(r.text) == "<<" || !r.beginEntry(entry{key: key}) {
		return false
	}
	r.at = behind
	r.skipSpaces()
	if r.endsLine() {
		return r.finishLine()
	}
	return r.readValue(r.at - r.line)
}

// beginEntry begins an entry at the byte to read, in a collection that is open or in
// a new one.
func (r *reader) beginEntry(e entry) bool {
	column := r.at - r.line
	r.closeDeeper(column)
	top := len(r.levels) - 1
	if top > 0 && !e.item && r.levels[top].item && r.levels[top].column == column {
		r.closeEntry(top) // a list as deep as the key that it is the value of
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
		r.closeEntry(top)
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

// closeDeeper ends the collections whose entries stand right of a column.
func (r *reader) closeDeeper(column int) {
	for top := len(r.levels) - 1; top >= 0 && r.levels[top].column > column; top-- {
		r.closeEntry(top)
		r.levels = r.levels[:top]
	}
}

// closeEntry ends the last entry of a level, given by its index, before the line
// being read.
func (r *reader) closeEntry(at int) {
	e := &r.entries[r.levels[at].last]
	e.next = int32(len(r.entries))
	e.end = int32(r.line)
	if r.at >= len(r.text) {
		e.end = int32(len(r.text))
	}
}

// readValue reads the value of the entry that was begun last. The value begins at
// the byte to read, in the given column.
func (r *reader) readValue(column int) bool {
	top := len(r.levels) - 1
	if top < 0 || !r.levels[top].open || r.levels[top].column >= column {
		return false
	}
	r.levels[top].open = false
	return r.readScalar(r.levels[top].column)
}

// finishLine steps over the rest of a line whose last entry has its value below.
func (r *reader) finishLine() bool {
	r.at = r.nextLine(r.at)
	r.entries[len(r.entries)-1].head = int32(r.at)
	return true
}
