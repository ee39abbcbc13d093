// Package prefilter tells from raw bytes alone that nothing can be reported
// about a file. It may be wrong in one direction only: of a file that it passes
// over no rule may have anything to report.
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

// MayReport reports whether a file may hold anything that a rule reports. Nearly all
// files are passed over, so their cost counts: each word is looked for by two of its
// letters that seldom stand side by side, and first the words that most files lack.
func (f *Filter) MayReport(text []byte) bool {
	shell, own := names(text)
	switch {
	case own || escaped(text):
		return true
	case bytes.IndexByte(text, 0) >= 0: // UTF-16, in which no word is found
		return true
	case !holds(text, "mm", "command") && !holds(text, "gs", "args"):
		// Without the key no command stands anywhere; but where a text can't be
		// read, a shell and its -c are enough for SF001.
		return shell && f.option(text)
	}
	return shell || f.option(text) || execAction(text)
}

// MayDirect reports whether a text may hold a directive, rightly spelt or nearly,
// or the annotation. Where letters are written otherwise it can't tell.
func MayDirect(text []byte) bool {
	_, own := names(text)
	return own
}

// holds reports whether a word stands in a text; it is found by a pair of its
// letters.
func holds(text []byte, letters, word string) bool {
	before := strings.Index(word, letters)
	for at := pair(text, 0, letters); at >= 0; at = pair(text, at+1, letters) {
		if bytes.HasPrefix(text[max(at-before, 0):], []byte(word)) {
			return true
		}
	}
	return false
}

// names looks for the name of a shell or of a shell script with an end behind
// it, an item of a list or of a list inside a string, and for what may be our
// own: a directive, or the annotation.
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

// directive reports text behind the letters sh that goes on as our own name does
// in a directive, rightly spelt or nearly: shellfree:ignore, shell-free/ignore.
func directive(text []byte) bool {
	name := text[:min(len(text), len("ell")+9)] // a longer one is not taken for ours
	if !begins(name, "ell") && bytes.IndexByte(name, 'f') < 0 && bytes.IndexByte(name, 'F') < 0 {
		return false // as most words, before their ends are looked for
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
// in .sh. A letter behind a backslash may be an escape (\n, \t), and what is in
// front of it another name's.
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

// nameByte reports a byte that can't stand right beside the whole name of a
// program. What is not ASCII may be a line break.
func nameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '.'
}

// option looks for the options that are reported without the name of a shell:
// -c, with which args alone may begin, and the filter's flags.
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

// commandFlag reports text behind a dash that is -c, alone or among the letters
// that shells take beside it.
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

// flag reports text behind a dash that begins as one of the flags does, with - or _
// in its name. A word is one of them only where it begins with a dash, and no line
// break nor quotes can stand in it.
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

// joined reports whether text begins with a name whose dashes may be _ too.
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

// execAction looks for the key of an exec probe or hook, whose tools are judged
// without a shell too.
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

// escaped looks for what can write a letter otherwise: \x73, \u0073 and
// \U00000073 in double quotes, and a line that goes on after a backslash.
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
