package probe

import (
	"bytes"
	"encoding/json"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Replacement is the field to write in the place of exec.
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

// numberField returns a field with a number, or with a placeholder for one.
func numberField(key, value string) field { return field{key: key, value: value, bare: true} }

// textField returns a field with a string.
func textField(key, value string) field { return field{key: key, value: value} }

// Style says how a replacement is written.
type Style int

// Styles of a replacement.
const (
	Block Style = iota // lines of YAML
	Flow               // one line of YAML, for a mapping in braces
	JSON               // one line of JSON
)

// Write returns the text to paste, false where quotes would break one of the
// placeholders. indent is the number of spaces for each level of a Block.
func (r Replacement) Write(s Style, indent int, placeholders []string) (string, bool) {
	w := writer{style: s, indent: strings.Repeat(" ", indent), placeholders: placeholders}
	if s == Block {
		w.writeBlock(r.fields, "", "")
	} else {
		w.writePairs(r.fields)
	}
	if w.broken {
		return "", false
	}
	return strings.TrimSuffix(w.String(), "\n"), true
}

// writer writes a replacement.
type writer struct {
	bytes.Buffer
	style        Style
	indent       string
	placeholders []string
	broken       bool // quotes broke a placeholder
}

// writeBlock writes fields as lines: the first with lead before it, the others with
// margin.
func (w *writer) writeBlock(fields []field, lead, margin string) {
	for i, f := range fields {
		if i > 0 {
			lead = margin
		}
		w.WriteString(lead + f.key + ":")
		switch {
		case f.fields != nil:
			w.WriteString("\n")
			w.writeBlock(f.fields, margin+w.indent, margin+w.indent)
		case f.items != nil:
			w.WriteString("\n")
			for _, item := range f.items {
				w.writeBlock(item, margin+"- ", margin+"  ")
			}
		default:
			w.WriteString(" " + w.scalarText(f) + "\n")
		}
	}
}

// writePairs writes fields on one line, without braces around them.
func (w *writer) writePairs(fields []field) {
	for i, f := range fields {
		if i > 0 {
			w.WriteString(", ")
		}
		if w.style == JSON {
			w.WriteString(`"` + f.key + `": `)
		} else {
			w.WriteString(f.key + ": ")
		}
		w.writeValue(f)
	}
}

// writeValue writes the value of a field on the line of its key.
func (w *writer) writeValue(f field) {
	switch {
	case f.fields != nil:
		w.writeBraced(f.fields)
	case f.items != nil:
		w.WriteString("[")
		for i, item := range f.items {
			if i > 0 {
				w.WriteString(", ")
			}
			w.writeBraced(item)
		}
		w.WriteString("]")
	default:
		w.WriteString(w.scalarText(f))
	}
}

// writeBraced writes fields on one line, in braces.
func (w *writer) writeBraced(fields []field) {
	w.WriteString("{")
	w.writePairs(fields)
	w.WriteString("}")
}

// scalarText returns a scalar or a list of words, quoted as the style needs it.
func (w *writer) scalarText(f field) string {
	switch {
	case f.words != nil:
		items := make([]string, len(f.words))
		for i, word := range f.words {
			items[i] = w.jsonString(word)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case f.bare:
		return f.value
	case w.style == Block:
		out, err := yaml.Marshal(f.value)
		if line := strings.TrimSpace(string(out)); err == nil && !strings.Contains(line, "\n") {
			return w.checkPlaceholders(f.value, line)
		}
	}
	return w.jsonString(f.value)
}

// jsonString returns a string in double quotes, as both JSON and YAML read it.
func (w *writer) jsonString(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		w.broken = true
	}
	return w.checkPlaceholders(s, strings.TrimSpace(b.String()))
}

// checkPlaceholders returns out, the text for a value. It sets broken where a
// placeholder of the value does not stand unchanged in out.
func (w *writer) checkPlaceholders(value, out string) string {
	for _, p := range w.placeholders {
		w.broken = w.broken || strings.Contains(value, p) && !strings.Contains(out, p)
	}
	return out
}
