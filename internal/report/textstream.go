package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"shellfree/rewrite"
)

// Text prints each finding with its source line and a caret, then a summary that
// says what to run next. Before it stand the placeholders whose producers must
// change. Ungrouped, the first line of a finding begins with FILE:LINE:COLUMN, as
// editors and grep like it.
//
// It prints while files come: what it holds is text that waits for the first
// finding with placeholders, since nobody knows what fills them before all files
// were searched.
type Text struct {
	style   Style
	printed bytes.Buffer // what comes behind held
	held    []heldText
	err     error // of the first write that failed
}

// heldText is text and the finding behind it that has placeholders.
type heldText struct {
	text    []byte
	finding pointed
}

// NewText returns the text of a run in a style.
func NewText(style Style) *Text { return &Text{style: style} }

// add takes the findings of the next file.
func (t *Text) add(result *rewrite.Result) {
	w := textWriter{&t.printed, t.style}
	if t.style.Grouped {
		fmt.Fprintln(w, t.style.bold(Printable(result.Source.Name)))
	}
	for i := range result.Findings {
		f := excerpted(result.Source, &result.Findings[i])
		if len(f.Placeholders) > 0 {
			t.held = append(t.held, heldText{bytes.Clone(t.printed.Bytes()), f})
			t.printed.Reset()
		} else {
			w.finding(f)
		}
		if t.style.Grouped {
			fmt.Fprintln(w)
		}
	}
}

// Flush prints what need not wait. An error is kept for End.
func (t *Text) Flush(w io.Writer) {
	if len(t.held) == 0 && t.err == nil {
		_, t.err = t.printed.WriteTo(w)
	}
}

// End prints the rest, once all is known.
func (t *Text) End(w io.Writer, r *Report) error {
	if t.err != nil {
		return t.err
	}
	b := bufio.NewWriter(w)
	for _, h := range t.held {
		b.Write(h.text)
		textWriter{b, t.style}.finding(h.finding)
	}
	b.Write(t.printed.Bytes())
	if err := WritePlaceholders(b, r.Placeholders()); err != nil {
		return err
	}
	fmt.Fprintln(b, r.sentence())
	return b.Flush()
}
