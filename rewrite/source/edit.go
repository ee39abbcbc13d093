package source

// Edit replaces the bytes [Start, End) of a text. All edits of a text are on
// the same baseline.
type Edit struct {
	Start, End int // byte offsets
	New        string
}
