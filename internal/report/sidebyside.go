package report

import (
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/source"
)

// diffRow is a line of the old text beside a line of the new text. One of them is missing
// where the other text has more lines.
type diffRow struct {
	Number   int // number of the old line, 0 without an old line
	Old, New []diffPart
}

// diffPart is a part of a line, which changed or not.
type diffPart struct {
	Text    string
	Changed bool
}

const (
	maxSourceLines = 40       // lines shown of a command without a fix
	maxCompared    = 64 << 10 // bytes of both texts that are compared by words
	maxBeside      = 200      // bytes shown before and after an edit, within its line
)

// sideBySide returns the lines that the edits of a fix touch and the line before them, with
// the changed words marked.
func sideBySide(src *source.Source, edits []edit.Edit) []diffRow {
	if len(edits) == 0 {
		return nil
	}
	start, end := edits[0].Start, edits[0].End
	for _, e := range edits {
		start, end = min(start, e.Start), max(end, e.End)
	}
	from, to := widenToLines(src, start, end)
	moved := make([]edit.Edit, len(edits))
	for i, e := range edits {
		moved[i] = edit.Edit{Start: e.Start - from, End: e.End - from, New: e.New}
	}
	old := src.Text[from:to]
	changed, err := edit.Apply(old, moved)
	if err != nil {
		return nil // can't happen: the edits were applied when the fix was proved
	}
	r := diffRows{number: src.Position(from).Line}
	for _, d := range diffWords(string(old), string(changed)) {
		r.add(d)
	}
	return r.finish()
}

// widenToLines widens a range to whole lines and the line before, but by at most maxBeside
// bytes on each side.
func widenToLines(src *source.Source, start, end int) (from, to int) {
	from = src.LineStart(start)
	if from > 0 {
		from = src.LineStart(from - 1)
	}
	from = max(from, start-maxBeside)
	for from < start && !utf8.RuneStart(src.Text[from]) {
		from++
	}
	to = end
	for to < len(src.Text) && to-end < maxBeside && src.Text[to] != '\n' {
		to++
	}
	for to < len(src.Text) && !utf8.RuneStart(src.Text[to]) {
		to++
	}
	return from, to
}

// diffWords compares two texts by words. Large texts count as completely different, since the
// comparison would take too long.
func diffWords(a, b string) []diffmatchpatch.Diff {
	if len(a)+len(b) > maxCompared {
		return []diffmatchpatch.Diff{{Type: diffmatchpatch.DiffDelete, Text: a}, {Type: diffmatchpatch.DiffInsert, Text: b}}
	}
	index, known := map[string]rune{}, []string{""}
	encode := func(s string) []rune {
		var out []rune
		for _, word := range splitWords(s) {
			if index[word] == 0 {
				index[word] = wordRune(len(known))
				known = append(known, word)
			}
			out = append(out, index[word])
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0
	diffs := d.DiffMainRunes(encode(a), encode(b), false)
	for i := range diffs {
		var words strings.Builder
		for _, r := range diffs[i].Text {
			words.WriteString(known[wordIndex(r)])
		}
		diffs[i].Text = words.String()
	}
	return diffs
}

// Each word is compared as a code point. Surrogates are not code points of text, so they are
// skipped.
const (
	surrogates     = 0xd800
	surrogateCount = 0x800
)

func wordRune(i int) rune {
	if i >= surrogates {
		i += surrogateCount
	}
	return rune(i)
}

func wordIndex(r rune) int {
	if r >= surrogates {
		r -= surrogateCount
	}
	return int(r)
}

// splitWords splits a text into words, runs of blanks, and single other characters.
func splitWords(s string) []string {
	var all []string
	start, last := 0, 0
	for i, r := range s {
		class := characterClass(r)
		if i > 0 && (class != last || class == 0) {
			all = append(all, s[start:i])
			start = i
		}
		last = class
	}
	if start < len(s) {
		all = append(all, s[start:])
	}
	return all
}

// characterClass returns 1 for characters of words, 2 for blanks, and 0 for characters that
// are each a part of their own.
func characterClass(r rune) int {
	switch {
	case r == ' ' || r == '\t':
		return 2
	case strings.ContainsRune("\n\r\"'[],{}()<>|&;", r):
		return 0
	}
	return 1
}

// diffRows lays out a diff in two columns. After a line break in both texts the next lines are
// beside each other again.
type diffRows struct {
	number   int
	old, new [][]diffPart
}

func (r *diffRows) add(d diffmatchpatch.Diff) {
	lines := strings.Split(d.Text, "\n")
	for i, line := range lines {
		line = ReplaceUnprintable(strings.TrimSuffix(line, "\r"))
		if d.Type != diffmatchpatch.DiffInsert {
			r.old = appendText(r.old, line, d.Type, i > 0)
		}
		if d.Type != diffmatchpatch.DiffDelete {
			r.new = appendText(r.new, line, d.Type, i > 0)
		}
		if d.Type == diffmatchpatch.DiffEqual && i+1 < len(lines) {
			r.alignSides()
		}
	}
}

// appendText appends text to the last line, or to a new one. The indentation of a new line is
// never marked as changed.
func appendText(lines [][]diffPart, text string, kind diffmatchpatch.Operation, begin bool) [][]diffPart {
	if begin || len(lines) == 0 {
		words := strings.TrimLeft(text, " \t")
		lines = append(lines, []diffPart{{Text: text[:len(text)-len(words)]}})
		text = words
	}
	if text != "" {
		last := len(lines) - 1
		lines[last] = append(lines[last], diffPart{text, kind != diffmatchpatch.DiffEqual})
	}
	return lines
}

// alignSides fills the shorter side with missing lines.
func (r *diffRows) alignSides() {
	for len(r.old) < len(r.new) {
		r.old = append(r.old, nil)
	}
	for len(r.new) < len(r.old) {
		r.new = append(r.new, nil)
	}
}

func (r *diffRows) finish() []diffRow {
	r.alignSides()
	all := make([]diffRow, len(r.old))
	n := r.number
	for i := range all {
		all[i] = diffRow{Old: r.old[i], New: r.new[i]}
		if r.old[i] != nil {
			all[i].Number = n
			n++
		}
	}
	return all
}

// clipLine returns the part of a long line around a column.
func clipLine(line string, column int) string {
	runes := []rune(line)
	from := max(0, column-1-maxBeside)
	to := min(len(runes), from+3*maxBeside)
	if from >= to {
		return ""
	}
	return string(runes[from:to])
}
