package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/span"
)

// Text proves proposals of one reading together, and returns the error of each
// that does not hold, by its index. Where the proof fails, each half is tried on its
// own, so that one bad fix doesn't hold up its neighbours, until the proofs have read
// as much as they may; they count for all readings of the text.
func (p *Proofs) Text(r *reading.Reading, proposals []Proposal) map[int]error {
	failed := map[int]error{}
	p.halves(r, proposals, 0, failed)
	return failed
}

// Proofs counts the proofs of one text.
type Proofs struct {
	of   *reading.Text
	made int
}

// Of returns the proofs of a text, none of them made.
func Of(t *reading.Text) *Proofs { return &Proofs{of: t} }

// halves proves the proposals from an index on.
func (p *Proofs) halves(r *reading.Reading, proposals []Proposal, from int, failed map[int]error) {
	p.made++
	err := p.prove(r, proposals)
	switch {
	case err == nil:
		return
	case len(proposals) == 1:
	case p.made > p.of.Tries():
		err = errors.New("too many fixes of this file fail to try each alone: split it")
	default:
		half := len(proposals) / 2
		p.halves(r, proposals[:half], from, failed)
		p.halves(r, proposals[half:], from+half, failed)
		return
	}
	for i := range proposals {
		failed[from+i] = err
	}
}

// prove applies the proposals, reads the new text as the old one was read, and
// compares: the targets hold their words, every other node is equal, every
// placeholder is there as often as before, JSON is JSON still.
func (p *Proofs) prove(r *reading.Reading, proposals []Proposal) error {
	if len(proposals) == 0 {
		return nil
	}
	want := intendedBy(proposals)
	edited, err := p.of.Edit(r, want.edits)
	if err != nil {
		return err
	}
	if err := proveTree(r, want, edited); err != nil {
		return err
	}
	for _, p := range proposals {
		if err := p.countPlaceholders(); err != nil {
			return err
		}
	}
	if err := provePlaceholders(r.Mask.Placeholders, edited.Placeholders, want.dropped); err != nil {
		return err
	}
	return proveJSON(r.Mask, edited.Mask)
}

// proveTree compares the documents before and after, in any reading of the new
// text; the first is the one that reads it as the old one was read.
func proveTree(r *reading.Reading, want intended, edited reading.Edited) error {
	var first error
	for after := range edited.Readings {
		err := proveReading(r, after, want, edited.Text)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func proveReading(old, new *reading.Reading, want intended, text []byte) error {
	if len(new.Errors) > len(old.Errors) {
		return fmt.Errorf("line %d: %s", new.Errors[0].Line, new.Errors[0].Message)
	}
	c := comparison{old: old, new: new, want: want, text: text}
	return c.documents(old.Documents, new.Documents)
}

// provePlaceholders compares the placeholders of the whole text before and after,
// wherever they stand.
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

// countPlaceholders checks that every placeholder of the old items is in the new
// ones as often, but for those of a redirection that fell away, which the finding
// names.
func (p Proposal) countPlaceholders() error {
	if p.Command == nil {
		return nil
	}
	count := countIn(p.Old)
	if p.Old == nil {
		count = p.Command.CountPlaceholders()
	}
	for text, n := range countIn(p.New) {
		count[text] -= n
	}
	for _, text := range slices.Sorted(maps.Keys(count)) {
		if count[text] < 0 {
			return fmt.Errorf("%s would be there more often than before", text)
		}
		if count[text] > 0 && !slices.Contains(p.Dropped, text) {
			return fmt.Errorf("%s would vanish", text)
		}
	}
	return nil
}

// countIn counts the placeholders of words by their text.
func countIn(words []invocation.Word) map[string]int {
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
