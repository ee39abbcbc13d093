package reading

import (
	"bytes"
	"regexp"

	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// Unread is a part of a text that may hold a shell command and can't be read.
type Unread struct {
	span.Span
	Offset  int             // byte offset of its first character that is not blank
	At      source.Position // of the error, or of Offset where the decoder tells none
	Message string
}

// unread notes a part that can't be read, where it may hold a shell command.
func (t *Text) unread(start, end int, at source.Position, message string) {
	text := bytes.ReplaceAll(t.Source.Text[start:end], []byte{0}, nil) // UTF-16 reads like ASCII then
	if !hasCommandKey(string(text)) && !scriptFlag.Match(text) || !shellWord.Match(text) || t.Options.Depth > 0 && !podSpecKey.Match(t.Source.Text) {
		return
	}
	offset := start + max(0, bytes.IndexFunc(text, func(r rune) bool { return r > ' ' }))
	if at.Line == 0 {
		at = t.Source.Position(offset)
	}
	t.Unread = append(t.Unread, Unread{
		Span: span.Span{Start: start, End: end}, Offset: offset, At: at,
		Message: "may hold a shell command but can't be read: " + message,
	})
}

// conflict matches the markers of an unresolved merge.
var conflict = regexp.MustCompile(`(?ms)^<{7}[ \r\n].*^>{7}[ \r\n]`)

// conflictMarker returns the place of the markers, nil without any.
func conflictMarker(text []byte) []int {
	if !bytes.Contains(text, []byte("<<<<<<<")) {
		return nil
	}
	return conflict.FindIndex(text)
}
