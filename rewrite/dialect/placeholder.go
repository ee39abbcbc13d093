package dialect

import (
	"bytes"
	"slices"
)

// Kind says what a placeholder does to the text.
type Kind uint8

const (
	Value   Kind = iota // is replaced by text
	Control             // opens, parts or closes a block: if, else, end, for, set
	Comment             // leaves nothing
)

// Placeholder is a piece of text that a template language replaces.
type Placeholder struct {
	Start, End int    // byte offsets, End exclusive
	Text       string // as it stands in the file: {{params}}
	Name       string // between the delimiters, trimmed: params, pillar['x'], if .X
	Dialect    string // name of its dialect
	Kind       Kind
	Lone       Lone // says what it may become where it is a whole word of a script
	// OutsideScripts is set where it is ordinary text inside a script.
	OutsideScripts bool

	opensBlock bool // of a Control: it opens a block
}

// Find returns the placeholders of the dialects in text, by offset. They don't
// overlap: the first opener wins, and of the dialects with that opener the first
// that knows the form. A {{ }} with a form that none of them knows belongs to the
// last of them that takes {{ }} at all, and its Lone is Refuse.
func Find(text []byte, dialects []Dialect) []Placeholder {
	s := newScanner(text, dialects)
	var found []Placeholder
	for at := 0; at+1 < len(text); at++ {
		if !s.first[text[at]] {
			continue
		}
		if p, ok := s.findAt(at); ok {
			if len(found) == cap(found) {
				found = slices.Grow(found, 8+len(found)) // append grows large ones by a quarter only
			}
			found = append(found, p)
			at = p.End - 1
		}
	}
	return found
}

// scanner looks for placeholders in a text. It remembers its last answers.
type scanner struct {
	text     []byte
	dialects []Dialect
	first    [256]bool // bytes that may open a placeholder

	lexed   int               // byte offset of action, -1 at first
	action  action            // the action that was read last
	closers []search          // the last search for each closer
	strings map[string]string // pieces of the text, so that each is copied once
}

// search is the last search for a closer: from is where it began, to is the offset
// of the closer, or the text's length when there was none.
type search struct {
	closer string
	extent
}

// extent holds two byte offsets, the second exclusive.
type extent struct{ from, to int }

func newScanner(text []byte, dialects []Dialect) *scanner {
	s := &scanner{text: text, dialects: dialects, lexed: -1, strings: map[string]string{}}
	for _, d := range dialects {
		for _, f := range d.forms {
			s.first[f.opener[0]] = true
		}
	}
	return s
}

// findAt returns the placeholder that opens at an offset, false without one.
func (s *scanner) findAt(at int) (Placeholder, bool) {
	var last Placeholder
	some := false
	for i := range s.dialects {
		d := &s.dialects[i]
		for _, f := range d.forms {
			if !s.hasAt(at, f.opener) {
				continue
			}
			m, ok := f.match(s, at)
			if !ok {
				continue
			}
			last, some = s.newPlaceholder(d, m), true
			if !m.unclaimed {
				return last, true
			}
		}
	}
	return last, some
}

// hasAt reports whether the text goes on with an opener or closer.
func (s *scanner) hasAt(at int, delimiter string) bool {
	return s.text[at] == delimiter[0] && bytes.HasPrefix(s.text[at:], []byte(delimiter))
}

// internString returns a piece of the text, copied once: templates repeat a few short
// ones.
func (s *scanner) internString(from, to int) string {
	piece, ok := s.strings[string(s.text[from:to])]
	if !ok {
		piece = string(s.text[from:to])
		s.strings[piece] = piece
	}
	return piece
}

func (s *scanner) newPlaceholder(d *Dialect, m match) Placeholder {
	lone := d.Lone
	if m.unclaimed {
		lone = Refuse
	}
	return Placeholder{
		opensBlock: m.kind == Control && d.opensBlock(m.name),
		Start:      m.start, End: m.end, Text: s.internString(m.start, m.end), Name: m.name,
		Dialect: d.Name, Kind: m.kind, Lone: lone, OutsideScripts: d.OutsideScripts,
	}
}

// closerIndex returns the offset of a closer at or after from, -1 when there is
// none. The last search is remembered: a text of openers only is read once.
func (s *scanner) closerIndex(closer string, from int) int {
	from = min(from, len(s.text))
	last := s.lastSearch(closer)
	if from < last.from || from > last.to {
		to := bytes.Index(s.text[from:], []byte(closer))
		if to += from; to < from {
			to = len(s.text)
		}
		last.extent = extent{from, to}
	}
	if last.to == len(s.text) {
		return -1
	}
	return last.to
}

// lastSearch returns the last search for a closer, an empty one at first.
func (s *scanner) lastSearch(closer string) *search {
	for i := range s.closers {
		if s.closers[i].closer == closer {
			return &s.closers[i]
		}
	}
	s.closers = append(s.closers, search{closer, extent{1, 0}})
	return &s.closers[len(s.closers)-1]
}

// delimitedForm returns a form that runs from its opener to the next closer, with
// any text between them.
func delimitedForm(opener, closer string, kind Kind) form {
	return form{opener, func(s *scanner, at int) (match, bool) {
		end := s.closerIndex(closer, at+len(opener))
		if end < 0 {
			return match{}, false
		}
		name := trimMarkers(s.internString(at+len(opener), end))
		return match{start: at, end: end + len(closer), name: name, kind: kind}, true
	}}
}

// byteAt returns the byte at an offset, a line feed outside of the text.
func (s *scanner) byteAt(i int) byte {
	if i < 0 || i >= len(s.text) {
		return '\n'
	}
	return s.text[i]
}

func isLower(c byte) bool  { return 'a' <= c && c <= 'z' }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return isLower(c) || isUpper(c) }
func isAlnum(c byte) bool  { return isLetter(c) || isDigit(c) }
func isName(c byte) bool   { return isAlnum(c) || c == '_' }
