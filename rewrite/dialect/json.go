package dialect

import "bytes"

// IsJSON reports a text that begins with a brace, so that kubelet reads it as
// strict JSON once it is filled in.
func (m *Mask) IsJSON() bool { return m.plan.isJSON }

// IsItem reports a placeholder that is an item of a JSON array of its own, as
// upstream writes it ("a", {{params}}): it must print an item.
func (m *Mask) IsItem(i int) bool { return m.plan.isJSON && m.plan.cells[i].how == element }

// IsGlued reports a placeholder that follows a finished item of a JSON array
// ("a"{{params}}): it must print a comma first, or nothing.
func (m *Mask) IsGlued(i int) bool { return m.plan.isJSON && m.plan.cells[i].how == glued }

// JSON returns the text as it may look when it is filled in, to check that it
// is strict JSON; false when it is no JSON text (see [Mask.IsJSON]). Inside a
// string a placeholder is letters, as a bare value digits, as a key a string,
// all of its length; control tags, and what stands alone before a member or
// behind a key's value, are blanks. Where a placeholder is glued to an item of
// an array ([Mask.IsGlued]) or is an item itself ([Mask.IsItem]), fill(i)
// stands, of any length: for the first kind `, "a", "b"` or nothing, for the
// second `"a", "b"`.
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
		case m.plan.cells[i].how == element || m.plan.cells[i].how == glued:
			out.WriteString(fill(i))
		case p.OutsideScripts && m.plan.cells[i].how == number:
			out.Write(bytes.Repeat([]byte("1"), p.End-p.Start))
		default:
			out.Write(m.Text[p.Start:p.End])
		}
	}
	out.Write(m.Text[at:])
	return out.Bytes(), true
}
