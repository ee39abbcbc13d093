package probe

import (
	"bytes"
	"encoding/json"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Replacement is the key that takes the place of exec, with what it holds.
type Replacement struct{ fields []field }

// field is a key with a scalar, a mapping, or a list of words or mappings.
type field struct {
	key    string
	value  string // of a scalar
	bare   bool   // the scalar is a number, or a placeholder for one: no quotes
	fields []field
	words  []string
	items  [][]field
}

func number(key, value string) field { return field{key: key, value: value, bare: true} }

func text(key, value string) field { return field{key: key, value: value} }

// Style is how a replacement is written.
type Style int

// Styles of a replacement.
const (
	Block Style = iota // lines of YAML
	Flow               // one line of YAML, for a mapping in braces
	JSON               // one line of JSON
)

// Write returns the text to paste. indent is the width of a level in Block. It
// reports false where quotes would break one of the placeholders.
func (r Replacement) Write(s Style, indent int, placeholders []string) (string, bool) {
	w := writer{style: s, indent: strings.Repeat(" ", indent), placeholders: placeholders}
	if s == Block {
		w.block(r.fields, "", "")
	} else {
		w.pairs(r.fields)
	}
	if w.broken {
		return "", false
	}
	return strings.TrimSuffix(w.String(), "\n"), true
}

type writer struct {
	bytes.Buffer
	style        Style
	indent       string
	placeholders []string
	broken       bool // quotes broke a placeholder
}

// block writes fields as lines; the first stands behind lead, the others behind
// margin.
func (w *writer) block(fields []field, lead, margin string) {
	for i, f := range fields {
		if i > 0 {
			lead = margin
		}
		w.WriteString(lead + f.key + ":")
		switch {
		case f.fields != nil:
			w.WriteString("\n")
			w.block(f.fields, margin+w.indent, margin+w.indent)
		case f.items != nil:
			w.WriteString("\n")
			for _, item := range f.items {
				w.block(item, margin+"- ", margin+"  ")
			}
		default:
			w.WriteString(" " + w.scalar(f) + "\n")
		}
	}
}

// pairs writes fields on one line, without braces around them.
func (w *writer) pairs(fields []field) {
	for i, f := range fields {
		if i > 0 {
			w.WriteString(", ")
		}
		if w.style == JSON {
			w.WriteString(`"` + f.key + `": `)
		} else {
			w.WriteString(f.key + ": ")
		}
		w.value(f)
	}
}

// value writes what stands behind a key on its line.
func (w *writer) value(f field) {
	switch {
	case f.fields != nil:
		w.braced(f.fields)
	case f.items != nil:
		w.WriteString("[")
		for i, item := range f.items {
			if i > 0 {
				w.WriteString(", ")
			}
			w.braced(item)
		}
		w.WriteString("]")
	default:
		w.WriteString(w.scalar(f))
	}
}

func (w *writer) braced(fields []field) {
	w.WriteString("{")
	w.pairs(fields)
	w.WriteString("}")
}

// scalar returns a scalar, or a list of words, quoted as its style asks for.
func (w *writer) scalar(f field) string {
	switch {
	case f.words != nil:
		items := make([]string, len(f.words))
		for i, word := range f.words {
			items[i] = w.quoted(word)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case f.bare:
		return f.value
	case w.style == Block:
		out, err := yaml.Marshal(f.value)
		if line := strings.TrimSpace(string(out)); err == nil && !strings.Contains(line, "\n") {
			return w.whole(f.value, line)
		}
	}
	return w.quoted(f.value)
}

// quoted returns a JSON string, which is one of YAML too.
func (w *writer) quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		w.broken = true
	}
	return w.whole(s, strings.TrimSpace(b.String()))
}

// whole returns out, and notes when it lost a placeholder of the value.
func (w *writer) whole(value, out string) string {
	for _, p := range w.placeholders {
		w.broken = w.broken || strings.Contains(value, p) && !strings.Contains(out, p)
	}
	return out
}
