package probe

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// texts turns words into strings in which each part that is no literal is one rune of
// a private use area, an opaque rune, so that a URL or a number can be split around
// it.
type texts struct{ parts []invocation.Part }

const firstOpaque = '\U000F0000'

// encodeWord returns a word as such a string.
func (t *texts) encodeWord(w invocation.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		if p.Kind == invocation.Literal && !isOpaque(p.Text) {
			b.WriteString(p.Text)
			continue
		}
		b.WriteRune(firstOpaque + rune(len(t.parts)))
		t.parts = append(t.parts, p)
	}
	return b.String()
}

// isOpaque reports whether a text holds an opaque rune.
func isOpaque(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= firstOpaque })
}

// fileText returns a text as it stands in the file.
func (t *texts) fileText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if p, ok := t.partOf(r); ok {
			b.WriteString(p.Text)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// manifestText returns a text with its placeholders as in the file. It is false where
// the text holds a variable, whose value only a shell or the kubelet knows.
func (t *texts) manifestText(s string) (string, bool) {
	for _, r := range s {
		if p, ok := t.partOf(r); ok && p.Kind != invocation.Placeholder {
			return "", false
		}
	}
	return t.fileText(s), true
}

// partOf returns the part that an opaque rune stands for, false for any other rune.
func (t *texts) partOf(r rune) (invocation.Part, bool) {
	if i := int(r - firstOpaque); i >= 0 && i < len(t.parts) {
		return t.parts[i], true
	}
	return invocation.Part{}, false
}
