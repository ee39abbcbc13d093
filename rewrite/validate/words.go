package validate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// checkWord checks a word: it may hold text, quotes, and variables that were given.
func (c *checker) checkWord(w *syntax.Word) error {
	if hasBraces(*w) {
		return c.refusal("braces", w)
	}
	for i, part := range w.Parts {
		var err error
		switch part := part.(type) {
		case *syntax.Lit:
			err = c.checkLiteral(w, i, part)
		case *syntax.SglQuoted:
			if part.Dollar && (!c.bash || !plainEscapes(part.Value)) {
				err = c.refusal("$'…'", part)
			}
		case *syntax.DblQuoted:
			err = c.checkDoubleQuoted(part)
		case *syntax.ParamExp:
			err = c.checkVariable(part)
		default:
			err = c.refusal("expansion", part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hasBraces reports a brace expansion, {a,b} or {1..3}, which bash and mksh know, and
// dash and busybox don't. It gets a copy of the word, since SplitBraces changes it.
func hasBraces(w syntax.Word) bool {
	return syntax.SplitBraces(&w) && slices.ContainsFunc(w.Parts, func(p syntax.WordPart) bool {
		_, ok := p.(*syntax.BraceExp)
		return ok
	})
}

// checkLiteral refuses unquoted text that some shells expand and others don't: a
// tilde at the start or after = or :, and $ before quotes or a bracket.
// Pathname patterns stay as they are, as in a shell that finds no match.
func (c *checker) checkLiteral(w *syntax.Word, i int, lit *syntax.Lit) error {
	text := hideEscapes(lit.Value)
	switch {
	case i == 0 && strings.HasPrefix(text, "~") || strings.Contains(text, "=~") || strings.Contains(text, ":~"):
		return c.refusal("tilde", w)
	case dollarBefore(text, moreThanText(w.Parts, i)):
		return c.refusal("$", w)
	}
	return nil
}

// dollarBefore reports a $ that the parser took for text and that means something to
// another shell: before a bracket (bash's $[…]), or at the end with another part
// behind it.
func dollarBefore(text string, more bool) bool {
	return strings.Contains(text, "$[") || more && strings.HasSuffix(text, "$")
}

// moreThanText reports whether the part behind the one at i is no text, or is text
// that begins with a bracket: the parser splits text behind a $ that might have begun
// an expansion.
func moreThanText(parts []syntax.WordPart, i int) bool {
	if i+1 == len(parts) {
		return false
	}
	text, ok := parts[i+1].(*syntax.Lit)
	return !ok || strings.HasPrefix(text.Value, "[")
}

// checkDoubleQuoted checks a text in double quotes.
func (c *checker) checkDoubleQuoted(q *syntax.DblQuoted) error {
	if q.Dollar && !c.bash {
		return c.refusal(`$"…"`, q)
	}
	for i, part := range q.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			if dollarBefore(hideEscapes(part.Value), moreThanText(q.Parts, i)) {
				return c.refusal("$", q)
			}
		case *syntax.ParamExp:
			if err := c.checkVariable(part); err != nil {
				return err
			}
		default:
			return c.refusal("expansion", part)
		}
	}
	return nil
}

// checkVariable checks an expansion: it must be $X or ${X} of a variable that was
// given. TMPDIR is refused, since the interpreter uses it itself (noTempDir).
func (c *checker) checkVariable(p *syntax.ParamExp) error {
	if p.Param == nil {
		return c.refusal("expansion", p)
	}
	name := p.Param.Value
	source := c.text[p.Pos().Offset():p.End().Offset()]
	if source != "$"+name && source != "${"+name+"}" || name == "TMPDIR" || ownedByShell(name) {
		return c.refusal("expansion", p)
	}
	value, given := c.env[name]
	if !given {
		return c.refusal("variable that was not given", p)
	}
	if c.room -= len(value); c.room < 0 {
		return c.refusal("expansions of more than 2 MiB, last", p)
	}
	return nil
}

// checkTarget checks the word behind a redirection. There bash splits an unquoted
// variable and matches it with files, and other shells don't (POSIX leaves it open),
// so its value must be one that bash doesn't change.
func (c *checker) checkTarget(w *syntax.Word) error {
	if err := c.checkWord(w); err != nil {
		return err
	}
	for _, part := range w.Parts {
		p, ok := part.(*syntax.ParamExp)
		if ok && strings.ContainsAny(c.env[p.Param.Value], " \t\n*?[\\") {
			return c.refusal("variable that may be split", w)
		}
	}
	quoteEscapes(w)
	return nil
}

// quoteEscapes replaces the escapes in the word of a redirection or assignment by
// quotes, which mean the same: there the interpreter leaves backslashes in.
func quoteEscapes(w *syntax.Word) {
	var parts []syntax.WordPart
	for _, part := range w.Parts {
		lit, ok := part.(*syntax.Lit)
		if !ok {
			parts = append(parts, part)
			continue
		}
		for text := lit.Value; text != ""; {
			plain, rest, escaped := strings.Cut(text, `\`)
			if plain != "" {
				parts = append(parts, &syntax.Lit{Value: plain})
			}
			if text = rest; escaped && text != "" {
				_, size := utf8.DecodeRuneInString(text)
				parts = append(parts, &syntax.SglQuoted{Value: text[:size]})
				text = text[size:]
			}
		}
	}
	w.Parts = parts
}

// variables returns the names of the variables of a word.
func variables(w *syntax.Word) []string {
	var names []string
	syntax.Walk(w, func(n syntax.Node) bool {
		if p, ok := n.(*syntax.ParamExp); ok && p.Param != nil {
			names = append(names, p.Param.Value)
		}
		return true
	})
	return names
}

// hideEscapes replaces each backslash and the byte behind it, which has no special
// meaning, by dots.
func hideEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i++ {
		if b[i] == '\\' {
			b[i], b[i+1] = '.', '.'
			i++
		}
	}
	return string(b)
}

// plainEscapes reports whether a $'…' string has only those escapes that the
// interpreter is known to read as bash does.
func plainEscapes(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		if i++; i == len(s) || !strings.Contains(`nt\'"`, s[i:i+1]) {
			return false
		}
	}
	return true
}
