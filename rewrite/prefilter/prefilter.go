// Package prefilter tells from raw bytes alone that no rule can report anything about
// a file. It may be wrong in one direction only: it may keep a file about which there
// is nothing to report.
package prefilter

import (
	"bytes"
	"strings"
)

// Filter tells which files may hold a finding. It may be used by several goroutines.
type Filter struct {
	flags [256][]string // by their first byte
}

// New returns a filter that also looks for some flags, which are named without the
// dashes before them and with - for _: a rule reports them without a shell.
func New(flags []string) *Filter {
	f := &Filter{}
	for _, name := range flags {
		f.flags[name[0]] = append(f.flags[name[0]], name)
	}
	return f
}

// MayReport reports whether a rule may report anything about a file. For nearly all
// files it can't, so the time for those counts most: each word is looked for by
// two of its letters that seldom stand side by side, and words that most files lack
// are looked for first.
func (f *Filter) MayReport(text []byte) bool {
	shell, own := names(text)
	switch {
	case own || escaped(text):
		return true
	case bytes.IndexByte(text, 0) >= 0: // UTF-16, in which no word is found
		return true
	case !holds(text, "mm", "command") && !holds(text, "gs", "args"):
		// Without these keys there is no command. But for SF001, about a text that
		// can't be parsed, a shell and its -c are enough.
		return shell && f.option(text)
	}
	return shell || f.option(text) || execAction(text)
}

// MayDirect reports whether a text may hold a directive, rightly spelt or nearly,
// or the annotation, in letters that are not escaped.
func MayDirect(text []byte) bool {
	_, own := names(text)
	return own
}

// holds reports whether a word stands in a text. letters are two letters of the word
// that stand side by side; the word is looked for by them.
func holds(text []byte, letters, word string) bool {
	before := strings.Index(word, letters)
	for at := pair(text, 0, letters); at >= 0; at = pair(text, at+1, letters) {
		if bytes.HasPrefix(text[max(at-before, 0):], []byte(word)) {
			return true
		}
	}
	return false
}

// names reports whether a text holds the name of a shell or a shell script at the end
// of a word, and whether it may hold this tool's own name: in a directive, or in the
// annotation.
func names(text []byte) (shell, own bool) {
	for at := pair(text, 0, "sh"); at >= 0; at = pair(text, at+1, "sh") {
		rest := text[at+len("sh"):]
		switch {
		case bytes.HasPrefix(text[at:], []byte("Shellfree")):
			return shell, true
		case text[at] != 's':
		case len(rest) == 0 || !nameByte(rest[0]):
			shell = shell || endsInShell(text[:at+len("sh")])
		case directive(rest):
			return shell, true
		}
	}
	return shell, false
}

// directive reports whether text, which stands behind the letters sh, goes on as this
// tool's name does in a directive, rightly spelt or nearly: shellfree:ignore,
// shell-free/ignore.
func directive(text []byte) bool {
	name := text[:min(len(text), len("ell")+9)] // a longer name is another tool's
	if !begins(name, "ell") && bytes.IndexByte(name, 'f') < 0 && bytes.IndexByte(name, 'F') < 0 {
		return false // most words end here, before their ends are looked for
	}
	end := 0
	for end < len(name) && nameByte(name[end]) {
		end++
	}
	rest := bytes.TrimLeft(text[end:], " \t")
	if len(rest) == 0 || rest[0] != ':' && rest[0] != '/' {
		return false
	}
	return begins(name[:end], "ell") || contains(name[:end], "free")
}

// begins reports whether a text begins with a word, in letters of any case.
func begins(text []byte, word string) bool {
	return len(text) >= len(word) && bytes.EqualFold(text[:len(word)], []byte(word))
}

// contains reports whether a word stands in a text, in letters of any case.
func contains(text []byte, word string) bool {
	for len(text) >= len(word) {
		if begins(text, word) {
			return true
		}
		text = text[1:]
	}
	return false
}

// endsInShell reports whether the name at the end of text is a shell's or ends
// in .sh. A letter behind a backslash may be an escape (\n, \t) with the name behind
// it.
func endsInShell(text []byte) bool {
	start := len(text)
	for start > 0 && 'a' <= text[start-1] && text[start-1] <= 'z' {
		start--
	}
	name := string(text[start:])
	switch {
	case start > 0 && text[start-1] == '.' && name == "sh":
		return true
	case start > 0 && text[start-1] == '\\':
		return isShell(name) || isShell(name[1:])
	}
	return isShell(name) && (start == 0 || !nameByte(text[start-1]))
}

func isShell(name string) bool {
	switch name {
	case "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh":
		return true
	}
	return false
}

// nameByte reports a byte that can be a part of a program's name, so that a name that
// it touches is not complete. Bytes outside of ASCII are left out, since they may be
// line breaks.
func nameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '.'
}

// option reports whether a text holds options about which there are findings without
// the name of a shell: -c, with which args alone may begin, and the filter's flags.
func (f *Filter) option(text []byte) bool {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '-')
		if i < 0 {
			return false
		}
		at += i + len("-")
		if commandFlag(text[at:]) || f.flag(text[at:]) {
			return true
		}
	}
}

// commandFlag reports whether text, which stands behind a dash, is the option c, alone
// or among the letters that shells allow beside it.
func commandFlag(text []byte) bool {
	c := false
	for _, b := range text {
		switch b {
		case 'c':
			c = true
		case 'e', 'i', 'l', 'u', 'v', 'x':
		default:
			return c && !nameByte(b)
		}
	}
	return c
}

// flag reports whether text, which stands behind a dash, begins with the name of
// one of the flags, written with - or _. A word is one of these flags only where it begins
// with a dash, and a name can hold neither line breaks nor quotes.
func (f *Filter) flag(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	for _, name := range f.flags[text[0]] {
		if joined(text, name) {
			return true
		}
	}
	return false
}

// joined reports whether text begins with a name in which a dash may be written as _.
func joined(text []byte, name string) bool {
	if len(text) < len(name) {
		return false
	}
	for i := range len(name) {
		if text[i] != name[i] && (name[i] != '-' || text[i] != '_') {
			return false
		}
	}
	return true
}

// execAction reports whether a text holds the key of an exec probe or hook, whose
// tools are judged without a shell too.
func execAction(text []byte) bool {
	for at := pair(text, 0, "xe"); at >= 0; at = pair(text, at+1, "xe") {
		behind, key := bytes.CutPrefix(text[at:], []byte("xec"))
		if !key || at == 0 || text[at-1] != 'e' {
			continue
		}
		if behind = bytes.TrimLeft(behind, "\\\"' \t\r\n"); len(behind) > 0 && behind[0] == ':' {
			return true
		}
	}
	return false
}

// escaped reports whether a text may hold letters in another form: \x73, \u0073 and
// \U00000073 in double quotes, or a line that goes on behind a backslash.
func escaped(text []byte) bool {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\\')
		if i < 0 {
			return false
		}
		at += i + 1
		if at < len(text) {
			switch text[at] {
			case 'x', 'u', 'U', '\r', '\n':
				return true
			}
		}
	}
}
