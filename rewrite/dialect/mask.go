package dialect

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"shellfree/rewrite/source"
)

// Mask is a text in which the placeholders are replaced by words or blanks, so
// that it parses. Besides, only the tabs of lines that were blanked as a whole
// differ from the original, and the blanks before a control tag that begins a block
// scalar.
type Mask struct {
	// Text has the length and the line breaks of the original. It is the
	// original itself when that holds no placeholder: don't write to it.
	Text         []byte
	Placeholders []Placeholder // by offset, not overlapping

	original []byte
	dialects []Dialect
	omitted  []extent
	plan     plan
	branches []branch // of the conditional blocks; nil until one is asked for
	letters  *words
	numbers  *words
	words    []extent // where the word for each placeholder stands in Text, empty when it is blanked
}

// plan says how each placeholder is masked.
type plan struct {
	cells  []cell
	blank  []extent // lines that are blanked as a whole
	isJSON bool     // the text begins with a brace: Text should be strict JSON
}

// cell says how one placeholder is masked.
type cell struct {
	masking masking
	from    int // byte offset of the word or remark, the placeholder's Start by default
}

// masking is a way to mask a placeholder.
type masking int

const (
	blank     masking = iota
	word              // a word of letters
	number            // JSON: a number, as a bare value
	element           // JSON: a number, as an item of an array
	glued             // JSON: blanks right behind an item of an array
	key               // JSON: a word in quotes
	remark            // a comment, # and dashes, in a block scalar
	separator         // ---, which makes the text of a define a document of its own
)

// New masks the placeholders of the dialects by the place they stand in:
//
//   - part of a scalar, a whole value, a key, a list item: a word of equal length
//   - alone on its line, right behind a value, before a quote or bracket,
//     key: {{ … nindent }}, a value with a nested block below: blanks
//   - alone on a line of a block scalar: a word from the column of the content
//     on when it is a Value, a comment (#---) when it is not
//   - over several lines: the word on the first, blanks on the others
//   - the first and last line of a define, at column 0: ---, a document's end
//   - <x>: left as it is
//
// A text that begins with a brace (after blanks, a byte order mark and lines of
// tags) is masked so that it is strict JSON where possible: a bare value is a
// number of equal length, and so is a whole item of an array.
func New(text []byte, dialects []Dialect) *Mask {
	found := Find(text, dialects)
	if len(found) == 0 {
		return &Mask{Text: text, original: text, dialects: dialects, letters: &words{}, numbers: &words{}, plan: plan{isJSON: beginsWithBrace(text, nil)}}
	}
	return buildMask(text, found, nil, dialects)
}

// buildMask masks a text in which some extents are left out.
func buildMask(text []byte, found []Placeholder, dropped []extent, dialects []Dialect) *Mask {
	visible := slices.Clone(text)
	blankOut(visible, dropped)
	read := layout
	if beginsWithBrace(visible, found) {
		read = jsonLayout
	}
	m := &Mask{
		Text: visible, Placeholders: found, original: text, dialects: dialects, plan: read(visible, found), omitted: dropped,
		letters: letterWords(text), numbers: &words{}, words: make([]extent, len(found)),
	}
	if m.plan.isJSON {
		m.numbers = numberWords(text)
	}
	for i := range found {
		if !inExtents(dropped, found[i].Start) {
			m.writePlaceholder(i)
		}
	}
	blankOut(m.Text, m.plan.blank)
	return m
}

// writePlaceholder puts placeholder i into Text as its cell says.
func (m *Mask) writePlaceholder(i int) {
	p, c := m.Placeholders[i], m.plan.cells[i]
	if p.OutsideScripts || c.masking == word && p.End-p.Start < shortestWord {
		return
	}
	at := m.Text[p.Start:p.End]
	fillText(at, ' ')
	m.words[i] = extent{}
	switch c.masking {
	case word:
		if c.from < p.Start { // a remark was written there before
			fillText(m.Text[c.from:p.Start], ' ')
		}
		m.putWord(i, m.letters, max(c.from, p.Start))
	case number, element:
		m.putWord(i, m.numbers, c.from)
	case key:
		if m.putWord(i, m.letters, p.Start+1); m.hasWord(i) {
			m.Text[p.Start], m.Text[m.words[i].to] = '"', '"'
		}
	case separator:
		if m.lineEnd(i)-p.Start >= len("---") { // the tag's first line has room for it
			copy(at, "---")
		}
	case remark:
		if end := m.lineEnd(i); c.from < end {
			fillText(m.Text[c.from:end], '-')
			m.Text[c.from] = '#'
		}
	}
}

// putWord writes a word for placeholder i from an offset to the end of its line.
func (m *Mask) putWord(i int, w *words, from int) {
	end := m.lineEnd(i)
	if m.plan.cells[i].masking == key {
		end--
	}
	if from < end && w.takeWord(m.Text[from:end], i, m.Placeholders[i].Text) {
		m.words[i] = extent{from, end}
	}
}

func (m *Mask) hasWord(i int) bool { return m.words[i] != extent{} }

func (m *Mask) wordText(i int) string { return string(m.Text[m.words[i].from:m.words[i].to]) }

// lineEnd returns the byte offset where the first line of placeholder i ends.
func (m *Mask) lineEnd(i int) int {
	p := m.Placeholders[i]
	if end := strings.IndexAny(p.Text, "\r\n"); end >= 0 {
		return p.Start + end
	}
	return p.End
}

// Word returns the word that stands for placeholder i in Text, and false when
// there is none: it was blanked, lies in a branch that was left out, is shorter
// than three bytes, goes over several lines, or is text in scripts (<x>).
func (m *Mask) Word(i int) (string, bool) {
	if !m.hasWord(i) || m.lineEnd(i) < m.Placeholders[i].End {
		return "", false
	}
	return m.wordText(i), true
}

// Lookup returns the index of the placeholder that a word stands for, false when it
// is no word of the mask. In a text of very many short placeholders the word may
// stand for others with the same text too.
func (m *Mask) Lookup(word string) (int, bool) {
	g, ok := m.wordAt(word)
	return g.placeholder, ok && g.length == len(word)
}

// Words returns the words in Text, each with the index of its placeholder. A
// placeholder over several lines has one too, on its first line, although
// [Mask.Word] does not return it: its text fits in no single line.
func (m *Mask) Words() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := range m.words {
			if m.hasWord(i) && !yield(i, m.wordText(i)) {
				return
			}
		}
	}
}

// Occurrence is a word in a value.
type Occurrence struct {
	Start, End int // byte offsets in the value
	Index      int // of the placeholder, or of one of the same text: see [Mask.Lookup]
}

// Occurrences returns the words in a value that was read from Text, in order. The
// time it takes does not depend on the number of words that Text holds.
func (m *Mask) Occurrences(value string) []Occurrence {
	if len(m.Placeholders) == 0 {
		return nil
	}
	var found []Occurrence
	letter, number := m.letters.nextWord(value, 0), m.numbers.nextWord(value, 0)
	for at := min(letter, number); at < len(value); at = min(letter, number) {
		if g, ok := m.wordAt(value[at:]); ok {
			found = append(found, Occurrence{at, at + g.length, g.placeholder})
			at += g.length
		} else {
			at++
		}
		if letter < at {
			letter = m.letters.nextWord(value, at)
		}
		if number < at {
			number = m.numbers.nextWord(value, at)
		}
	}
	return found
}

// wordAt returns the owner of the word that text begins with, false without one.
func (m *Mask) wordAt(text string) (wordOwner, bool) {
	if g, ok := m.letters.lookUpWord(text); ok {
		return g, true
	}
	return m.numbers.lookUpWord(text)
}

// Detached reports whether the word for placeholder i was written with a blank
// before it, behind a colon: key:{{ x }}. Where the colon turns out to stand inside
// a scalar of several lines, the blank would cut a word in two.
func (m *Mask) Detached(i int) bool {
	c := m.plan.cells[i]
	return m.hasWord(i) && c.masking == word && c.from == m.Placeholders[i].Start+1
}

// WithWords returns a copy in which the placeholders with the given indexes are
// words of letters wherever they stand. It is for placeholders that were blanked or
// are [Mask.Detached], and that the parsed text shows to be inside of a scalar: the
// copy has to be parsed again. Placeholders shorter than three bytes or
// OutsideScripts stay as they are.
func (m *Mask) WithWords(indexes []int) *Mask {
	c := *m
	c.Text, c.words = slices.Clone(m.Text), slices.Clone(m.words)
	c.plan.cells = slices.Clone(m.plan.cells)
	c.letters = m.letters.cloneWords()
	for _, i := range indexes {
		if !m.hasWord(i) || m.Detached(i) {
			c.plan.cells[i].masking = word
			c.plan.cells[i].from = min(c.plan.cells[i].from, c.Placeholders[i].Start)
			c.writePlaceholder(i)
		}
	}
	return &c
}

// Within returns the indexes of the placeholders that overlap the bytes from
// start to end (exclusive), blanked ones included.
func (m *Mask) Within(start, end int) []int {
	first := sort.Search(len(m.Placeholders), func(i int) bool { return m.Placeholders[i].End > start })
	var found []int
	for i := first; i < len(m.Placeholders) && m.Placeholders[i].Start < end; i++ {
		found = append(found, i)
	}
	return found
}

// fillText overwrites all bytes of a text but its line breaks.
func fillText(text []byte, c byte) {
	for i := range text {
		if !source.IsBreak(text[i]) {
			text[i] = c
		}
	}
}

func blankOut(text []byte, extents []extent) {
	for _, e := range extents {
		fillText(text[e.from:e.to], ' ')
	}
}

// inExtents reports whether an offset lies in one of the extents, which are in order.
func inExtents(extents []extent, at int) bool {
	i := sort.Search(len(extents), func(i int) bool { return extents[i].to > at })
	return i < len(extents) && extents[i].from <= at
}
