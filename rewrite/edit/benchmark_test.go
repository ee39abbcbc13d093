package edit_test

import (
	"bytes"
	"testing"

	"shellfree/rewrite/edit"
)

// BenchmarkApply makes a thousand edits in a megabyte, in bytes of text a second.
func BenchmarkApply(b *testing.B) {
	text := bytes.Repeat([]byte("command: [sh, -c, exec x]\n"), 40_000)
	var edits []edit.Edit
	for i := range 1000 {
		edits = append(edits, edit.Edit{Start: i * 1000, End: i*1000 + 10, New: "[x]"})
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if out, err := edit.Apply(text, edits); err != nil || len(out) >= len(text) {
			b.Fatalf("%d bytes, %v", len(out), err)
		}
	}
}
