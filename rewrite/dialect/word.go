package dialect

import (
	"maps"
	"slices"
	"strings"
)

// A word stands for a placeholder in the masked text. It consists of letters, begins
// with a capital and means nothing special to YAML, JSON or a shell. Where JSON
// needs a bare value the word is a number instead.
//
// A word is a stem, an id and padding up to the length of the placeholder. The stem
// occurs nowhere in the text. Its first byte, the same for all stems, occurs nowhere
// else in a word, so a stem in the masked text always begins a word. The ids behind
// one stem are equally wide, so no word is the beginning of another.
//
// There are more than six million words of five bytes and a hundred thousand of
// four. Once half of the stems are used up, placeholders with the same text and
// length share a word, so that only different texts need different words.

// words hands out the words of one text.
type words struct {
	stems
	families []family
	open     [maxIDWidth + 1]int  // by width of an id: 1 + the index of the family for new ids, 0 for none
	shared   map[sharedKey]string // the words that were handed out since stems became scarce
}

// family holds the ids behind one stem.
type family struct {
	stem, width int
	ids         []wordOwner
}

// wordOwner is the index of the first placeholder that got a word, and the word's
// length in bytes.
type wordOwner struct{ placeholder, length int }

// sharedKey is equal for placeholders that may share a word.
type sharedKey struct {
	text   string // of the placeholder
	length int    // of the word in bytes
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

// takeWord fills room with a word for placeholder i, whose text is given. It is
// false when room is too small for a word, or all words of its length are used up.
func (w *words) takeWord(room []byte, i int, text string) bool {
	width := min(len(room)-w.width, maxIDWidth)
	if w.free == 0 || width < 0 || len(room) < shortestWord {
		return false
	}
	key := sharedKey{text, len(room)}
	scarce := len(w.families) > w.free/2
	if word, ok := w.shared[key]; scarce && ok {
		copy(room, word)
		return true
	}
	f := w.familyWithRoom(width)
	if f == nil {
		return false
	}
	w.writeWord(room, f)
	f.ids = append(f.ids, wordOwner{i, len(room)})
	if scarce {
		w.shareWord(key, string(room))
	}
	return true
}

// familyWithRoom returns a family that can hold one more id of a width, a new one if
// need be; nil when no stem is free for it.
func (w *words) familyWithRoom(width int) *family {
	if at := w.open[width]; at > 0 && len(w.families[at-1].ids) < w.capacity(width) {
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

// writeWord fills room with the stem of a family, the family's next id and padding.
func (w *words) writeWord(room []byte, f *family) {
	room[0] = w.initial
	w.encodeNumber(room[1:w.width], f.stem)
	w.encodeNumber(room[w.width:w.width+f.width], len(f.ids))
	fillText(room[w.width+f.width:], w.alphabet[0])
}

func (w *words) shareWord(key sharedKey, word string) {
	if w.shared == nil {
		w.shared = map[sharedKey]string{}
	}
	w.shared[key] = word
}

// lookUpWord returns the owner of the word that text begins with, false without one.
func (w *words) lookUpWord(text string) (wordOwner, bool) {
	if w.width == 0 || len(text) < w.width || text[0] != w.initial {
		return wordOwner{}, false
	}
	stem, ok := w.decodeNumber(text[1:w.width])
	if !ok || w.owner[stem] <= 0 {
		return wordOwner{}, false
	}
	f := w.families[w.owner[stem]-1]
	padding := w.width + f.width
	if len(text) < padding {
		return wordOwner{}, false
	}
	id, ok := w.decodeNumber(text[w.width:padding])
	if !ok || id >= len(f.ids) {
		return wordOwner{}, false
	}
	g := f.ids[id]
	if len(text) < g.length || strings.Trim(text[padding:g.length], w.alphabet[:1]) != "" {
		return wordOwner{}, false
	}
	return g, true
}

// nextWord returns the offset in text at or behind at where the next word may begin,
// the text's length where there is none.
func (w *words) nextWord(text string, at int) int {
	if w.width > 0 {
		if i := strings.IndexByte(text[at:], w.initial); i >= 0 {
			return at + i
		}
	}
	return len(text)
}

func (w *words) cloneWords() *words {
	c := *w
	c.owner, c.families, c.shared = slices.Clone(w.owner), slices.Clone(w.families), maps.Clone(w.shared)
	for i := range c.families {
		c.families[i].ids = slices.Clip(c.families[i].ids)
	}
	return &c
}
