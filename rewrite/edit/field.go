package edit

import (
	"bytes"
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// Fields asks for fields of a container besides command and args.
type Fields struct {
	Text  []byte // the original bytes
	Spans *span.Table
	// Container is the mapping as parsed. It has no workingDir of its own where
	// Dir is asked for.
	Container *yaml.Node
	JSON      bool // the file is JSON
	// Env are entries for the end of env, which is made where there is none.
	Env []invocation.Assignment
	// Dir is the value of workingDir; without parts there is none to write.
	Dir invocation.Word
}

// Insert returns the edits that write the fields: entries at the end of env in
// the style of those that are there, new keys behind command and args in the
// style of the container.
func Insert(f Fields) ([]Edit, error) {
	var edits []Edit
	env := f.Env
	if list := f.list("env"); list != nil && len(env) > 0 {
		e, err := f.extend(list)
		if err != nil {
			return nil, err
		}
		edits, env = append(edits, e), nil
	}
	if len(env) == 0 && len(f.Dir.Parts) == 0 {
		return edits, nil
	}
	m, err := f.mapping()
	if err != nil {
		return nil, err
	}
	text := ""
	if len(f.Dir.Parts) > 0 {
		text += m.key("workingDir") + m.gap + m.scalar.write(f.Dir)
	}
	if len(env) > 0 {
		text += m.key("env") + m.env(env)
	}
	return append(edits, Edit{Start: m.at, End: m.at, New: text}), nil
}

// list returns the value of a key, nil without it.
func (f Fields) list(key string) *yaml.Node {
	for i := 0; i+1 < len(f.Container.Content); i += 2 {
		if f.Container.Content[i].Value == key {
			return f.Container.Content[i+1]
		}
	}
	return nil
}

// mapping is the container with the place and the style for a new key.
type mapping struct {
	Fields
	at     int    // where new keys are written
	before string // what stands before a key: a comma and the layout, or a line break and blanks
	gap    string // the colon and what stands behind it
	quote  byte   // of keys, 0 for none
	scalar style  // of values
	flow   bool
	indent int    // columns before a key of a block mapping
	dash   int    // columns from a key to the dashes of its list
	bullet string // a dash and the blanks behind it
}

// mapping finds the place behind command and args, whichever is last.
func (f Fields) mapping() (*mapping, error) {
	m := &mapping{Fields: f, gap: ": ", bullet: "- ", flow: f.Container.Style&yaml.FlowStyle != 0}
	last := -1
	for i := 0; i+1 < len(f.Container.Content); i += 2 {
		if key := f.Container.Content[i].Value; key == "command" || key == "args" {
			last = i
		}
	}
	key, place, ok := m.pair(last)
	if !ok {
		return nil, errors.New("the place behind command and args can't be found: set env or workingDir by hand")
	}
	m.quote = quoteOf(f.Container.Content[last])
	m.scalar = style{quote: m.neighbour(), flow: m.flow, json: f.JSON, hook: true}
	if gap := string(f.Text[key.End:place.Start]); m.flow && strings.Trim(gap, " \t") == ":" {
		m.gap = gap
	}
	m.at = place.End
	if m.flow {
		m.before = m.comma(last)
		return m, nil
	}
	a := &array{Request: Request{Text: f.Text}}
	m.indent = a.column(key.Start)
	m.before = a.newline() + strings.Repeat(" ", m.indent)
	m.dashes(last)
	var err error
	m.at, err = lineRest(f.Text, m.at)
	return m, err
}

// pair returns the places of a key and its value.
func (m *mapping) pair(i int) (key, value span.Span, ok bool) {
	if i < 0 || i+1 >= len(m.Container.Content) {
		return key, value, false
	}
	key, found := m.Spans.Of(m.Container.Content[i])
	value, ok = m.Spans.Of(m.Container.Content[i+1])
	return key, value, ok && found
}

// comma returns what stands between two keys of a flow mapping: before the key
// at i, else behind its value, else what is usual.
func (m *mapping) comma(i int) string {
	for _, i := range []int{i - 2, i} {
		_, value, ok := m.pair(i)
		next, _, found := m.pair(i + 2)
		if sep := ""; ok && found {
			if sep = string(m.Text[value.End:next.Start]); clean(sep, true) {
				return sep
			}
		}
	}
	if m.gap == ":" {
		return ","
	}
	return ", "
}

// dashes takes the layout of a block list from command or args, else from
// another field.
func (m *mapping) dashes(last int) {
	a := &array{Request: Request{Text: m.Text}}
	try := func(i int) bool {
		key, list, ok := m.pair(i)
		n := m.Container.Content[i+1]
		if !ok || n.Kind != yaml.SequenceNode || n.Style&yaml.FlowStyle != 0 || n.Anchor != "" || len(n.Content) == 0 {
			return false
		}
		item, ok := m.Spans.Of(n.Content[0])
		m.dash = a.column(list.Start) - a.column(key.Start)
		if ok {
			m.bullet = firstLine(string(m.Text[list.Start:item.Start]))
		}
		return ok
	}
	if try(last) {
		return
	}
	for i := 0; i+1 < len(m.Container.Content); i += 2 {
		if try(i) {
			return
		}
	}
}

// neighbour returns the quote of the container's image or name.
func (m *mapping) neighbour() byte {
	for _, key := range []string{"image", "name"} {
		if n := m.list(key); n != nil && n.Kind == yaml.ScalarNode {
			return quoteOf(n)
		}
	}
	return 0
}

func quoteOf(n *yaml.Node) byte {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return '"'
	case n.Style&yaml.SingleQuotedStyle != 0:
		return '\''
	}
	return 0
}

// key writes a key with what stands before it. The value begins with m.gap, or
// with what a list needs.
func (m *mapping) key(name string) string { return m.before + quoted(name, m.quote) }

func quoted(text string, quote byte) string {
	if quote == 0 {
		return text
	}
	return string(quote) + text + string(quote)
}

// env writes the value of a new env with its colon.
func (m *mapping) env(list []invocation.Assignment) string {
	form := entryForm{quote: m.quote, name: m.scalar, value: m.scalar}
	form.value.hook = false
	if m.flow {
		comma := ", "
		if m.gap == ":" {
			comma = ","
		}
		form.open, form.colon, form.comma, form.close = "{", m.gap, comma, "}"
		return m.gap + "[" + form.entries(list, comma) + "]"
	}
	newline := m.before[:len(m.before)-m.indent] + strings.Repeat(" ", m.indent+m.dash)
	form.colon, form.comma = ": ", newline+strings.Repeat(" ", len(m.bullet))
	return ":" + newline + m.bullet + form.entries(list, newline+m.bullet)
}

// lineRest returns the end of a line behind an offset, as long as nothing but a
// comment stands there.
func lineRest(text []byte, at int) (int, error) {
	rest := text[at:]
	if end := bytes.IndexAny(rest, "\r\n"); end >= 0 {
		rest = rest[:end]
	}
	if said := strings.TrimLeft(string(rest), " \t"); said != "" && (said[0] != '#' || len(said) == len(rest)) {
		return 0, errors.New("`" + strings.TrimSpace(said) + "` stands on the line where env or workingDir would begin: set them by hand")
	}
	return at + len(rest), nil
}
