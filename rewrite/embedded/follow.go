package embedded

import (
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// followText returns the text of a scalar that is no literal block, false where
// its value can't be found in its bytes.
func followText(original, masked []byte, n *yaml.Node, content span.Span) (Text, bool) {
	f := follower{
		text: masked, rest: n.Value, at: content.Start, end: content.End,
		double: n.Style&yaml.DoubleQuotedStyle != 0, single: n.Style&yaml.SingleQuotedStyle != 0,
	}
	switch {
	case f.double || f.single:
		f.at, f.end = f.at+1, f.end-1
	case n.Style&yaml.FoldedStyle != 0:
		f.block = true
		f.at, _ = span.BlockContent(masked, f.at, n.Value)
	}
	var t Text
	for f.rest != "" {
		p, ok := f.nextPiece()
		if !ok {
			return Text{}, false
		}
		if p.size > 1 {
			t.startFixedRun(p.at)
		} else {
			t.startRun(p.at)
		}
		if p.verbatim {
			t.Bytes = append(t.Bytes, original[p.at])
		} else {
			t.Bytes = append(t.Bytes, f.rest[:p.size]...)
		}
		f.rest = f.rest[p.size:]
	}
	t.startFixedRun(f.end)
	return t, true
}

// follower walks through a value and the bytes that it was decoded from. Any run of
// white space matches any other, since lines are folded; all else must be equal.
type follower struct {
	text           []byte
	at, end        int    // byte offsets of the next byte and the end
	rest           string // the part of the value that is not found yet
	double, single bool   // inside of double or single quotes
	block          bool   // a folded block
}

// piece is the next part of a value, size bytes long, that comes from offset at of
// the file.
type piece struct {
	size, at int
	verbatim bool // it is one byte, the same in the file
}

func (f *follower) nextPiece() (piece, bool) {
	f.skipEscapedBreaks()
	if source.IsSpace(f.rest[0]) && !f.atEscape() {
		return f.readSpace(), true
	}
	f.skipSpace()
	f.skipEscapedBreaks()
	p := piece{size: 1, at: f.at, verbatim: true}
	switch {
	case f.at >= f.end:
		return p, false
	case f.atEscape():
		return f.readEscape(), true
	case f.text[f.at] != f.rest[0]:
		return p, false
	case f.single && f.rest[0] == '\'':
		f.at++
	}
	f.at++
	return p, true
}

// readSpace steps over white space: over one byte of it, or, where it goes over
// lines, over all that is folded into one space or into the breaks after the first
// (YAML 1.1 §4.2.6). A folded block keeps some breaks, so there it goes byte by byte.
func (f *follower) readSpace() piece {
	p := piece{size: 1, at: f.at}
	end, breaks := f.at, 0
	for end < f.end && source.IsSpace(f.text[end]) {
		if n := source.BreakLen(f.text, end); n > 0 {
			breaks++
			end += n - 1
		}
		end++
	}
	switch {
	case breaks > 0 && !f.block:
		p.size = min(max(breaks-1, 1), len(f.rest))
		f.at = end
	case end > f.at:
		f.at++
	}
	return p
}

// atEscape reports whether an escape sequence follows.
func (f *follower) atEscape() bool { return f.double && f.at+1 < f.end && f.text[f.at] == '\\' }

// skipEscapedBreaks steps over backslashes at the ends of lines, which join a line to
// the next, and over the white space behind them.
func (f *follower) skipEscapedBreaks() {
	for f.atEscape() && source.BreakLen(f.text, f.at+1) > 0 {
		f.at++
		f.skipSpace()
	}
}

// skipSpace steps over blanks and line breaks.
func (f *follower) skipSpace() {
	for f.at < f.end && source.IsSpace(f.text[f.at]) {
		f.at++
	}
}

// readEscape steps over an escape sequence, which stands for one character. JSON
// writes one outside of the basic plane as two sequences (RFC 8259 §7).
func (f *follower) readEscape() piece {
	r, size := utf8.DecodeRuneInString(f.rest)
	p := piece{size: size, at: f.at}
	switch f.text[f.at+1] {
	case 'x':
		f.at += 4
	case 'u':
		f.at += 6
		if r > 0xFFFF {
			f.at += 6
		}
	case 'U':
		f.at += 10
	default:
		f.at += 2
	}
	return p
}
