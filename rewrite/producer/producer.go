// Package producer finds the lines of scripts and values files that fill a
// template's placeholders: what must print list items from now on.
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
	Own    bool   // it fills placeholders of its own file only
}

// Found is what a search knows of one placeholder.
type Found struct {
	Producers []Line // lines that fill it
	// Quoted are the lines whose value shows shell quotes: those of Producers,
	// and assignments to the variables that they put in.
	Quoted []Line
}

// Placeholder is what to look for.
type Placeholder struct {
	Text string // as it stands in the manifest: {{params}}
	Name string // between its delimiters: params
}

// In returns what concerns the placeholders of one file. The lines may be those of
// f, not to be changed.
func (f Found) In(file string) Found {
	return Found{concerning(file, f.Producers), concerning(file, f.Quoted)}
}

// concerning leaves out lines that fill placeholders of other files only. Nearly
// always there are none, and then no findings need lists of their own.
func concerning(file string, lines []Line) []Line {
	elsewhere := func(l Line) bool { return l.Own && l.File != file }
	if !slices.ContainsFunc(lines, elsewhere) {
		return lines
	}
	return slices.DeleteFunc(slices.Clone(lines), elsewhere)
}

// Join returns what several files show of a placeholder, each line once.
func Join(parts []Found) Found {
	var all Found
	for i, p := range parts {
		if i > 0 && same(p.Producers, parts[i-1].Producers) && same(p.Quoted, parts[i-1].Quoted) {
			continue
		}
		all.Producers, all.Quoted = append(all.Producers, p.Producers...), append(all.Quoted, p.Quoted...)
	}
	return Found{slices.Clip(unique(all.Producers)), slices.Clip(unique(all.Quoted))}
}

// same reports whether two lists are one and the same.
func same(a, b []Line) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// Search looks for the producers of any number of placeholders. It holds no
// state of a file and may be used by several goroutines.
type Search struct{ targets []target }

// New returns a search. A placeholder that is given twice counts once, one
// without a name is not looked for.
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
	textLimit = 160     // characters of a line that are shown
	lineLimit = 1 << 14 // bytes of a line that is read: nobody writes longer ones by hand
	perLine   = 20      // places of a placeholder on a line that are looked at
	reach     = 10_000  // lines above one that are looked at
	binary    = 8000    // bytes at the front that hold a NUL in a binary file, as git has it
)

// File returns what a file shows, by the placeholders' texts. A binary file
// shows nothing.
func (s *Search) File(name string, text []byte) map[string]Found {
	if bytes.IndexByte(text[:min(len(text), binary)], 0) >= 0 {
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
		if got := f.look(t); len(got.Producers) > 0 {
			found[t.text] = got
		}
	}
	return found
}

// file is a text that may hold producers.
type file struct {
	name  string
	base  string // of the name
	text  string
	lines []string

	asked, renderer bool // whether it was asked for, and is, a program that fills templates
}

func newFile(name string, text []byte) *file {
	f := &file{name: name, base: path.Base(name), text: string(text)}
	f.lines = strings.Split(f.text, "\n")
	return f
}

// look returns the lines that fill a placeholder.
func (f *file) look(t target) Found {
	var found Found
	for i, text := range f.lines {
		if !strings.Contains(text, t.key) || len(text) > lineLimit || comment(text) {
			continue
		}
		l := line{file: f, index: i, raw: text, plain: plain(text)}
		for _, w := range ways() {
			if w.fills(t, l) {
				found.Producers = append(found.Producers, f.line(i, w.own))
				found.Quoted = append(found.Quoted, f.quoted(t, l, w.own)...)
				break
			}
		}
	}
	found.Quoted = unique(found.Quoted)
	return found
}

func (f *file) line(i int, own bool) Line {
	text := []rune(strings.TrimSpace(f.lines[i]))
	if len(text) > textLimit {
		text = append(text[:textLimit-1], '…')
	}
	return Line{f.name, i + 1, string(text), own}
}

// comment reports a line that nothing runs: of a script, or of a program.
func comment(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "##") || strings.HasPrefix(text, "//")
}

func unique(lines []Line) []Line {
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
