package edit

import (
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// entryForm is how an entry of env is written.
type entryForm struct {
	quote       byte  // of the keys
	name, value style // of their values
	// open and close are the braces with the blanks inside of them, "" for an entry
	// with a line for each key. comma is the text between the two pairs.
	open, colon, comma, close string
	valueFirst                bool // the key value comes before name
}

// entryText returns the text of one entry.
func (e entryForm) entryText(a invocation.Assignment) string {
	name := quoteText("name", e.quote) + e.colon + e.name.itemText(invocation.Text(a.Name))
	value := quoteText("value", e.quote) + e.colon + e.value.itemText(a.Value)
	if e.valueFirst {
		name, value = value, name
	}
	return e.open + name + e.comma + value + e.close
}

// entriesText returns the text of several entries.
func (e entryForm) entriesText(list []invocation.Assignment, sep string) string {
	texts := make([]string, len(list))
	for i, a := range list {
		texts[i] = e.entryText(a)
	}
	return strings.Join(texts, sep)
}

// extendEnv returns the edit that writes the entries at the end of env, in the form
// of the last entry there with a name and a value only.
func (f Fields) extendEnv(list *yaml.Node) (Edit, error) {
	a, err := f.envArray(list)
	if err != nil {
		return Edit{}, err
	}
	var old []string
	for i := 1; i < len(a.items); i++ {
		old = append(old, string(a.Text[a.items[i-1].End:a.items[i].Start]))
	}
	sep := a.repeatedSeparator(old)
	form := a.newEntryForm(sep)
	if len(a.items) == 1 && sep == ", " && form.comma == "," {
		sep = form.comma
	}
	at := a.items[len(a.items)-1].End
	if !a.style.flow {
		if at, err = lineRestEnd(f.Text, at); err != nil {
			return Edit{}, err
		}
	}
	return Edit{Start: at, End: at, New: sep + form.entriesText(f.Env, sep)}, nil
}

// envArray returns env with the places of its items, and an error where it can't be
// extended.
func (f Fields) envArray(list *yaml.Node) (*array, error) {
	switch {
	case list.Kind != yaml.SequenceNode:
		return nil, errors.New("env is no list here: declare the variables in it by hand")
	case list.Anchor != "":
		return nil, errors.New("env is shared by its anchor &" + list.Anchor + ": declare the variables there by hand")
	case len(list.Content) == 0:
		return nil, errors.New("env is empty: take it away, or declare the variables in it by hand")
	}
	a := &array{Request: Request{Text: f.Text, Spans: f.Spans, JSON: f.JSON}, node: list}
	var ok bool
	if a.span, ok = f.Spans.Of(list); !ok {
		return nil, errors.New("the end of env can't be found: write it in a plainer style")
	}
	for _, item := range list.Content {
		s, ok := f.Spans.Of(item)
		if !ok || item.Kind != yaml.MappingNode {
			return nil, errors.New("an entry of env can't be placed, or is shared: declare the variables by hand")
		}
		a.items = append(a.items, s)
	}
	a.style = style{flow: list.Style&yaml.FlowStyle != 0, json: f.JSON}
	if f.keepsBlankLines(list) {
		return nil, errors.New("the last value of env goes on over the blank lines behind it (+): declare the variables by hand")
	}
	return a, nil
}

// keepsBlankLines reports whether a list ends with a block scalar to which the blank
// lines behind it belong (YAML 1.2 §8.1.1.2).
func (f Fields) keepsBlankLines(list *yaml.Node) bool {
	last := list
	for len(last.Content) > 0 {
		last = last.Content[len(last.Content)-1]
	}
	s, ok := f.Spans.Content(last)
	if !ok || last.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return false
	}
	header, _, _ := strings.Cut(string(f.Text[s.Start:s.End]), "\n")
	return strings.Contains(header, "+")
}

// newEntryForm returns the form of the last entry that has a name and a value
// only; where there is none, the usual one for the style of the list. sep is the
// separator between the entries.
func (a *array) newEntryForm(sep string) entryForm {
	for i := len(a.items) - 1; i >= 0; i-- {
		if form, ok := a.readForm(a.node.Content[i], a.items[i]); ok {
			return form
		}
	}
	last := a.node.Content[len(a.node.Content)-1]
	values := style{flow: a.style.flow || last.Style&yaml.FlowStyle != 0, json: a.JSON}
	form := entryForm{colon: ": ", name: values, value: values}
	if len(last.Content) > 0 {
		form.quote = quoteOf(last.Content[0])
	}
	if values.flow {
		form.open, form.comma, form.close = "{", ", ", "}"
		return form
	}
	form.comma = sep[:strings.LastIndexAny(sep, "\r\n")+1] + strings.Repeat(" ", a.column(a.items[0].Start))
	return form
}

// readForm reads the form of an entry, false for one with other keys, or with
// scalars that can't be written the same way in another place. extent is the
// entry's place.
func (a *array) readForm(n *yaml.Node, extent span.Span) (entryForm, bool) {
	if n.Anchor != "" || len(n.Content) != 4 {
		return entryForm{}, false
	}
	var places [4]span.Span
	for i, c := range n.Content {
		s, ok := a.Spans.Of(c)
		simple := c.Kind == yaml.ScalarNode && c.Anchor == "" && c.Style&^(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
		if !ok || !simple || strings.ContainsAny(string(a.Text[s.Start:s.End]), "\r\n") {
			return entryForm{}, false
		}
		places[i] = s
	}
	between := func(from, to int) string { return string(a.Text[from:to]) }
	form := entryForm{
		quote: quoteOf(n.Content[0]), valueFirst: n.Content[0].Value == "value",
		open: between(extent.Start, places[0].Start), colon: between(places[0].End, places[1].Start),
		comma: between(places[1].End, places[2].Start), close: between(places[3].End, extent.End),
	}
	name, value := 1, 3
	if form.valueFirst {
		name, value = 3, 1
	}
	flow := a.style.flow || n.Style&yaml.FlowStyle != 0
	form.name = style{quote: quoteOf(n.Content[name]), flow: flow, json: a.JSON}
	form.value = style{quote: quoteOf(n.Content[value]), flow: flow, json: a.JSON}
	named := n.Content[name-1].Value == "name" && n.Content[value-1].Value == "value"
	return form, named && between(places[2].End, places[3].Start) == form.colon && form.isPlainLayout(n.Style&yaml.FlowStyle != 0)
}

// isPlainLayout reports whether a form holds only blanks, line breaks and the
// punctuation that it needs, no comment.
func (e entryForm) isPlainLayout(flow bool) bool {
	trim := func(s string) string { return strings.Trim(s, " \t\r\n") }
	if flow {
		return trim(e.open) == "{" && trim(e.colon) == ":" && trim(e.comma) == "," && trim(e.close) == "}"
	}
	return e.open == "" && trim(e.colon) == ":" && trim(e.comma) == "" && e.close == ""
}
