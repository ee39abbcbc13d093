package edit

import (
	"bytes"
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// Fields asks for edits of the fields of a container besides command and args.
type Fields struct {
	Text  []byte // the original bytes
	Spans *span.Table
	// Container is the mapping as parsed. It has no workingDir of its own where
	// Dir is asked for.
	Container *yaml.Node
	JSON      bool // the file is JSON
	// Env holds entries to write at the end of env, or in a new env where there is
	// none.
	Env []invocation.Assignment
	// Dir is the value of workingDir. No workingDir is written where it has no parts.
	Dir invocation.Word
}

// Insert returns the edits that write the fields: entries at the end of env in the
// style of its entries, new keys behind command and args in the style of the
// container.
func Insert(f Fields) ([]Edit, error) {
	var edits []Edit
	env := f.Env
	if list := f.fieldValue("env"); list != nil && len(env) > 0 {
		e, err := f.extendEnv(list)
		if err != nil {
			return nil, err
		}
		edits, env = append(edits, e), nil
	}
	if len(env) == 0 && len(f.Dir.Parts) == 0 {
		return edits, nil
	}
	m, err := f.newMapping()
	if err != nil {
		return nil, err
	}
	text := ""
	if len(f.Dir.Parts) > 0 {
		text += m.keyText("workingDir") + m.gap + m.scalar.itemText(f.Dir)
	}
	if len(env) > 0 {
		text += m.keyText("env") + m.envText(env)
	}
	return append(edits, Edit{Start: m.at, End: m.at, New: text}), nil
}

// fieldValue returns the value of a key of the container, nil without it.
func (f Fields) fieldValue(key string) *yaml.Node {
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
	at     int    // byte offset where new keys are written
	before string // written before a key: a comma with the blanks around it, or a line break and blanks
	gap    string // written behind a key: the colon and blanks
	quote  byte   // of keys, 0 for none
	scalar style  // of values
	flow   bool
	indent int    // columns before a key of a block mapping
	dash   int    // columns from a key to the dashes of its list
	bullet string // a dash and the blanks behind it
}

// newMapping returns the container with the place behind command and args, for new
// keys.
func (f Fields) newMapping() (*mapping, error) {
	m := &mapping{Fields: f, gap: ": ", bullet: "- ", flow: f.Container.Style&yaml.FlowStyle != 0}
	last := -1
	for i := 0; i+1 < len(f.Container.Content); i += 2 {
		if key := f.Container.Content[i].Value; key == "command" || key == "args" {
			last = i
		}
	}
	key, place, ok := m.pairPlaces(last)
	if !ok {
		return nil, errors.New("the place behind command and args can't be found: set env or workingDir by hand")
	}
	m.quote = quoteOf(f.Container.Content[last])
	m.scalar = style{quote: m.neighbourQuote(), flow: m.flow, json: f.JSON, hook: true}
	if gap := string(f.Text[key.End:place.Start]); m.flow && strings.Trim(gap, " \t") == ":" {
		m.gap = gap
	}
	m.at = place.End
	if m.flow {
		m.before = m.keySeparator(last)
		return m, nil
	}
	a := &array{Request: Request{Text: f.Text}}
	m.indent = a.column(key.Start)
	m.before = a.newline() + strings.Repeat(" ", m.indent)
	m.readDashes(last)
	var err error
	m.at, err = lineRestEnd(f.Text, m.at)
	return m, err
}

// pairPlaces returns the places of the key at an index and of its value.
func (m *mapping) pairPlaces(i int) (key, value span.Span, ok bool) {
	if i < 0 || i+1 >= len(m.Container.Content) {
		return key, value, false
	}
	key, found := m.Spans.Of(m.Container.Content[i])
	value, ok = m.Spans.Of(m.Container.Content[i+1])
	return key, value, ok && found
}

// keySeparator returns the text to write between two pairs of a flow mapping: that
// before the key at i, else that behind its value, else the usual one.
func (m *mapping) keySeparator(i int) string {
	for _, i := range []int{i - 2, i} {
		_, value, ok := m.pairPlaces(i)
		next, _, found := m.pairPlaces(i + 2)
		if sep := ""; ok && found {
			if sep = string(m.Text[value.End:next.Start]); isCleanSeparator(sep, true) {
				return sep
			}
		}
	}
	if m.gap == ":" {
		return ","
	}
	return ", "
}

// readDashes reads the layout of a block list from command or args, at last, else
// from another field.
func (m *mapping) readDashes(last int) {
	a := &array{Request: Request{Text: m.Text}}
	try := func(i int) bool {
		key, list, ok := m.pairPlaces(i)
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

// neighbourQuote returns the quote around the container's image or name, 0 for none.
func (m *mapping) neighbourQuote() byte {
	for _, key := range []string{"image", "name"} {
		if n := m.fieldValue(key); n != nil && n.Kind == yaml.ScalarNode {
			return quoteOf(n)
		}
	}
	return 0
}

// quoteOf returns the quote around a scalar, 0 for none.
func quoteOf(n *yaml.Node) byte {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return '"'
	case n.Style&yaml.SingleQuotedStyle != 0:
		return '\''
	}
	return 0
}

// keyText returns a key with the text before it. The colon is the caller's to write.
func (m *mapping) keyText(name string) string { return m.before + quoteText(name, m.quote) }

// quoteText returns a text in quotes, or without where quote is 0.
func quoteText(text string, quote byte) string {
	if quote == 0 {
		return text
	}
	return string(quote) + text + string(quote)
}

// envText returns the value of a new env with the colon before it.
func (m *mapping) envText(list []invocation.Assignment) string {
	form := entryForm{quote: m.quote, name: m.scalar, value: m.scalar}
	form.value.hook = false
	if m.flow {
		comma := ", "
		if m.gap == ":" {
			comma = ","
		}
		form.open, form.colon, form.comma, form.close = "{", m.gap, comma, "}"
		return m.gap + "[" + form.entriesText(list, comma) + "]"
	}
	newline := m.before[:len(m.before)-m.indent] + strings.Repeat(" ", m.indent+m.dash)
	form.colon, form.comma = ": ", newline+strings.Repeat(" ", len(m.bullet))
	return ":" + newline + m.bullet + form.entriesText(list, newline+m.bullet)
}

// lineRestEnd returns the offset of the end of the line that at is on, an error
// where more than a comment stands between the two.
func lineRestEnd(text []byte, at int) (int, error) {
	rest := text[at:]
	if end := bytes.IndexAny(rest, "\r\n"); end >= 0 {
		rest = rest[:end]
	}
	if said := strings.TrimLeft(string(rest), " \t"); said != "" && (said[0] != '#' || len(said) == len(rest)) {
		return 0, errors.New("`" + strings.TrimSpace(said) + "` stands on the line where env or workingDir would begin: set them by hand")
	}
	return at + len(rest), nil
}
