package reading

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/site"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// parse reads the documents of a mask and finds the commands in them.
func parse(mask *dialect.Mask, p parser) *Reading {
	s := p(mask.Text)
	r := &Reading{
		Mask: mask, Documents: s.Documents, Errors: s.Errors,
		decoded: s.Decoded, skippedDocuments: s.Skipped, skippedObject: s.SkippedObject,
	}
	for i := range r.Documents {
		d := &r.Documents[i]
		finder := site.Reader{Masked: r.masked, Visit: func(c site.Command, node *yaml.Node) {
			r.containers = append(r.containers, container{c, node, d})
		}}
		found, ok := finder.Find(d.Root)
		if !ok {
			r.Errors = append(r.Errors, &document.Error{
				Line: d.Root.Line, Column: 1, Start: d.Start, End: d.End,
				Message: "its aliases and merges stand for more than can be looked at",
			})
		}
		for _, c := range found {
			r.Commands = append(r.Commands, Command{Command: c, Items: itemsOf(c), Document: d, reading: r})
		}
	}
	slices.SortStableFunc(r.Errors, func(a, b *document.Error) int { return a.Start - b.Start })
	return r
}

// itemsOf returns the items of command, then those of args.
func itemsOf(c site.Command) []*yaml.Node {
	switch {
	case c.Command == nil:
		return c.Args.Content
	case c.Args == nil:
		return c.Command.Content
	}
	return slices.Concat(c.Command.Content, c.Args.Content)
}

// Edited is a text after some edits, masked as the text before was.
type Edited struct {
	Text []byte // with its placeholders
	// Placeholders are those of all the text.
	Placeholders []dialect.Placeholder
	// Mask leaves out the branches that the reading of the text before left out.
	Mask *dialect.Mask

	parts []span.Span // the parts to decode
}

// Edit returns the text of a reading after some edits.
func (t *Text) Edit(r *Reading, edits []source.Edit) (Edited, error) {
	text, err := edit.Apply(t.Source.Text, edits)
	if err != nil {
		return Edited{}, err
	}
	after := dialect.New(text, t.dialects())
	return Edited{
		Text: text, Placeholders: after.Placeholders,
		Mask: r.maskEdited(after, edits), parts: moved(r.decoded, edits),
	}, nil
}

// Readings yields the text as it may be read: first under its mask, then under
// those that leave out branches of the template.
func (e Edited) Readings(yield func(*Reading) bool) {
	if !yield(read(e.Mask, parseOnly(e.parts))) {
		return
	}
	tries := 0
	for variant := range e.Mask.Variants() {
		if tries++; tries > 2*Limit || !yield(read(variant, parseOnly(e.parts))) {
			return
		}
	}
}

// maskEdited returns the mask of an edited text without the branches that the
// reading leaves out.
func (r *Reading) maskEdited(after *dialect.Mask, edits []source.Edit) *dialect.Mask {
	if !r.branch {
		return after
	}
	at := edit.Moved(edits)
	var parts [][2]int
	for start, end := range r.Mask.Omitted() {
		parts = append(parts, [2]int{at(start), at(end)})
	}
	return after.Without(parts)
}

// moved returns where some parts of a text stand after the edits.
func moved(parts []span.Span, edits []source.Edit) []span.Span {
	at := edit.Moved(edits)
	all := make([]span.Span, len(parts))
	for i, s := range parts {
		all[i] = span.Span{Start: at(s.Start), End: at(s.End)}
	}
	return all
}
