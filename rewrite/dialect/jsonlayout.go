package dialect

import (
	"bytes"

	"shellfree/rewrite/source"
)

// beginsWithBrace reports a text whose first byte after a byte order mark,
// blanks and placeholders is a brace: the kubelet then reads it as JSON
// (k8s.io/apimachinery util/yaml, hasJSONPrefix).
func beginsWithBrace(text []byte, found []Placeholder) bool {
	at, next := 0, 0
	if bytes.HasPrefix(text, []byte(source.ByteOrderMark)) {
		at = len(source.ByteOrderMark)
	}
	for at < len(text) {
		switch {
		case next < len(found) && found[next].Start == at && !found[next].OutsideScripts:
			at = found[next].End
			next++
		case source.IsSpace(text[at]):
			at++
		default:
			return text[at] == '{'
		}
	}
	return false
}

// jsonReader decides how each placeholder of a JSON text is masked.
type jsonReader struct {
	text  []byte
	found []Placeholder
	plan  plan

	at           int
	next         int    // index of the first placeholder at or after at
	open         []byte // the open brackets, innermost last
	last         byte   // the last byte that was neither blank nor masked; v for the end of a value
	lastFollower follower

	unclosed int // quotes before this offset don't close
}

// follower is the first byte behind a placeholder that is neither blank nor masked.
type follower struct {
	at     int // its byte offset
	byte   byte
	values int // index of the last Value placeholder before it, -1 if none
}

func jsonLayout(text []byte, found []Placeholder) plan {
	r := &jsonReader{text: text, found: found, plan: newPlan(found), lastFollower: follower{at: -1}}
	r.plan.isJSON = true
	for r.at < len(text) && r.next < len(found) {
		if found[r.next].Start == r.at {
			r.maskPlaceholder()
			continue
		}
		r.readByte(text[r.at])
	}
	return r.plan
}

func (r *jsonReader) readByte(c byte) {
	switch {
	case source.IsSpace(c):
	case c == '"':
		r.readString()
		return
	case c == '[' || c == '{':
		r.open = append(r.open, c)
		r.last = c
	case c == ']' || c == '}':
		r.open = r.open[:max(len(r.open)-1, 0)]
		r.last = 'v'
	case c == ',' || c == ':':
		r.last = c
	default:
		r.last = 'v'
	}
	r.at++
}

// readString reads a string and masks the placeholders in it as words. JSON strings
// don't go over lines, so a quote without another on its line opens no string.
func (r *jsonReader) readString() {
	r.last = 'v'
	next, at := r.next, r.at+1
	for ; r.at >= r.unclosed && at < len(r.text) && !source.IsBreak(r.text[at]); at++ {
		if next < len(r.found) && r.found[next].Start == at {
			at = r.found[next].End - 1
			next++
			continue
		}
		if r.text[at] == '\\' {
			at++
		} else if r.text[at] == '"' {
			for ; r.next < next; r.next++ {
				r.plan.cells[r.next].masking = word
			}
			r.at = at + 1
			return
		}
	}
	r.unclosed = max(r.unclosed, min(at, len(r.text)))
	r.at++
}

// maskPlaceholder decides how the next placeholder, outside of strings, is masked.
func (r *jsonReader) maskPlaceholder() {
	i := r.next
	p := r.found[i]
	f := r.followerOf(i)
	r.next, r.at = i+1, p.End
	if p.Kind != Value {
		return
	}
	how := r.maskingAt(i, f)
	r.plan.cells[i].masking = how
	if how != blank && how != glued {
		r.last = 'v'
	}
}

func (r *jsonReader) maskingAt(i int, f follower) masking {
	inArray := len(r.open) > 0 && r.open[len(r.open)-1] == '['
	ends := f.byte == ',' || f.byte == ']'
	switch {
	case r.last == ':' && bytes.IndexByte([]byte("\"{["), f.byte) < 0:
		return number
	case f.byte == ':' && r.last != 'v' && i == f.values:
		return key
	case inArray && ends && (r.last == '[' || r.last == ',') && i == f.values:
		return element
	case r.last == 'v' && isDigit(r.text[r.found[i].Start-1]):
		return number
	case inArray && ends && r.last == 'v':
		return glued
	}
	return blank
}

// followerOf returns the follower of placeholder i. The placeholders between the two
// have the same follower, so the last answer is remembered.
func (r *jsonReader) followerOf(i int) follower {
	if r.lastFollower.at >= r.found[i].End {
		return r.lastFollower
	}
	at, next := r.found[i].Start, i
	f := follower{values: -1}
	for at < len(r.text) {
		if next < len(r.found) && r.found[next].Start == at {
			if r.found[next].Kind == Value {
				f.values = next
			}
			at = r.found[next].End
			next++
		} else if source.IsSpace(r.text[at]) {
			at++
		} else {
			f.byte = r.text[at]
			break
		}
	}
	f.at = at
	r.lastFollower = f
	return f
}
