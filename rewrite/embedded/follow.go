package embedded

import (
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// followed returns the text of a scalar that is no literal block, false where
// its value can't be followed through its bytes.
func followed(original, masked []byte, n *yaml.Node, content span.Span) (Text, bool) {
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
		p, ok := f.next()
		if !ok {
			return Text{}, false
		}
		if p.size > 1 {
			t.stay(p.at)
		} else {
			t.place(p.at)
		}
		if p.verbatim {
			t.Bytes = append(t.Bytes, original[p.at])
		} else {
			t.Bytes = append(t.Bytes, f.rest[:p.size]...)
		}
		f.rest = f.rest[p.size:]
	}
	t.stay(f.end)
	return t, true
}

// follower follows a value through its bytes. White space is matched by and
// large, since lines are folded; all else must be the same.
type follower struct {
	text           []byte
	at, end        int
	rest           string // of the value
	double, single bool   // quotes: backslashes escape, or two quotes stand for one
	block          bool   // a folded block
}

// piece is a part of the value and where it stands.
type piece struct {
	size, at int
	verbatim bool // its byte is that of the file
}

func (f *follower) next() (piece, bool) {
	f.escapedBreaks()
	if source.IsSpace(f.rest[0]) && !f.escape() {
		return f.white(), true
	}
	f.space()
	f.escapedBreaks()
	p := piece{size: 1, at: f.at, verbatim: true}
	switch {
	case f.at >= f.end:
		return p, false
	case f.escape():
		return f.escaped(), true
	case f.text[f.at] != f.rest[0]:
		return p, false
	case f.single && f.rest[0] == '\'':
		f.at++
	}
	f.at++
	return p, true
}

// white steps over white space: a byte of it, or, where it goes over lines, all
// that is folded into one blank or into the breaks after the first (YAML 1.1
// §4.2.6). A folded block keeps some breaks, so there it goes byte by byte.
func (f *follower) white() piece {
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

func (f *follower) escape() bool { return f.double && f.at+1 < f.end && f.text[f.at] == '\\' }

// escapedBreaks steps over backslashes at the ends of lines, which join them to
// the next ones.
func (f *follower) escapedBreaks() {
	for f.escape() && source.BreakLen(f.text, f.at+1) > 0 {
		f.at++
		f.space()
	}
}

func (f *follower) space() {
	for f.at < f.end && source.IsSpace(f.text[f.at]) {
		f.at++
	}
}

// escaped steps over an escape sequence, which stands for one character; for
// one outside of the basic plane JSON has two (RFC 8259 §7).
func (f *follower) escaped() piece {
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
