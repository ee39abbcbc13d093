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

// Value returns the string that the manifest must hold for a word, placeholders
// as they stand in the file: literals are escaped against the kubelet's
// expansion, except in a hook, where there is none.
func Value(w invocation.Word, hook bool) string {
	var b strings.Builder
	for _, c := range chunks(w, hook) {
		b.WriteString(c.text)
	}
	return b.String()
}

// chunk is a piece of an item: text to be quoted, or a placeholder as it is.
type chunk struct {
	text string
	raw  bool
}

func chunks(w invocation.Word, hook bool) []chunk {
	var out []chunk
	parts := joined(w.Parts)
	for i, p := range parts {
		switch {
		case p.Kind == invocation.Placeholder:
			out = append(out, chunk{p.Text, true})
		case p.Kind == invocation.Variable:
			out = append(out, chunk{"$(" + p.Text + ")", false})
		case hook:
			out = append(out, chunk{p.Text, false})
		default:
			out = append(out, chunk{expansion.Escape(p.Text, i+1 < len(parts)), false})
		}
	}
	return out
}

// joined merges literals that stand side by side, since `$` and `(` of two
// parts make a reference together.
func joined(parts []invocation.Part) []invocation.Part {
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

// write returns the item's text in the style, or in the next safer one.
func (s style) write(w invocation.Word) string {
	all := chunks(w, s.hook)
	switch {
	case s.json:
		return double(all)
	case s.quote == 0 && s.plainSafe(all):
		return plain(all)
	case s.quote == '\'' && singleSafe(all), s.quote == 0 && strings.ContainsAny(plain(all), `"\`) && singleSafe(all) && !strings.Contains(plain(all), "'"):
		return single(all)
	}
	return double(all)
}

func plain(all []chunk) string {
	var b strings.Builder
	for _, c := range all {
		b.WriteString(c.text)
	}
	return b.String()
}

func single(all []chunk) string {
	return enclosed('\'', all, func(b *strings.Builder, text string) { b.WriteString(strings.ReplaceAll(text, "'", "''")) })
}

func double(all []chunk) string { return enclosed('"', all, escapeDouble) }

// enclosed writes an item in quotes. Placeholders stay as they are: the
// template fills them before anybody reads the quotes.
func enclosed(quote byte, all []chunk, escape func(*strings.Builder, string)) string {
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

// escapeDouble writes text for a double-quoted scalar with escapes that JSON
// and YAML share.
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

func singleSafe(all []chunk) bool {
	for _, c := range all {
		if !c.raw && !printable(c.text) {
			return false
		}
	}
	return true
}

func printable(s string) bool {
	for _, r := range s {
		if r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// ambiguous matches plain scalars that some YAML version or library reads as
// something else than a string: numbers of all kinds, booleans and nulls of
// YAML 1.1, merge and value keys.
var ambiguous = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|~|<<|=|\.inf|[-+]\.inf|\.nan|[-+]?[0-9.][-+0-9a-fxo_.:te]*)$`)

// obvious matches paths and options that are strings to every reader. Most items
// are, and asking one takes as long as analysing the script.
var obvious = regexp.MustCompile(`^(/|--?[A-Za-z])[\w./=-]*$`)

// fillings are what a placeholder that is part of an item may be filled with: a
// word, nothing, a number. An item must be a string with each of them.
var fillings = []string{"x", "", "0"}

// plainSafe reports whether the item can be written without quotes: what YAML
// reads back is this very string, however its placeholders are filled.
func (s style) plainSafe(all []chunk) bool {
	placeholders := false
	for i, c := range all {
		if c.raw && (i == 0 || strings.Contains(c.text, "\n")) {
			return false
		}
		placeholders = placeholders || c.raw
	}
	if !placeholders {
		return s.plainText(plain(all))
	}
	return !slices.ContainsFunc(fillings, func(fill string) bool {
		filled := slices.Clone(all)
		for i, c := range all {
			if c.raw {
				filled[i].text = fill
			}
		}
		return !s.plainText(plain(filled))
	})
}

// plainText reports whether YAML reads text without quotes as this very string.
func (s style) plainText(text string) bool {
	if obvious.MatchString(text) {
		return true
	}
	if ambiguous.MatchString(text) || !printable(text) || s.flow && strings.ContainsAny(text, ",[]{}") {
		return false
	}
	var back []yaml.Node
	if err := yaml.Unmarshal([]byte("- "+text+"\n"), &back); err != nil || len(back) != 1 {
		return false
	}
	return back[0].Kind == yaml.ScalarNode && back[0].Style == 0 && back[0].Tag == "!!str" && back[0].Value == text &&
		back[0].LineComment == "" && back[0].Anchor == ""
}
