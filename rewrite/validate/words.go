package validate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// word checks a word: text, quotes, and variables that were given.
func (c *checker) word(w *syntax.Word) error {
	if braces(*w) {
		return c.refuse("braces", w)
	}
	for i, part := range w.Parts {
		var err error
		switch part := part.(type) {
		case *syntax.Lit:
			err = c.literal(w, i, part)
		case *syntax.SglQuoted:
			if part.Dollar && (!c.bash || !plainEscapes(part.Value)) {
				err = c.refuse("$'…'", part)
			}
		case *syntax.DblQuoted:
			err = c.doubleQuoted(part)
		case *syntax.ParamExp:
			err = c.variable(part)
		default:
			err = c.refuse("expansion", part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// braces reports a brace expansion, {a,b} or {1..3}: bash's and mksh's, which
// dash and busybox don't know. It takes a copy, whose parts it replaces.
func braces(w syntax.Word) bool {
	return syntax.SplitBraces(&w) && slices.ContainsFunc(w.Parts, func(p syntax.WordPart) bool {
		_, ok := p.(*syntax.BraceExp)
		return ok
	})
}

// literal checks unquoted text for what some shells expand and others don't: a
// tilde at the start or after = or :, and $ before quotes or a bracket.
// Pathname patterns stay as they are, as in a shell that finds no match.
func (c *checker) literal(w *syntax.Word, i int, lit *syntax.Lit) error {
	text := hideEscapes(lit.Value)
	switch {
	case i == 0 && strings.HasPrefix(text, "~") || strings.Contains(text, "=~") || strings.Contains(text, ":~"):
		return c.refuse("tilde", w)
	case dollarBefore(text, moreThanText(w.Parts, i)):
		return c.refuse("$", w)
	}
	return nil
}

// dollarBefore reports a $ that the parser took for text and another shell may
// not: before a bracket (bash's $[…]), or at the end with another part after it.
func dollarBefore(text string, more bool) bool {
	return strings.Contains(text, "$[") || more && strings.HasSuffix(text, "$")
}

// moreThanText reports a part behind the one at i that is no text, or that begins
// with a bracket: the parser parts text where a $ might have begun something.
func moreThanText(parts []syntax.WordPart, i int) bool {
	if i+1 == len(parts) {
		return false
	}
	text, ok := parts[i+1].(*syntax.Lit)
	return !ok || strings.HasPrefix(text.Value, "[")
}

func (c *checker) doubleQuoted(q *syntax.DblQuoted) error {
	if q.Dollar && !c.bash {
		return c.refuse(`$"…"`, q)
	}
	for i, part := range q.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			if dollarBefore(hideEscapes(part.Value), moreThanText(q.Parts, i)) {
				return c.refuse("$", q)
			}
		case *syntax.ParamExp:
			if err := c.variable(part); err != nil {
				return err
			}
		default:
			return c.refuse("expansion", part)
		}
	}
	return nil
}

// variable checks for $X or ${X} of a variable that was given. TMPDIR the
// interpreter takes for itself (noTempDir).
func (c *checker) variable(p *syntax.ParamExp) error {
	if p.Param == nil {
		return c.refuse("expansion", p)
	}
	name := p.Param.Value
	source := c.text[p.Pos().Offset():p.End().Offset()]
	if source != "$"+name && source != "${"+name+"}" || name == "TMPDIR" || ownedByShell(name) {
		return c.refuse("expansion", p)
	}
	value, given := c.env[name]
	if !given {
		return c.refuse("variable that was not given", p)
	}
	if c.room -= len(value); c.room < 0 {
		return c.refuse("expansions of more than 2 MiB, last", p)
	}
	return nil
}

// target checks the word after a redirection. There an unquoted variable is
// split and matched by bash and is not by others (POSIX leaves it open), so
// its value must be one that neither changes.
func (c *checker) target(w *syntax.Word) error {
	if err := c.word(w); err != nil {
		return err
	}
	for _, part := range w.Parts {
		p, ok := part.(*syntax.ParamExp)
		if ok && strings.ContainsAny(c.env[p.Param.Value], " \t\n*?[\\") {
			return c.refuse("variable that may be split", w)
		}
	}
	quoteEscapes(w)
	return nil
}

// quoteEscapes writes the escaped characters of a redirection's or assignment's
// word in quotes, which mean the same: the interpreter leaves the backslashes in.
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

// hideEscapes replaces each backslash and the byte after it, which has no
// special meaning.
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
