package dialect

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"shellfree/rewrite/source"
)

// Mask is a text in which the placeholders are replaced by words or blanks, so
// that it parses. Nothing else differs from the original but the tabs of lines
// that were blanked as a whole, and the blanks before a control tag that begins
// a block scalar.
type Mask struct {
	// Text has the length and the line breaks of the original. It is the
	// original itself when that holds no placeholder: don't write to it.
	Text         []byte
	Placeholders []Placeholder // by offset, not overlapping

	original []byte
	dialects []Dialect
	omitted  []extent
	plan     plan
	letters  *words
	numbers  *words
	words    []extent // where the word for each placeholder stands in Text, nowhere when it is blank
}

// plan says how each placeholder is masked.
type plan struct {
	cells  []cell
	blank  []extent // lines blanked as a whole, branches left out
	isJSON bool     // the text begins with a brace: Text should be strict JSON
}

// cell says how one placeholder is masked.
type cell struct {
	how  how
	from int // offset of the first byte of the word or remark, Start by default
}

// how is a way to mask a placeholder.
type how int

const (
	blank     how = iota
	word          // a word of letters
	number        // JSON: a bare value
	element       // JSON: a bare value that is an item of an array
	glued         // JSON: blanks after a finished item of an array
	key           // JSON: a word in quotes
	remark        // a line of a block scalar that is no text: # and dashes
	separator     // the first or last line of a define: a document of its own
)

// New masks the placeholders of the dialects by the place they stand in:
//
//   - part of a scalar, a whole value, a key, a list item: a word of equal length
//   - alone on its line, glued to a finished value, before a quote or bracket,
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
	return build(text, found, nil, dialects)
}

// build masks a text in which some extents are left out.
func build(text []byte, found []Placeholder, dropped []extent, dialects []Dialect) *Mask {
	visible := slices.Clone(text)
	blankAll(visible, dropped)
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
		if !within(dropped, found[i].Start) {
			m.write(i)
		}
	}
	blankAll(m.Text, m.plan.blank)
	return m
}

// write puts placeholder i into Text as its cell says.
func (m *Mask) write(i int) {
	p, c := m.Placeholders[i], m.plan.cells[i]
	if p.OutsideScripts || c.how == word && p.End-p.Start < shortestWord {
		return
	}
	at := m.Text[p.Start:p.End]
	fill(at, ' ')
	m.words[i] = extent{}
	switch c.how {
	case word:
		if c.from < p.Start { // where a remark was
			fill(m.Text[c.from:p.Start], ' ')
		}
		m.put(i, m.letters, max(c.from, p.Start))
	case number, element:
		m.put(i, m.numbers, c.from)
	case key:
		if m.put(i, m.letters, p.Start+1); m.hasWord(i) {
			m.Text[p.Start], m.Text[m.words[i].to] = '"', '"'
		}
	case separator:
		if m.lineEnd(i)-p.Start >= len("---") { // else the tag goes on in the next line
			copy(at, "---")
		}
	case remark:
		if end := m.lineEnd(i); c.from < end {
			fill(m.Text[c.from:end], '-')
			m.Text[c.from] = '#'
		}
	}
}

// put writes a word for placeholder i from an offset to the end of its line.
func (m *Mask) put(i int, w *words, from int) {
	end := m.lineEnd(i)
	if m.plan.cells[i].how == key {
		end--
	}
	if from < end && w.take(m.Text[from:end], i, m.Placeholders[i].Text) {
		m.words[i] = extent{from, end}
	}
}

func (m *Mask) hasWord(i int) bool { return m.words[i] != extent{} }

func (m *Mask) word(i int) string { return string(m.Text[m.words[i].from:m.words[i].to]) }

// lineEnd returns the offset where the first line of placeholder i ends.
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
	return m.word(i), true
}

// Lookup returns the index of a placeholder that a word stands for; in a text of
// very many short placeholders it may stand for others of the same text too.
func (m *Mask) Lookup(word string) (int, bool) {
	g, ok := m.begins(word)
	return g.placeholder, ok && g.length == len(word)
}

// Words returns the words in Text, each with the index of its placeholder. A
// placeholder over several lines has one too, on its first line, although
// [Mask.Word] does not return it: its text fits in no single line.
func (m *Mask) Words() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := range m.words {
			if m.hasWord(i) && !yield(i, m.word(i)) {
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

// Occurrences returns the words in a value that was read from Text, in order.
// It looks at the value only, however many words there are.
func (m *Mask) Occurrences(value string) []Occurrence {
	if len(m.Placeholders) == 0 {
		return nil
	}
	var found []Occurrence
	letter, number := m.letters.next(value, 0), m.numbers.next(value, 0)
	for at := min(letter, number); at < len(value); at = min(letter, number) {
		if g, ok := m.begins(value[at:]); ok {
			found = append(found, Occurrence{at, at + g.length, g.placeholder})
			at += g.length
		} else {
			at++
		}
		if letter < at {
			letter = m.letters.next(value, at)
		}
		if number < at {
			number = m.numbers.next(value, at)
		}
	}
	return found
}

// begins returns what the word that begins text was given to.
func (m *Mask) begins(text string) (given, bool) {
	if g, ok := m.letters.lookup(text); ok {
		return g, true
	}
	return m.numbers.lookup(text)
}

// Detached reports a word with a blank before it, after a colon: key:{{ x }}.
// Inside a scalar that goes over several lines the blank would part a word.
func (m *Mask) Detached(i int) bool {
	c := m.plan.cells[i]
	return m.hasWord(i) && c.how == word && c.from == m.Placeholders[i].Start+1
}

// WithWords returns a copy in which the placeholders are words of letters,
// whatever the place. A placeholder that was blanked although it stands in a
// scalar would vanish from it, and one that is [Mask.Detached] would part it: mask
// again with words, and parse again. What is
// shorter than three bytes or text in scripts stays as it is.
func (m *Mask) WithWords(indexes []int) *Mask {
	c := *m
	c.Text, c.words = slices.Clone(m.Text), slices.Clone(m.words)
	c.plan.cells = slices.Clone(m.plan.cells)
	c.letters = m.letters.clone()
	for _, i := range indexes {
		if !m.hasWord(i) || m.Detached(i) {
			c.plan.cells[i].how = word
			c.plan.cells[i].from = min(c.plan.cells[i].from, c.Placeholders[i].Start)
			c.write(i)
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

// fill overwrites all but line breaks.
func fill(text []byte, c byte) {
	for i := range text {
		if !source.IsBreak(text[i]) {
			text[i] = c
		}
	}
}

func blankAll(text []byte, extents []extent) {
	for _, e := range extents {
		fill(text[e.from:e.to], ' ')
	}
}

// within reports an offset in one of some extents that are in order.
func within(extents []extent, at int) bool {
	i := sort.Search(len(extents), func(i int) bool { return extents[i].to > at })
	return i < len(extents) && extents[i].from <= at
}
