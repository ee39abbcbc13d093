package reading

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// DeclaredUnder returns the template's text on which it depends whether env declares
// a variable, and what its value is: the opener of a branch that a part of the entry
// stands in and the command doesn't, or what may bring another entry below it. It is
// "" where env has the variable wherever the command stands.
func (c *Command) DeclaredUnder(name string) string {
	for _, list := range c.ownValues("env") {
		if text := c.declaredUnder(dealiased(list), name); text != "" {
			return text
		}
	}
	return ""
}

func (c *Command) declaredUnder(env *yaml.Node, name string) string {
	rest, ok := c.Document.Spans.Of(env)
	if !ok {
		return ""
	}
	later := "" // what an entry below the variable's declares by the template
	for _, entry := range env.Content {
		s, ok := c.Document.Spans.Of(entry)
		declared := declaredName(entry)
		switch {
		case ok && declared == name:
			if opener := c.conditionIn(entry); opener != "" {
				return opener
			}
			later, rest.Start = "", s.End
		case c.Templated(declared):
			later = c.Shown(declared)
		}
	}
	if p, found := c.strayIn(rest, c.blankBelow(rest.End), c.scalarsBelow(env)); found && later == "" {
		later = p.Text
	}
	return later
}

// declaredName returns the name of an entry of env, or its text where it is no mapping.
func declaredName(entry *yaml.Node) string {
	if name := ValueOf(dealiased(entry), "name"); name != nil {
		return name.Value
	}
	return entry.Value
}

// conditionIn returns the opener of a branch that a scalar below a node stands in and
// the command doesn't, "" for none.
func (c *Command) conditionIn(n *yaml.Node) string {
	at := c.Extent().Start
	for _, s := range c.scalarsBelow(n) {
		if opener, found := c.reading.Mask.ConditionOf(s.Start, at); found {
			return opener
		}
	}
	return ""
}

// dealiased returns the node that an alias stands for, or the node itself.
func dealiased(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// ownValues returns the values of a key of the container's mapping.
func (c *Command) ownValues(key string) []*yaml.Node {
	var all []*yaml.Node
	for i := 0; i+1 < len(c.Mapping.Content); i += 2 {
		if c.Mapping.Content[i].Value == key {
			all = append(all, c.Mapping.Content[i+1])
		}
	}
	return all
}

// strayIn returns a placeholder that may bring fields or items in a block of YAML, or
// below it up to an offset, that stands in none of some scalars.
func (c *Command) strayIn(block span.Span, end int, scalars []span.Span) (dialect.Placeholder, bool) {
	values := Places(scalars).Sorted()
	for _, p := range c.reading.placeholders(block.Start, end) {
		if brings(p) && !values.HoldAll(p) {
			return p, true
		}
	}
	return dialect.Placeholder{}, false
}

// placeholders returns those between two offsets, and the lines of nothing but ${NAME}.
func (r *Reading) placeholders(start, end int) []dialect.Placeholder {
	var all []dialect.Placeholder
	for _, i := range r.Mask.Within(start, end) {
		all = append(all, r.Mask.Placeholders[i])
	}
	return append(all, r.Mask.DollarLines(start, end)...)
}

// brings reports a placeholder that becomes text: a value, or a tag that includes
// another template.
func brings(p dialect.Placeholder) bool {
	verb, _, _ := strings.Cut(p.Name, " ")
	return p.Kind == dialect.Value && !p.OutsideScripts || p.Kind == dialect.Control && (verb == "include" || verb == "template" || verb == "block")
}

// blankBelow returns the end of the blank text behind an offset, where masked
// placeholders stand.
func (c *Command) blankBelow(offset int) int {
	rest := c.reading.Mask.Text[offset:]
	return offset + len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
}

// MayBringArgs returns a placeholder that may bring args beside the command: the
// value of the container's key args, or one among its fields that is no field's
// value. It is "" for none.
func (c *Command) MayBringArgs() string {
	for i := 0; i+1 < len(c.Mapping.Content); i += 2 {
		if key, value := c.Mapping.Content[i], c.Mapping.Content[i+1]; key.Value == "args" && !c.apart(key) {
			if text := c.filledValue(key, value); text != "" {
				return text
			}
		}
	}
	if c.Mapping.Style&yaml.FlowStyle != 0 {
		return c.strayInBraces()
	}
	return c.strayField()
}

// apart reports a node in another branch of the template than the command, of one
// block: where the one stands, the other doesn't.
func (c *Command) apart(n *yaml.Node) bool {
	s, ok := c.Document.Spans.Of(n)
	return ok && c.reading.Mask.Apart(s.Start, c.Extent().Start)
}

// yttValue is the comment with which ytt fills a value.
var yttValue = regexp.MustCompile(`^#@ .*`)

// filledValue returns what fills the value of a key, "" where nothing does. A list that
// is not empty stands for itself.
func (c *Command) filledValue(key, value *yaml.Node) string {
	if value.Kind == yaml.ScalarNode && value.Value != "" && value.Tag != yaml.NodeTagNull {
		return c.Shown(value.Value)
	}
	for _, comment := range []string{key.LineComment, value.LineComment} {
		if text := yttValue.FindString(comment); text != "" {
			return text
		}
	}
	place, ok := c.Document.Spans.Of(key)
	end := c.blankBelow(place.End + 1)
	if value.Kind == yaml.SequenceNode {
		place, ok = c.Document.Spans.Of(value)
		end = place.End
	}
	if !ok || value.Value != "" || len(value.Content) > 0 {
		return ""
	}
	p, _ := c.strayIn(place, end, nil)
	return p.Text
}

// strayInBraces returns a placeholder that stands among the fields of a container in
// braces, as a field of its own or between two.
func (c *Command) strayInBraces() string {
	extent, ok := c.Document.Spans.Of(c.Mapping)
	if !ok {
		return ""
	}
	var fields []span.Span
	for i, n := range c.Mapping.Content {
		if i%2 == 0 && c.Templated(n.Value) {
			return c.Shown(n.Value)
		}
		if s, ok := c.Document.Spans.Of(n); ok {
			fields = append(fields, s)
		}
	}
	p, _ := c.strayIn(extent, extent.End, fields)
	return p.Text
}

// strayField returns a placeholder that begins a line among the fields of a container,
// indented like them, and is not the value of the field above it.
func (c *Command) strayField() string {
	extent, ok := c.Document.Spans.Of(c.Mapping)
	if !ok {
		return ""
	}
	text := c.reading.Mask.Text
	column := extent.Start - source.LineStart(text, extent.Start)
	above := "" // the last line that is not blank
	for start := source.LineStart(text, extent.Start); start < len(text); start = source.NextLine(text, start) {
		line := text[start:source.NextLine(text, start)]
		words := bytes.TrimSpace(line)
		if start > extent.Start && len(words) > 0 && len(line)-len(bytes.TrimLeft(line, " ")) < column {
			return ""
		}
		open := len(words) == 0 && strings.HasSuffix(above, ":") && above != "args:"
		if p, found := c.fieldsOn(start, start+len(line), column); found && !open && !c.reading.Mask.Apart(p.Start, c.Extent().Start) {
			return p.Text
		}
		if len(words) > 0 {
			above = string(words)
		}
	}
	return ""
}

// indent matches the filters that indent the lines of a value.
var indent = regexp.MustCompile(`\bn?indent[ (]+(?:width=)?(\d+)`)

// fieldsOn returns a placeholder of a line that begins in a column, as a key or instead
// of one, or whose value is indented to it, or that is merged into the fields there.
func (c *Command) fieldsOn(start, end, column int) (dialect.Placeholder, bool) {
	line := c.reading.Mask.Text[start:end]
	merges := bytes.HasPrefix(bytes.TrimSpace(line), []byte("<<:"))
	for _, p := range c.reading.placeholders(start, end) {
		at := p.Start - start
		if m := indent.FindStringSubmatch(p.Text); m != nil && len(bytes.TrimSpace(line)) == 0 {
			at, _ = strconv.Atoi(m[1])
		}
		if brings(p) && (at == column || merges) {
			return p, true
		}
	}
	return dialect.Placeholder{}, false
}

// TerraformDirective matches a directive of Terraform's templates.
var TerraformDirective = regexp.MustCompile(`%\{~?\s*(?:if|for)\b[^}\n]*\}`)

// HoldsTerraform reports a text with a directive of Terraform's templates, which fill
// ${X} too.
func (t *Text) HoldsTerraform() bool {
	if t.terraform == nil {
		holds := bytes.Contains(t.Source.Text, []byte("%{")) && TerraformDirective.Match(t.Source.Text)
		t.terraform = &holds
	}
	return *t.terraform
}
