package reading

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/span"
)

// DeclaredUnder returns the template's text on which it depends whether env declares
// a variable, and what its value is: the opener of a branch that the entry stands in
// and the command doesn't, or a placeholder among the entries. It is "" where env
// has the variable wherever the command stands.
func (c *Command) DeclaredUnder(name string) string {
	mask := c.reading.Mask
	if len(mask.Placeholders) == 0 {
		return ""
	}
	at := c.Extent().Start
	for _, list := range c.ownValues("env") {
		extent, ok := c.Document.Spans.Of(list)
		if !ok {
			continue
		}
		for _, entry := range list.Content {
			s, ok := c.Document.Spans.Of(entry)
			if value := ValueOf(entry, "name"); ok && value != nil && value.Value == name {
				if opener, found := mask.ConditionOf(s.Start, at); found {
					return opener
				}
			}
		}
		if p, found := c.strayIn(extent, Places(c.scalarsBelow(list)).Sorted()); found {
			return p.Text
		}
	}
	return ""
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

// strayIn returns a placeholder of text in a block of YAML, or right below it, that
// stands in none of its scalars.
func (c *Command) strayIn(block span.Span, scalars Places) (dialect.Placeholder, bool) {
	mask := c.reading.Mask
	end := c.blankBelow(block.End)
	for _, i := range mask.Within(block.Start, end) {
		if p := mask.Placeholders[i]; p.Kind == dialect.Value && !p.OutsideScripts && !scalars.HoldAll(p) {
			return p, true
		}
	}
	return dialect.Placeholder{}, false
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
		key, value := c.Mapping.Content[i], c.Mapping.Content[i+1]
		if key.Value != "args" || value.Kind == yaml.SequenceNode {
			continue
		}
		if text := c.filledValue(key, value); text != "" {
			return text
		}
	}
	return c.strayField()
}

// yttValue is the comment with which ytt fills a value.
var yttValue = regexp.MustCompile(`^#@ .*`)

// filledValue returns what fills the value of a key, "" where nothing does.
func (c *Command) filledValue(key, value *yaml.Node) string {
	if value.Kind == yaml.ScalarNode && c.Templated(value.Value) {
		return c.Shown(value.Value)
	}
	for _, comment := range []string{key.LineComment, value.LineComment} {
		if text := yttValue.FindString(comment); text != "" {
			return text
		}
	}
	s, ok := c.Document.Spans.Of(key)
	if !ok || value.Value != "" {
		return ""
	}
	if p, found := c.strayIn(span.Span{Start: s.Start, End: s.End + 1}, nil); found {
		return p.Text
	}
	return ""
}

// strayField returns a placeholder that stands among the fields of the container on
// a line of its own, indented like them, and is not the value of the field above it.
func (c *Command) strayField() string {
	extent, ok := c.Document.Spans.Of(c.Mapping)
	if !ok || len(c.reading.Mask.Placeholders) == 0 || c.Mapping.Style&yaml.FlowStyle != 0 {
		return ""
	}
	text := c.reading.Mask.Text
	column := extent.Start - lineStart(text, extent.Start)
	above := "" // the last line that is not blank
	for start := nextLine(text, extent.Start); start < len(text); start = nextLine(text, start) {
		line := text[start:nextLine(text, start)]
		if blank := bytes.TrimSpace(line); len(blank) > 0 {
			if len(line)-len(bytes.TrimLeft(line, " ")) < column {
				return ""
			}
			above = string(blank)
			continue
		}
		if p, found := c.fieldsOn(start, start+len(line), column); found && (!strings.HasSuffix(above, ":") || above == "args:") {
			return p.Text
		}
	}
	return ""
}

// indent matches the filters that indent the lines of a value.
var indent = regexp.MustCompile(`\bn?indent (\d+)`)

// fieldsOn returns a placeholder of a blank line whose value is indented by a number
// of columns.
func (c *Command) fieldsOn(start, end, column int) (dialect.Placeholder, bool) {
	for _, i := range c.reading.Mask.Within(start, end) {
		p := c.reading.Mask.Placeholders[i]
		at := p.Start - start
		if m := indent.FindStringSubmatch(p.Text); m != nil {
			at, _ = strconv.Atoi(m[1])
		}
		if p.Kind == dialect.Value && !p.OutsideScripts && at == column {
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
