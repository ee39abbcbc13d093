package rewrite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// written is what a fix is meant to leave in command and args.
type written struct {
	command, args []invocation.Word
	divided       bool // args is rewritten too
	fields        fields
}

// prove checks the edits on the text itself before any of them is offered. It
// is the writer of the pipeline.
func (f *file) prove([]*yaml.RNode) error {
	for _, r := range f.readings {
		f.proveFixes(r, proposals(r))
		for _, c := range r.commands {
			if c.twin != nil {
				continue
			}
			if c.finding.Message != "" {
				f.result.Findings = append(f.result.Findings, *c.finding)
				if c.finding.Fix != nil {
					f.result.dropped = append(f.result.dropped, c.dropped...)
				}
			}
			if c.advice != nil {
				f.result.Findings = append(f.result.Findings, *c.advice)
			}
		}
		for i := range r.manifests {
			f.hold(&r.manifests[i])
		}
	}
	return nil
}

// proveFixes proves fixes together. Where that fails, each half is tried on
// its own, so that one bad fix doesn't hold up its neighbours, until the proofs
// of the file have read as much as they may.
func (f *file) proveFixes(r *reading, fixes []proposal) {
	f.proofs++
	err := f.proveEdits(r, fixes)
	switch {
	case err == nil:
	case len(fixes) == 1:
		refuse(fixes, err)
	case f.proofs > f.tries():
		refuse(fixes, errors.New("too many fixes of this file fail to try each alone: split it"))
	default:
		f.proveFixes(r, fixes[:len(fixes)/2])
		f.proveFixes(r, fixes[len(fixes)/2:])
	}
}

// tries bounds how often what fails is tried in halves.
func (f *file) tries() int { return max(leastProofs, proofBytes/(1+len(f.result.Source.Text))) }

func refuse(fixes []proposal, err error) {
	for _, p := range fixes {
		p.refuse(err)
	}
}

// A proof reads the whole file, and each of n bad fixes asks for one: without a
// limit the time would grow with the square of the file's length.
const (
	leastProofs = 32       // find one bad fix among 2¹⁵
	proofBytes  = 16 << 20 // more for files that are small
)

// retract takes a fix back that turned out to be none.
func (c *command) retract() {
	c.finding.Fix, c.finding.Argv, c.finding.Review, c.finding.Notes = nil, nil, nil, nil
	c.finding.Validated, c.finding.Message, c.finding.Placeholders = false, "", nil
}

// proveEdits applies the fixes, reads the new text as the old one was read,
// and compares: the targets hold what was meant, every other node is equal,
// every placeholder is there as often as before, JSON is JSON still.
func (f *file) proveEdits(r *reading, fixes []proposal) error {
	if len(fixes) == 0 {
		return nil
	}
	want, err := expect(fixes)
	if err != nil {
		return err
	}
	var edits []edit.Edit
	for _, p := range fixes {
		edits = append(edits, p.edits()...)
	}
	text, err := edit.Apply(f.result.Source.Text, edits)
	if err != nil {
		return err
	}
	after := dialect.New(text, f.dialects())
	alike := r.like(after, edits)
	if err := proveTree(r, want, text, alike, again(r.moved(edits))); err != nil {
		return err
	}
	for _, c := range want.commands {
		if err := r.countPlaceholders(c); err != nil {
			return err
		}
	}
	if err := provePlaceholders(r.mask.Placeholders, after.Placeholders, want.dropped); err != nil {
		return err
	}
	return proveJSON(r.mask, alike)
}

// moved returns where in an edited text that stands which was read.
func (r *reading) moved(edits []edit.Edit) []span.Span {
	moved := edit.Moved(edits)
	read := make([]span.Span, len(r.read))
	for i, s := range r.read {
		read[i] = span.Span{Start: moved(s.Start), End: moved(s.End)}
	}
	return read
}

// provePlaceholders compares the placeholders of the whole text before and
// after, whatever was thought to stand under the edits.
func provePlaceholders(before, after []dialect.Placeholder, dropped []string) error {
	count := map[string]int{}
	for _, p := range before {
		if !p.OutsideScripts {
			count[p.Text]++
		}
	}
	for _, p := range after {
		if !p.OutsideScripts {
			count[p.Text]--
		}
	}
	for _, text := range slices.Sorted(maps.Keys(count)) { // of several always the same is told
		if n := count[text]; n < 0 || n > 0 && !slices.Contains(dropped, text) {
			return fmt.Errorf("%s is there %d times less than before", text, n)
		}
	}
	return nil
}

// proveTree compares the documents before and after, under a mask of the new
// text that reads it as the old one was read: the first, or one whose branches
// are blanked alike.
func proveTree(r *reading, want expected, text []byte, mask *dialect.Mask, p parser) error {
	err := proveReading(r, want, text, mask, p)
	if err == nil {
		return nil
	}
	tries := 0
	for variant := range mask.Variants() {
		if proveReading(r, want, text, variant, p) == nil {
			return nil
		}
		if tries++; tries == 2*readingLimit {
			break
		}
	}
	return err
}

func proveReading(old *reading, want expected, text []byte, mask *dialect.Mask, p parser) error {
	new := read(mask, p)
	if len(new.errors) > len(old.errors) {
		return fmt.Errorf("line %d: %s", new.errors[0].Line, new.errors[0].Message)
	}
	c := comparison{old: old, new: new, want: want, text: text}
	return c.documents(old.documents, new.documents)
}

// comparison compares two readings node by node.
type comparison struct {
	old, new *reading
	want     expected
	text     []byte      // of the new reading, unmasked
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
	if words, ok := c.want.lists[a]; ok {
		return c.target(a, b, words)
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
		c.old.unmask(a.Value) != c.new.unmask(b.Value) {
		return fmt.Errorf("line %d: %q would change as well", a.Line, oneLine(c.old.unmask(a.Value)))
	}
	for i := range a.Content {
		if err := c.nodes(a.Content[i], b.Content[i]); err != nil {
			return err
		}
	}
	return nil
}

// target checks that a rewritten list holds the words that were meant.
func (c *comparison) target(a, b *yaml.Node, words []invocation.Word) error {
	if b.Kind != yaml.SequenceNode || a.Anchor != b.Anchor {
		return errors.New("the new array is no list")
	}
	rest := b.Content
	for _, w := range words {
		want := edit.Value(w, c.want.hooks[a])
		switch {
		case len(rest) > 0 && c.holds(rest[0], want, w.Several):
			rest = rest[1:]
		case !w.Several: // one that stands for several may be blank in the mask
			return fmt.Errorf("the array would not hold %q as a string in its place", want)
		}
	}
	if len(rest) > 0 {
		return fmt.Errorf("the array would hold %q as well", c.new.unmask(rest[0].Value))
	}
	return nil
}

// holds reports whether an item is read as the string that was meant. A
// placeholder that stands bare for several is read as whatever its mask is.
func (c *comparison) holds(item *yaml.Node, want string, several bool) bool {
	return item.Kind == yaml.ScalarNode && item.Anchor == "" && (item.Tag == "!!str" || several) && c.new.unmask(item.Value) == want
}

// unmask puts the placeholders back into a value of the masked text.
func (r *reading) unmask(value string) string {
	found := r.mask.Occurrences(value)
	if len(found) == 0 {
		return value
	}
	var b strings.Builder
	at := 0
	for _, o := range found {
		b.WriteString(value[at:o.Start])
		b.WriteString(r.mask.Placeholders[o.Index].Text)
		at = o.End
	}
	return b.String() + value[at:]
}

// countPlaceholders checks that every placeholder of the old items is in the
// new ones as often, but for those of a redirection that fell away, which the
// finding names.
func (r *reading) countPlaceholders(c *command) error {
	count := placeholders(wordsOf(c.array)) // with those that stand bare
	whole, items := c.extent(), places(c.places()).joined()
	for _, i := range r.mask.Within(whole.Start, whole.End) {
		if p := r.mask.Placeholders[i]; c.array == nil && p.Kind == dialect.Value && !p.OutsideScripts && items.holdAll(p) {
			count[p.Text]++
		}
	}
	for text, n := range placeholders(slices.Concat(c.written.command, c.written.args, c.written.fields.values())) {
		count[text] -= n
	}
	for _, text := range slices.Sorted(maps.Keys(count)) {
		if count[text] < 0 {
			return fmt.Errorf("%s would be there more often than before", text)
		}
		if count[text] > 0 && !slices.Contains(c.dropped, text) {
			return fmt.Errorf("%s would vanish", text)
		}
	}
	return nil
}

// placeholders counts the placeholders of words by their text.
func placeholders(words []invocation.Word) map[string]int {
	count := map[string]int{}
	for _, w := range words {
		for _, p := range w.Parts {
			if p.Kind == invocation.Placeholder {
				count[p.Text]++
			}
		}
	}
	return count
}

// proveJSON checks that strict JSON is strict JSON still, whether its glued
// placeholders are filled or empty.
func proveJSON(old, new *dialect.Mask) error {
	for _, glued := range []string{`, "a", "b"`, ""} {
		if !json.Valid(filledJSON(old, glued)) {
			continue
		}
		if text := filledJSON(new, glued); !json.Valid(text) {
			return fmt.Errorf("the file would not be JSON any more: %s", bytes.TrimSpace(text[:min(len(text), 40)]))
		}
	}
	return nil
}

// filledJSON returns a text as it may look when it is filled in, nil where it
// does not begin like JSON.
func filledJSON(m *dialect.Mask, glued string) []byte {
	text, _ := m.JSON(func(i int) string {
		if m.IsItem(i) {
			return `"a", "b"`
		}
		return glued
	})
	return bytes.TrimPrefix(text, []byte(span.ByteOrderMark))
}
