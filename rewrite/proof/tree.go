package proof

import (
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/embedded"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/span"
)

// comparison compares two readings node by node.
type comparison struct {
	old, new *reading.Reading
	want     intended
	text     []byte      // of the new reading, with its placeholders
	spans    *span.Table // of the new document
}

func (c *comparison) documents(old, new []document.Document) error {
	if len(old) != len(new) {
		return fmt.Errorf("%d documents became %d", len(old), len(new))
	}
	for i := range old {
		c.spans = new[i].Spans
		if err := c.nodes(old[i].Root, new[i].Root); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) nodes(a, b *yaml.Node) error {
	if list, ok := c.want.lists[a]; ok {
		return c.target(a, b, list)
	}
	if text, ok := c.want.strings[a]; ok {
		return c.stringHolds(a, b, text)
	}
	if ins, ok := c.want.inserted[a]; ok {
		var err error
		if b, err = c.without(b, ins); err != nil {
			return err
		}
	}
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Style != b.Style || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) ||
		c.old.Unmask(a.Value) != c.new.Unmask(b.Value) {
		return fmt.Errorf("line %d: %q would change as well", a.Line, reading.OneLine(c.old.Unmask(a.Value)))
	}
	for i := range a.Content {
		if err := c.nodes(a.Content[i], b.Content[i]); err != nil {
			return err
		}
	}
	return nil
}

// target checks that a rewritten list holds the words that were intended.
func (c *comparison) target(a, b *yaml.Node, list List) error {
	if b.Kind != yaml.SequenceNode || a.Anchor != b.Anchor {
		return errors.New("the new array is no list")
	}
	rest := b.Content
	for _, w := range list.Words {
		want := edit.Value(w, list.Hook)
		switch {
		case len(rest) > 0 && c.holds(rest[0], want, w.Several):
			rest = rest[1:]
		case !w.Several: // one that stands for several may be blank in the mask
			return fmt.Errorf("the array would not hold %q as a string in its place", want)
		}
	}
	if len(rest) > 0 {
		return fmt.Errorf("the array would hold %q as well", c.new.Unmask(rest[0].Value))
	}
	return nil
}

// holds reports whether an item is read as the string that was intended. A
// placeholder that stands bare for several is read as its mask, a word or a number.
func (c *comparison) holds(item *yaml.Node, want string, several bool) bool {
	return item.Kind == yaml.ScalarNode && item.Anchor == "" && (item.Tag == "!!str" || several) && c.new.Unmask(item.Value) == want
}

// stringHolds checks that a string of the new text holds what was meant.
func (c *comparison) stringHolds(a, b *yaml.Node, want []byte) error {
	content, ok := c.spans.Content(b)
	if !ok || a.Style != b.Style || a.Tag != b.Tag || a.Anchor != b.Anchor {
		return fmt.Errorf("line %d: the string would be no literal block any more", a.Line)
	}
	if got := embedded.Read(c.text, c.new.Mask.Text, b, content); !got.Exact || string(got.Bytes) != string(want) {
		return fmt.Errorf("line %d: the string would not hold the manifest that was meant", a.Line)
	}
	return nil
}
