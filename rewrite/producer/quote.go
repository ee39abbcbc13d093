package producer

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// quotedLines returns the lines with shell quotes in the value that a producer fills
// in: the producer itself, and the assignments above it, in its function, to the
// variables that it uses.
func (f *file) quotedLines(t target, l line, own bool) []Line {
	from := t.placeholderEnd(l.raw)
	var lines []Line
	if inside, _ := findQuotes(l.raw, from); inside || f.isQuotedScalar(l.raw) {
		lines = append(lines, f.newLine(l.index, own))
	}
	for _, m := range variable.FindAllStringSubmatch(l.raw[from:], -1) {
		lines = append(lines, f.assignments(m[1], l.index)...)
	}
	return lines
}

// placeholderEnd returns the offset behind the first placeholder of a line, where a
// pattern may have added brackets, backslashes and blanks to it.
func (t target) placeholderEnd(text string) int {
	at := max(0, strings.Index(text, t.key))
	for i := at; i+len(t.key) <= len(text); i++ {
		if strings.HasPrefix(text[i:], t.key) && (i == 0 || !isNameByte(text[i-1])) {
			at = i
			break
		}
	}
	at += len(t.key)
	return at + len(text[at:]) - len(strings.TrimLeft(text[at:], `\ ]'")}*`))
}

// isQuotedScalar reports a key of a YAML file with quotes inside its plain value.
func (f *file) isQuotedScalar(text string) bool {
	m := keyLine.FindStringIndex(text)
	if ext := path.Ext(f.base); m == nil || ext != ".yaml" && ext != ".yml" && ext != ".sls" {
		return false
	}
	value := strings.TrimSpace(text[m[1]:])
	return strings.IndexAny(value, `"'`) > 0 && !strings.HasPrefix(value, "[") && !strings.ContainsAny(value[:1], `"'`)
}

var (
	variable   = regexp.MustCompile(`\$\{?([A-Za-z_][A-Za-z0-9_]*)`)
	assignment = regexp.MustCompile(`^\s*(?:(?:local|export|readonly|declare|typeset)\s+(?:-\w+\s+)*)?([A-Za-z_][A-Za-z0-9_]*)\+?=`)
	function   = regexp.MustCompile(`^(?:function\s+\S+|[A-Za-z_][A-Za-z0-9_.:-]*\s*\(\))`)
)

// assignments returns the lines above line below, up to the beginning of its
// function, that give a variable a value with shell quotes in it.
func (f *file) assignments(name string, below int) []Line {
	var lines []Line
	for i := below - 1; i >= max(0, below-reachLimit) && !function.MatchString(f.lines[i]); i-- {
		m := assignment.FindStringSubmatchIndex(f.lines[i])
		if m == nil || f.lines[i][m[2]:m[3]] != name || len(f.lines[i]) > lineLimit {
			continue
		}
		if f.valueHasQuotes(i, m[1], below) {
			lines = append(lines, f.newLine(i, false))
		}
	}
	slices.Reverse(lines)
	return lines
}

// valueHasQuotes reports quotes in the assigned value that begins at offset from of
// line i. The value may go on over several lines, but not as far as line below.
func (f *file) valueHasQuotes(i, from, below int) bool {
	for last := i; last < min(below, i+joinLimit); last++ {
		text := strings.Join(f.lines[i:last+1], "\n")
		inside, open := findQuotes(text, from)
		if inside {
			return true
		}
		if !open && !strings.HasSuffix(text, `\`) {
			return false
		}
	}
	return false
}

// findQuotes reports quotes in text, from offset from on, that stay in a value: those
// inside of other quotes, and those behind a backslash. The text of a command
// substitution is no part of the value. Where there are none, open reports a quote
// that is not closed at the end of the text.
func findQuotes(text string, from int) (inside, open bool) {
	var outer byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '$' && outer != '\'' && strings.HasPrefix(text[i:], "$("):
			i = bracketEnd(text, i+1)
		case c == '\\' && outer != '\'' && i+1 < len(text):
			i++
			if i >= from && strings.IndexByte(`"'`, text[i]) >= 0 {
				return true, false
			}
		case c != '"' && c != '\'':
		case outer == 0:
			outer = c
		case outer == c:
			outer = 0
		case i >= from:
			return true, false
		}
	}
	return false, outer != 0
}

// bracketEnd returns the offset of the bracket that closes the one at open, the
// text's length when it is missing.
func bracketEnd(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
