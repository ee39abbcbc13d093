// Package expansion is the kubelet's own expansion of $(NAME) in command and
// args, and what a manifest tells about the environment it draws from.
//
// The kubelet pastes a variable's value into a script before any shell parses
// it, turns `$$` into `$` wherever it stands, and leaves a reference it does
// not know as it is. The rules are those of kubernetes/kubernetes,
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
// a reference; any other stays as text, with all that stands inside of its
// parentheses (in `$(echo $$)` nothing is undone). Texts that touch are one
// token, so no two texts stand side by side. An empty s has no tokens.
func Parse(s string, declared func(name string) bool) []Token {
	if s != "" && strings.IndexByte(s, '$') < 0 { // as in most
		return []Token{{Text: s}}
	}
	var tokens []Token
	var text strings.Builder
	for s != "" {
		lead, name, rest := next(s)
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

// next reads the text before the first complete reference of s and that
// reference's name, which is empty where there is none. A nameless `$()` is
// text.
func next(s string) (text, name, rest string) {
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

// Expand returns s as the kubelet passes it on, with value giving the
// variables it knows. A value is not expanded again.
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

// Escape returns text such that Expand yields it again, whatever is declared:
// it doubles each `$` before `$`, `(` or a byte that the kubelet would corrupt
// (0x80 and above), and a last `$` when a reference or placeholder follows.
// Lifecycle hooks are not expanded, so nothing may be escaped there.
func Escape(text string, followedByReference bool) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if text[i] != '$' {
			continue
		}
		if last := i+1 == len(text); last && followedByReference || !last && special(text[i+1]) {
			b.WriteByte('$')
		}
	}
	return b.String()
}

// special tells whether `$` and this byte together are more than themselves.
func special(after byte) bool {
	return after == '$' || after == '(' || after >= utf8.RuneSelf
}
