package dialect

import (
	"maps"
	"slices"
	"strings"
)

// A word stands for a placeholder in the masked text. It is letters, begins
// with a capital and has no other meaning to YAML, JSON or a shell. Where JSON
// wants a bare value it is a number instead.
//
// A word is a stem, an id and padding up to the length of the placeholder. Its
// stem occurs nowhere in the text, and the first byte of all stems neither in
// the rest of one nor in an id or the padding, so a stem in the masked text
// always begins a word. The ids behind one stem are equally wide, so no word is
// the beginning of another.
//
// A placeholder of five bytes has more than six million words, one of four a
// hundred thousand. Where half of the stems are used up, placeholders of the
// same text and length share a word from then on, so that only different texts
// need different words.

// words hands out the words of one text.
type words struct {
	stems
	families []family
	open     [maxIDWidth + 1]int // 1 + the family that new ids of a width are put into
	shared   map[likeness]string // words given away since stems are scarce
}

// family holds the ids behind one stem.
type family struct {
	stem, width int
	ids         []given
}

// given is what stands behind an id: the first placeholder that got the word,
// and the word's length in bytes.
type given struct{ placeholder, length int }

// likeness is what placeholders that share a word have in common.
type likeness struct {
	text   string
	length int // of the word in bytes
}

const (
	maxIDWidth   = 4 // bytes
	shortestWord = 3 // bytes
)

func letterWords(text []byte) *words {
	return &words{stems: freeStems(text, initials, letters, 4)}
}

// numberWords hands out numbers. A number can't begin with 0 in JSON.
func numberWords(text []byte) *words {
	return &words{stems: freeStems(text, digits[1:], digits, 5)}
}

// take fills room with a word for placeholder i, whose text is given. It is
// false when the room is too small for one or all of its length are taken.
func (w *words) take(room []byte, i int, text string) bool {
	width := min(len(room)-w.width, maxIDWidth)
	if w.free == 0 || width < 0 || len(room) < shortestWord {
		return false
	}
	like := likeness{text, len(room)}
	scarce := len(w.families) > w.free/2
	if word, ok := w.shared[like]; scarce && ok {
		copy(room, word)
		return true
	}
	f := w.roomy(width)
	if f == nil {
		return false
	}
	w.write(room, f)
	f.ids = append(f.ids, given{i, len(room)})
	if scarce {
		w.share(like, string(room))
	}
	return true
}

// roomy returns a family that has room for an id of a width, nil when there is
// none and no stem for another.
func (w *words) roomy(width int) *family {
	if at := w.open[width]; at > 0 && len(w.families[at-1].ids) < w.count(width) {
		return &w.families[at-1]
	}
	stem, ok := w.nextFree()
	if !ok {
		return nil
	}
	w.families = append(w.families, family{stem: stem, width: width})
	w.open[width] = len(w.families)
	w.owner[stem] = int32(len(w.families))
	return &w.families[len(w.families)-1]
}

// write fills room with the stem of a family, its next id and padding.
func (w *words) write(room []byte, f *family) {
	room[0] = w.initial
	w.encode(room[1:w.width], f.stem)
	w.encode(room[w.width:w.width+f.width], len(f.ids))
	fill(room[w.width+f.width:], w.alphabet[0])
}

func (w *words) share(like likeness, word string) {
	if w.shared == nil {
		w.shared = map[likeness]string{}
	}
	w.shared[like] = word
}

// lookup returns what the word that begins text was given to.
func (w *words) lookup(text string) (given, bool) {
	if w.width == 0 || len(text) < w.width || text[0] != w.initial {
		return given{}, false
	}
	stem, ok := w.decode(text[1:w.width])
	if !ok || w.owner[stem] <= 0 {
		return given{}, false
	}
	f := w.families[w.owner[stem]-1]
	padding := w.width + f.width
	if len(text) < padding {
		return given{}, false
	}
	id, ok := w.decode(text[w.width:padding])
	if !ok || id >= len(f.ids) {
		return given{}, false
	}
	g := f.ids[id]
	if len(text) < g.length || strings.Trim(text[padding:g.length], w.alphabet[:1]) != "" {
		return given{}, false
	}
	return g, true
}

// next returns where in text the first word at or behind an offset may begin, the
// text's length where there is none.
func (w *words) next(text string, at int) int {
	if w.width > 0 {
		if i := strings.IndexByte(text[at:], w.initial); i >= 0 {
			return at + i
		}
	}
	return len(text)
}

func (w *words) clone() *words {
	c := *w
	c.owner, c.families, c.shared = slices.Clone(w.owner), slices.Clone(w.families), maps.Clone(w.shared)
	for i := range c.families {
		c.families[i].ids = slices.Clip(c.families[i].ids)
	}
	return &c
}
