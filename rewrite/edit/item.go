package edit

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
)

// style is how an item of an array is written.
type style struct {
	quote byte // '"', '\'' or 0 for a plain scalar
	flow  bool // inside [ ]
	json  bool // the file is JSON: only double quotes, JSON's escapes
	hook  bool // a lifecycle hook, where the kubelet expands nothing
}

// Value returns the string that the manifest must hold for a word, with the
// placeholders as they stand in the file. Literals are escaped against the kubelet's
// expansion, except in a hook, where there is none.
func Value(w invocation.Word, hook bool) string {
	var b strings.Builder
	for _, c := range piecesOf(w, hook) {
		b.WriteString(c.text)
	}
	return b.String()
}

// piece is a part of an item: text to be quoted, or, where raw is set, a placeholder
// that stays as it is.
type piece struct {
	text string
	raw  bool
}

// piecesOf returns the pieces of a word.
func piecesOf(w invocation.Word, hook bool) []piece {
	var out []piece
	parts := mergeLiterals(w.Parts)
	for i, p := range parts {
		switch {
		case p.Kind == invocation.Placeholder:
			out = append(out, piece{p.Text, true})
		case p.Kind == invocation.Variable:
			out = append(out, piece{"$(" + p.Text + ")", false})
		case hook:
			out = append(out, piece{p.Text, false})
		default:
			out = append(out, piece{expansion.Escape(p.Text, i+1 < len(parts)), false})
		}
	}
	return out
}

// mergeLiterals joins literals that stand side by side, since a `$` and a `(` from
// two of them would make a reference.
func mergeLiterals(parts []invocation.Part) []invocation.Part {
	var out []invocation.Part
	for _, p := range parts {
		if n := len(out); n > 0 && p.Kind == invocation.Literal && out[n-1].Kind == invocation.Literal {
			out[n-1].Text += p.Text
			continue
		}
		out = append(out, p)
	}
	return out
}

// itemText returns a word in the style, or where that would change its value, in
// quotes that keep it.
func (s style) itemText(w invocation.Word) string {
	all := piecesOf(w, s.hook)
	switch {
	case s.json:
		return doubleQuoted(all)
	case s.quote == 0 && s.isPlainSafe(all):
		return plainItem(all)
	case s.quote == '\'' && isSingleSafe(all), s.quote == 0 && strings.ContainsAny(plainItem(all), `"\`) && isSingleSafe(all) && !strings.Contains(plainItem(all), "'"):
		return singleQuoted(all)
	}
	return doubleQuoted(all)
}

// plainItem returns an item without quotes.
func plainItem(all []piece) string {
	var b strings.Builder
	for _, c := range all {
		b.WriteString(c.text)
	}
	return b.String()
}

// singleQuoted returns an item in single quotes.
func singleQuoted(all []piece) string {
	return quoteItem('\'', all, func(b *strings.Builder, text string) { b.WriteString(strings.ReplaceAll(text, "'", "''")) })
}

// doubleQuoted returns an item in double quotes.
func doubleQuoted(all []piece) string { return quoteItem('"', all, escapeDouble) }

// quoteItem returns an item in quotes. Placeholders are not escaped: the template
// is filled before YAML is read.
func quoteItem(quote byte, all []piece, escape func(*strings.Builder, string)) string {
	var b strings.Builder
	b.WriteByte(quote)
	for _, c := range all {
		if c.raw {
			b.WriteString(c.text)
		} else {
			escape(&b, c.text)
		}
	}
	b.WriteByte(quote)
	return b.String()
}

// escapeDouble writes text for a double-quoted scalar with escapes that mean the same
// in JSON and YAML.
func escapeDouble(b *strings.Builder, text string) {
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
}

// isSingleSafe reports whether an item can stand in single quotes, which have no
// escape for characters that can't be printed.
func isSingleSafe(all []piece) bool {
	for _, c := range all {
		if !c.raw && !isPrintable(c.text) {
			return false
		}
	}
	return true
}

// isPrintable reports a text without control characters, line breaks, byte order
// marks and bytes that are not UTF-8.
func isPrintable(s string) bool {
	for _, r := range s {
		if r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// ambiguous matches plain scalars that some YAML version or library does not read as
// strings: numbers of all kinds, booleans and nulls of YAML 1.1, merge and value
// keys.
var ambiguous = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|~|<<|=|\.inf|[-+]\.inf|\.nan|[-+]?[0-9.][-+0-9a-fxo_.:te]*)$`)

// obvious matches paths and options that every YAML reader takes for strings. Most
// items are such, and a decoder takes as long for one as the analysis of the script.
var obvious = regexp.MustCompile(`^(/|--?[A-Za-z])[\w./=-]*$`)

// fillings are samples for a placeholder that is part of an item: a word, nothing, a
// number. The item must be a string with each of them.
var fillings = []string{"x", "", "0"}

// isPlainSafe reports whether an item can be written without quotes: YAML reads it
// as the same string, however its placeholders are filled.
func (s style) isPlainSafe(all []piece) bool {
	placeholders := false
	for i, c := range all {
		if c.raw && (i == 0 || strings.Contains(c.text, "\n")) {
			return false
		}
		placeholders = placeholders || c.raw
	}
	if !placeholders {
		return s.isPlainText(plainItem(all))
	}
	return !slices.ContainsFunc(fillings, func(fill string) bool {
		filled := slices.Clone(all)
		for i, c := range all {
			if c.raw {
				filled[i].text = fill
			}
		}
		return !s.isPlainText(plainItem(filled))
	})
}

// isPlainText reports whether YAML reads text without quotes as the same string.
func (s style) isPlainText(text string) bool {
	if obvious.MatchString(text) {
		return true
	}
	if ambiguous.MatchString(text) || !isPrintable(text) || s.flow && strings.ContainsAny(text, ",[]{}") {
		return false
	}
	var back []yaml.Node
	if err := yaml.Unmarshal([]byte("- "+text+"\n"), &back); err != nil || len(back) != 1 {
		return false
	}
	return back[0].Kind == yaml.ScalarNode && back[0].Style == 0 && back[0].Tag == "!!str" && back[0].Value == text &&
		back[0].LineComment == "" && back[0].Anchor == ""
}
