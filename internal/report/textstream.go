package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"shellfree/rewrite"
)

// Text prints each finding with its source line and a caret, then the placeholders whose
// producers must change, then a summary with the next command to run. If findings are not
// grouped, the first line of each begins with FILE:LINE:COLUMN, for editors and grep.
//
// It prints while files are judged. But the first finding with placeholders, and all text
// after it, must wait until all files were searched for the lines that fill placeholders.
type Text struct {
	style   Style
	printed bytes.Buffer // the text after waiting
	waiting []waitingText
	err     error // of the first write that failed
}

// waitingText is text, and the finding with placeholders that follows it.
type waitingText struct {
	text    []byte
	finding locatedFinding
}

// NewText returns an empty text in a style.
func NewText(style Style) *Text { return &Text{style: style} }

// add adds the findings of the next file.
func (t *Text) add(result *rewrite.Result) {
	w := textWriter{&t.printed, t.style}
	if t.style.Grouped {
		fmt.Fprintln(w, t.style.makeBold(ReplaceUnprintable(result.Source.Name)))
	}
	for i := range result.Findings {
		f := locateFinding(result.Source, &result.Findings[i])
		if len(f.Placeholders) > 0 {
			t.waiting = append(t.waiting, waitingText{bytes.Clone(t.printed.Bytes()), f})
			t.printed.Reset()
		} else {
			w.writeFinding(f)
		}
		if t.style.Grouped {
			fmt.Fprintln(w)
		}
	}
}

// Flush prints the text that need not wait. Finish returns its error.
func (t *Text) Flush(w io.Writer) {
	if len(t.waiting) == 0 && t.err == nil {
		_, t.err = t.printed.WriteTo(w)
	}
}

// Finish prints the rest after all files were searched.
func (t *Text) Finish(w io.Writer, r *Report) error {
	if t.err != nil {
		return t.err
	}
	b := bufio.NewWriter(w)
	for _, h := range t.waiting {
		b.Write(h.text)
		textWriter{b, t.style}.writeFinding(h.finding)
	}
	b.Write(t.printed.Bytes())
	if err := WritePlaceholders(b, r.Placeholders()); err != nil {
		return err
	}
	fmt.Fprintln(b, r.sentence())
	return b.Flush()
}
