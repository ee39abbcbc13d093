package dialect

import "bytes"

// IsJSON reports a text that begins with a brace: once it is filled in, the kubelet
// reads it as strict JSON.
func (m *Mask) IsJSON() bool { return m.plan.isJSON }

// IsItem reports whether placeholder i is an item of a JSON array by itself, as
// upstream writes it ("a", {{params}}): it must be filled with at least one item.
func (m *Mask) IsItem(i int) bool { return m.plan.isJSON && m.plan.cells[i].masking == element }

// IsGlued reports whether placeholder i directly follows an item of a JSON array
// ("a"{{params}}): it must be filled with a comma and items, or with nothing.
func (m *Mask) IsGlued(i int) bool { return m.plan.isJSON && m.plan.cells[i].masking == glued }

// JSON returns the text as it may look when it is filled in, to check that it
// is strict JSON; false when it is no JSON text (see [Mask.IsJSON]). Placeholders
// become text of the same length: letters inside a string, digits as a bare value, a
// string as a key; control tags, and placeholders before a member or behind a key's
// value, become blanks. A placeholder that is glued to an item of an array
// ([Mask.IsGlued]) or is an item itself ([Mask.IsItem]) becomes fill(i), of any
// length: for the first kind `, "a", "b"` or nothing, for the second `"a", "b"`.
func (m *Mask) JSON(fill func(i int) string) ([]byte, bool) {
	if !m.plan.isJSON {
		return nil, false
	}
	var out bytes.Buffer
	at := 0
	for i, p := range m.Placeholders {
		out.Write(m.Text[at:p.Start])
		at = p.End
		switch {
		case m.plan.cells[i].masking == element || m.plan.cells[i].masking == glued:
			out.WriteString(fill(i))
		case p.OutsideScripts && m.plan.cells[i].masking == number:
			out.Write(bytes.Repeat([]byte("1"), p.End-p.Start))
		default:
			out.Write(m.Text[p.Start:p.End])
		}
	}
	out.Write(m.Text[at:])
	return out.Bytes(), true
}
