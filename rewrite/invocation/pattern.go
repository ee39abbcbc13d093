package invocation

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"shellfree/rewrite/rule"
)

// checkPatterns looks for what the shell expands in unquoted text: pathname
// patterns, tildes and braces.
func (a *analysis) checkPatterns(w *syntax.Word) *Obstacle {
	before := "" // the word's text as far as read
	for i, p := range w.Parts {
		lit, ok := p.(*syntax.Lit)
		if !ok {
			before += a.source(p)
			continue
		}
		text := hideEscaped(lit.Value)
		whole := a.source(w)
		if tilde(text, i == 0) || a.pastedTilde(text) {
			return obstacle(rule.Pattern, "`", whole, "` has a ~ that shells expand to a home directory: write the directory, or quote it")
		}
		if braces(text) {
			return obstacle(rule.Pattern, "`", whole, "` has braces that some shells expand: quote them, or write the words out")
		}
		if at := strings.IndexAny(text, "*?["); at >= 0 {
			if !neverMatches(before + text[:at]) {
				return obstacle(rule.Pattern, "`", whole, "` is a pattern that the shell matches against files: write the names out, or quote it")
			}
			a.remark(PatternCharacter, "", "`"+whole+"` holds a pattern character, and the shell left it as it is unless a file matched: check that none does")
		}
		before += text
	}
	return nil
}

// hideEscaped replaces each escaped character, which is never special.
func hideEscaped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i++ {
		if b[i] == '\\' {
			b[i], b[i+1] = 'x', 'x'
			i++
		}
	}
	return string(b)
}

// tilde reports a ~ at the start of the word, or after = or :, where shells
// differ in what they expand.
func tilde(text string, first bool) bool {
	return first && strings.HasPrefix(text, "~") || strings.Contains(text, "=~") || strings.Contains(text, ":~")
}

// pastedTilde reports a ~ right behind what is pasted in before the shell reads
// the text: a value that is empty, or ends in = or :, leaves it in such a place.
func (a *analysis) pastedTilde(text string) bool {
	for text != "" {
		at, word := a.nextOpaque(text)
		text = text[at+len(word):]
		if word != "" && strings.HasPrefix(text, "~") {
			return true
		}
	}
	return false
}

// braces reports a brace expansion, {a,b} or {1..3}.
func braces(text string) bool {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return false
	}
	inside := text[open:]
	return strings.Contains(inside, "}") && (strings.Contains(inside, ",") || strings.Contains(inside, ".."))
}

// neverMatches reports whether no file can have a name that begins like this:
// a URL (its // is no part of a path that the shell would find) or an option.
func neverMatches(before string) bool {
	return strings.Contains(before, "://") || strings.HasPrefix(before, "-") && strings.Contains(before, "=")
}
