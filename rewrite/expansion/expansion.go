// Package expansion does the kubelet's expansion of $(NAME) in command and args, and
// says what a manifest tells about the environment that the values come from.
//
// The kubelet pastes a variable's value into a script before any shell parses
// it, turns every `$$` into `$`, and leaves a reference to an unknown name as it
// is. The rules are those of kubernetes/kubernetes,
// third_party/forked/golang/expansion/expand.go.
package expansion

import (
	"strings"
	"unicode/utf8"
)

// Token is a piece of a string after the kubelet's parse: text, with `$$`
// already undone, or a reference $(NAME) to a declared variable.
type Token struct {
	Text string // empty for a reference
	Name string // empty for text
}

// Parse splits s as the kubelet reads it. declared decides whether $(NAME) is
// a reference; any other stays as text, and so does all text inside of its
// parentheses (in `$(echo $$)` no `$$` is undone). No two tokens with text stand side
// by side. An empty s has no tokens.
func Parse(s string, declared func(name string) bool) []Token {
	if s != "" && strings.IndexByte(s, '$') < 0 { // most strings have none
		return []Token{{Text: s}}
	}
	var tokens []Token
	var text strings.Builder
	for s != "" {
		lead, name, rest := nextReference(s)
		text.WriteString(lead)
		if name != "" && declared(name) {
			if text.Len() > 0 {
				tokens = append(tokens, Token{Text: text.String()})
				text.Reset()
			}
			tokens = append(tokens, Token{Name: name})
		} else if name != "" {
			text.WriteString("$(" + name + ")")
		}
		s = rest
	}
	if text.Len() > 0 {
		tokens = append(tokens, Token{Text: text.String()})
	}
	return tokens
}

// nextReference returns the text before the first complete reference of s, the name
// of that reference, "" where there is none, and the rest of s behind it. A `$()`
// without a name is text.
func nextReference(s string) (text, name, rest string) {
	var b strings.Builder
	unclosed := false // no `)` is left in s
	for {
		dollar := strings.IndexByte(s, '$')
		if dollar < 0 || dollar+1 == len(s) {
			b.WriteString(s)
			return b.String(), "", ""
		}
		b.WriteString(s[:dollar])
		after := s[dollar+1:]
		if after[0] == '(' && !unclosed {
			end := strings.IndexByte(after, ')')
			if end > 1 {
				return b.String(), after[1:end], after[end+1:]
			}
			unclosed = end < 0
		}
		if after[0] != '$' {
			b.WriteByte('$')
		}
		// The kubelet converts this single byte to a rune, which turns the
		// first byte of a UTF-8 sequence into a character of its own.
		b.WriteRune(rune(after[0]))
		s = after[1:]
	}
}

// Expand returns s as the kubelet passes it on. value returns the values of the
// variables that it knows. A value is not expanded again.
func Expand(s string, value func(name string) (string, bool)) string {
	var b strings.Builder
	known := func(name string) bool { _, ok := value(name); return ok }
	for _, t := range Parse(s, known) {
		if t.Name != "" {
			t.Text, _ = value(t.Name)
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

// Escape returns a string that Expand turns into text for any variables: it doubles
// each `$` before `$`, `(` or a byte that the kubelet would corrupt (0x80 and above),
// and a last `$` when a reference or placeholder follows. In lifecycle hooks the
// kubelet expands nothing, so nothing may be escaped there.
func Escape(text string, followedByReference bool) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] != '$' {
			continue
		}
		if last := i+1 == len(text); last && followedByReference || !last && isSpecial(text[i+1]) {
			b.WriteByte('$')
		}
	}
	return b.String()
}

// isSpecial reports a byte before which a `$` has to be doubled.
func isSpecial(after byte) bool {
	return after == '$' || after == '(' || after >= utf8.RuneSelf
}
