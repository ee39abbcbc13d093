package probe

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// texts turns words into strings in which each part that is no literal stands
// as one rune of a private use area, so that a URL or a number can be taken
// apart around it.
type texts struct{ parts []invocation.Part }

const firstOpaque = '\U000F0000'

// text returns a word as a string.
func (t *texts) text(w invocation.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		if p.Kind == invocation.Literal && !opaque(p.Text) {
			b.WriteString(p.Text)
			continue
		}
		b.WriteRune(firstOpaque + rune(len(t.parts)))
		t.parts = append(t.parts, p)
	}
	return b.String()
}

// opaque reports whether a text holds what is no literal.
func opaque(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= firstOpaque })
}

// shown returns a text as it stands in the file.
func (t *texts) shown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if p, ok := t.part(r); ok {
			b.WriteString(p.Text)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// filled returns a text with its placeholders as in the file. It reports false
// where it holds what only a shell or the kubelet knows.
func (t *texts) filled(s string) (string, bool) {
	for _, r := range s {
		if p, ok := t.part(r); ok && p.Kind != invocation.Placeholder {
			return "", false
		}
	}
	return t.shown(s), true
}

func (t *texts) part(r rune) (invocation.Part, bool) {
	if i := int(r - firstOpaque); i >= 0 && i < len(t.parts) {
		return t.parts[i], true
	}
	return invocation.Part{}, false
}
