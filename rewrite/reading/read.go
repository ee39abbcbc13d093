// Package reading turns the bytes of a file into values: the ways to read its
// template, the commands in each, and the strings that may hold a manifest. Here
// placeholders are masked, and put back into what the other rooms see.
package reading

import (
	"bytes"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// Options say how a text is read.
type Options struct {
	Dialects []dialect.Dialect
	// MayReport tells from the bytes of a part whether a rule may report anything
	// in it; the other parts are not decoded.
	MayReport func(text []byte) bool
	// All reads what can't hold a finding too.
	All bool
	// Compared is set for a text that is compared with another version of it,
	// instead of being judged.
	Compared bool
	Depth    int // how many strings the text stands in
}

// Text is a file, or the text of a string, as it was read.
type Text struct {
	Source   *source.Source
	Options  Options
	Readings []*Reading // one, or one for each way to read the template
	JSON     bool       // the masked text begins with a brace
	// Parsed is false for a text that can't be read even when masked.
	Parsed bool
	// Foreign is set for a text that parses and holds no Kubernetes object.
	Foreign bool
	// Unread are the parts that may hold a shell command and can't be read.
	Unread []Unread
	// TooDeep are the strings that stand deeper than DepthLimit, not read themselves.
	TooDeep    []String
	Containers []finding.Container

	terraform   *bool // see HoldsTerraform
	branchReads int   // readings made so far of branches inside commands
}

// Reading is one way to read a template: its mask, its documents and what was
// found in them. Most texts have one; where the branches of an if/else don't
// parse side by side, each branch has its own.
type Reading struct {
	Mask      *dialect.Mask
	Documents []document.Document
	Errors    []*document.Error
	Commands  []Command
	Strings   []String // that may hold a manifest

	decoded          []span.Span // the parts of the text that were decoded
	skippedDocuments bool
	skippedObject    bool // an object of Kubernetes is among what was skipped
	branch           bool // of a template, inside a command
	containers       []container
	anchors          map[*document.Document]map[*yaml.Node]Anchor // as far as they were asked for
}

// Of reads a text.
func Of(src *source.Source, o Options) *Text {
	t := &Text{Source: src, Options: o}
	if at := conflictMarker(src.Text); at != nil {
		t.unread(0, len(src.Text), src.Position(at[0]), "a merge left its conflict markers: resolve it")
		return t
	}
	first := read(dialect.New(src.Text, t.dialects()), t.parser())
	t.Readings = []*Reading{first}
	if len(first.Errors) > 0 {
		t.readVariants(first)
	}
	t.JSON = bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(first.Mask.Text, []byte(span.ByteOrderMark)), " \t\r\n"), []byte("{"))
	first = t.Readings[0]
	t.Parsed = len(first.Documents) > 0 || first.skippedDocuments || len(first.Errors) == 0
	for _, e := range first.Errors {
		t.unread(e.Start, e.End, source.Position{Line: e.Line, Column: e.Column}, e.Message+": mend it, or name its template language with --dialect")
	}
	t.findStrings()
	t.readBranches()
	for _, s := range t.omitted() {
		t.unread(s.Start, s.End, source.Position{}, "this branch of the template does not parse beside the rest: give its control blocks lines of their own")
	}
	t.Foreign = t.Parsed && !t.holdsObject()
	t.Containers = t.findContainers()
	for _, r := range t.Readings {
		for i := range r.Commands {
			r.Commands[i].restore()
		}
	}
	return t
}

func (t *Text) dialects() []dialect.Dialect {
	return dialect.In(t.Source.Name, t.Options.Dialects)
}

// Placeholders returns those of a text in the languages of this one.
func (t *Text) Placeholders(text []byte) []dialect.Placeholder {
	return dialect.Find(text, t.dialects())
}

// readVariants tries further masks and keeps those under which all parses.
func (t *Text) readVariants(first *Reading) {
	var parsed []*Reading
	for mask := range first.Mask.Variants() {
		if r := read(mask, t.parser()); len(r.Errors) == 0 {
			parsed = append(parsed, r)
		}
		if len(parsed) == Limit {
			break
		}
	}
	if len(parsed) > 0 {
		t.Readings = parsed
	}
}

// parser reads the documents of a masked text.
type parser func(text []byte) document.Stream

// parser returns the one that reads what may have a finding, or everything. It
// looks at the bytes of the file itself: a part that a mask leaves out may belong
// to a string that is read for itself.
func (t *Text) parser() parser {
	if t.Options.All {
		return parseAll
	}
	mayMatter := func(part span.Span) bool { return t.Options.MayReport(t.Source.Text[part.Start:part.End]) }
	return func(text []byte) document.Stream { return document.ParseWhere(text, mayMatter) }
}

func parseAll(text []byte) document.Stream {
	return document.ParseRead(text, []span.Span{{End: len(text)}})
}

// parseOnly returns a parser that reads some parts of a text.
func parseOnly(parts []span.Span) parser {
	return func(text []byte) document.Stream { return document.ParseRead(text, parts) }
}

// read parses a masked text. A placeholder that was blanked but turns out to
// stand inside a command's item becomes a word, or it would vanish silently.
func read(mask *dialect.Mask, p parser) *Reading {
	r := parse(mask, p)
	if hidden := r.hidden(); len(hidden) > 0 {
		if better := parse(mask.WithWords(hidden), parseOnly(r.decoded)); len(better.Errors) <= len(r.Errors) {
			return better
		}
	}
	return r
}

// hidden returns the value placeholders that stand inside items of commands and
// are not whole words there.
func (r *Reading) hidden() []int {
	if len(r.Mask.Placeholders) == 0 {
		return nil
	}
	var all []int
	for _, c := range r.Commands {
		for _, item := range c.Items {
			s, ok := c.Document.Spans.Of(item)
			if !ok {
				continue
			}
			for _, i := range r.Mask.Within(s.Start, r.reach(item, s.End)) {
				p := r.Mask.Placeholders[i]
				if _, word := r.Mask.Word(i); (!word || r.Mask.Detached(i)) && p.Kind == dialect.Value && !p.OutsideScripts {
					all = append(all, i)
				}
			}
		}
	}
	return all
}

// reach returns how far an item may go: what is blank behind a plain scalar on
// its last line may be placeholders that belong to it.
func (r *Reading) reach(item *yaml.Node, end int) int {
	if item.Kind != yaml.ScalarNode || item.Style&^yaml.TaggedStyle != 0 {
		return end
	}
	rest := r.Mask.Text[end:]
	return end + len(rest) - len(bytes.TrimLeft(rest, " \t"))
}

// holdsObject reports whether some document is an object or holds a command.
func (t *Text) holdsObject() bool {
	for _, r := range t.Readings {
		if len(r.Commands) > 0 || r.skippedObject {
			return true
		}
		for _, d := range r.Documents {
			if d.Root.Kind == yaml.MappingNode && ValueOf(d.Root, "apiVersion") != nil {
				return true
			}
		}
	}
	return false
}
