package excerpt

import (
	"bytes"
	"strings"
)

// flowDepth bounds how deep flow collections may nest. A document in which they nest
// deeper is decoded as a whole.
const flowDepth = 50

// readFlow reads a flow collection, which may go over several lines. It is false,
// as are all these functions, where the text is not of the kind that this package
// reads.
func (r *reader) readFlow(depth int) bool {
	open := r.text[r.at]
	closing := byte(']')
	if open == '{' {
		closing = '}'
	}
	for r.at++; ; r.at++ {
		r.skipFlowSpace()
		if r.at == len(r.text) {
			return false
		}
		if r.text[r.at] == closing {
			r.at++
			return true
		}
		if open == '{' && !r.readFlowKey() || !r.readFlowValue(depth) {
			return false
		}
		if r.skipFlowSpace(); r.at == len(r.text) || r.text[r.at] != ',' && r.text[r.at] != closing {
			return false
		}
		if r.text[r.at] == closing {
			r.at++
			return true
		}
	}
}

// readFlowKey reads a key with its colon and the space behind it.
func (r *reader) readFlowKey() bool {
	start := r.at
	if !r.readFlowScalar() || r.at-start > keyLimit || r.at == len(r.text) || r.text[r.at] != ':' || bytes.IndexByte(r.text[start:r.at], '\n') >= 0 {
		return false
	}
	quoted := r.text[r.at-1] == '"' || r.text[r.at-1] == '\''
	if r.at++; r.at == len(r.text) || !quoted && !isSpaceOrBreak(r.text[r.at]) || string(r.text[start:r.at-1]) == "<<" {
		return false
	}
	r.skipFlowSpace()
	return r.at < len(r.text)
}

func (r *reader) readFlowValue(depth int) bool {
	if c := r.text[r.at]; c == '[' || c == '{' {
		return depth < flowDepth && r.readFlow(depth+1)
	}
	return r.readFlowScalar()
}

// readFlowScalar reads a quoted scalar, or a plain one of harmless bytes.
func (r *reader) readFlowScalar() bool {
	if c := r.text[r.at]; c == '"' || c == '\'' {
		end := r.quoteEnd(r.at)
		if end > 0 {
			r.at = end
		}
		return end > 0
	}
	start := r.at
	for r.at < len(r.text) && r.isFlowByte(r.at == start) {
		r.at++
	}
	if r.at == start || r.text[start] == ' ' || r.text[start] == ':' { // a colon needs no blank here
		return false
	}
	return r.text[start] != '-' || r.at > start+1 && r.text[start+1] != ' '
}

// isFlowByte reports a byte that can only be a part of a plain scalar in brackets.
// A space counts where another such byte follows it. At the start of a scalar fewer
// bytes do, since some are indicators there.
func (r *reader) isFlowByte(first bool) bool {
	c := r.text[r.at]
	switch {
	case isFlowLetter(c), !first && isFlowSign(c):
		return true
	case r.at+1 == len(r.text):
		return false
	case c == ':':
		return isFlowLetter(r.text[r.at+1])
	case c == ' ':
		return isFlowLetter(r.text[r.at+1]) || isFlowSign(r.text[r.at+1])
	}
	return false
}

// isFlowLetter reports a byte that means nothing but itself in a plain scalar.
func isFlowLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("_-./+=$()~^;", c) >= 0
}

// isFlowSign reports a byte that is an indicator at the start of a scalar only.
func isFlowSign(c byte) bool { return strings.IndexByte("&*!|>%@<", c) >= 0 }

// skipFlowSpace steps over spaces and line breaks.
func (r *reader) skipFlowSpace() {
	for r.at < len(r.text) && isSpaceOrBreak(r.text[r.at]) {
		r.at++
	}
}
