// Package producer finds the lines of scripts and values files that fill a
// template's placeholders. After a fix these lines may have to print list items.
package producer

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Line is a line of a file that fills a placeholder, or a part of its value.
type Line struct {
	File   string // as given to File
	Number int    // 1 for the first
	Text   string // without blanks around, cut to textLimit
	Own    bool   // the line fills placeholders of its own file only
}

// Found is the result of a search for one placeholder.
type Found struct {
	Producers []Line // the lines that fill it
	// Quoted holds the lines with shell quotes in the value that they fill in: some
	// of Producers, and assignments to the variables that they use.
	Quoted []Line
}

// Placeholder is a placeholder to look for.
type Placeholder struct {
	Text string // as it stands in the manifest: {{params}}
	Name string // between its delimiters: params
}

// In returns the lines that fill the placeholder in one file. They may share memory
// with f and must not be changed.
func (f Found) In(file string) Found {
	return Found{linesFor(file, f.Producers), linesFor(file, f.Quoted)}
}

// linesFor returns lines without those that fill placeholders of other files only.
// Nearly always there are none of these, and the list is returned as it is.
func linesFor(file string, lines []Line) []Line {
	isOther := func(l Line) bool { return l.Own && l.File != file }
	if !slices.ContainsFunc(lines, isOther) {
		return lines
	}
	return slices.DeleteFunc(slices.Clone(lines), isOther)
}

// Join returns the results for a placeholder from several files in one, each line
// once.
func Join(parts []Found) Found {
	var all Found
	for i, p := range parts {
		if i > 0 && sameList(p.Producers, parts[i-1].Producers) && sameList(p.Quoted, parts[i-1].Quoted) {
			continue
		}
		all.Producers, all.Quoted = append(all.Producers, p.Producers...), append(all.Quoted, p.Quoted...)
	}
	return Found{slices.Clip(uniqueLines(all.Producers)), slices.Clip(uniqueLines(all.Quoted))}
}

// sameList reports whether two lists are one list in memory.
func sameList(a, b []Line) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// Search looks for the producers of any number of placeholders. It does not change
// while it is used, so several goroutines may share it.
type Search struct{ targets []target }

// New returns a search. A placeholder that is given twice counts once; one without a
// name is left out.
func New(placeholders []Placeholder) *Search {
	s := &Search{}
	for _, p := range placeholders {
		t := newTarget(p)
		known := slices.ContainsFunc(s.targets, func(u target) bool { return u.text == t.text })
		if !known && t.key != "" && t.plain != "" {
			s.targets = append(s.targets, t)
		}
	}
	return s
}

const (
	textLimit   = 160     // characters of a line that are shown
	lineLimit   = 1 << 14 // bytes of the longest line that is read: longer ones are not written by hand
	placeLimit  = 20      // places of a placeholder that are looked at on one line
	reachLimit  = 10_000  // lines above a producer that are looked at
	binaryCheck = 8000    // bytes at the front that are searched for a NUL, by which git knows a binary file
)

// File returns the results for one file, by the texts of the placeholders. Those that
// the file does not fill are missing; a binary file gives none.
func (s *Search) File(name string, text []byte) map[string]Found {
	if bytes.IndexByte(text[:min(len(text), binaryCheck)], 0) >= 0 {
		return nil
	}
	var f *file
	found := map[string]Found{}
	for _, t := range s.targets {
		if !bytes.Contains(text, []byte(t.key)) {
			continue
		}
		if f == nil {
			f = newFile(name, text)
		}
		if got := f.findLines(t); len(got.Producers) > 0 {
			found[t.text] = got
		}
	}
	return found
}

// file is a text that may hold producers.
type file struct {
	name  string
	base  string // the last part of the name
	text  string
	lines []string

	rendererKnown, renderer bool // whether it was asked for, and is, a program that fills templates
}

func newFile(name string, text []byte) *file {
	f := &file{name: name, base: path.Base(name), text: string(text)}
	f.lines = strings.Split(f.text, "\n")
	return f
}

// findLines returns the lines of the file that fill a placeholder.
func (f *file) findLines(t target) Found {
	var found Found
	for i, text := range f.lines {
		if !strings.Contains(text, t.key) || len(text) > lineLimit || isComment(text) {
			continue
		}
		l := line{file: f, index: i, raw: text, plain: plainText(text)}
		for _, w := range ways() {
			if w.fills(t, l) {
				found.Producers = append(found.Producers, f.newLine(i, w.own))
				found.Quoted = append(found.Quoted, f.quotedLines(t, l, w.own)...)
				break
			}
		}
	}
	found.Quoted = uniqueLines(found.Quoted)
	return found
}

// newLine returns the line with an index, cut for display.
func (f *file) newLine(i int, own bool) Line {
	text := []rune(strings.TrimSpace(f.lines[i]))
	if len(text) > textLimit {
		text = append(text[:textLimit-1], '…')
	}
	return Line{f.name, i + 1, string(text), own}
}

// isComment reports a comment of a script or program.
func isComment(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "##") || strings.HasPrefix(text, "//")
}

// uniqueLines returns the lines, each once.
func uniqueLines(lines []Line) []Line {
	var out []Line
	seen := map[Line]bool{}
	for _, l := range lines {
		if !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	return out
}
