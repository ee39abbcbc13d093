package dialect

import (
	"bytes"
	"regexp"
	"strconv"

	"shellfree/rewrite/source"
)

// placeholder decides about the placeholder at hand and steps over it.
func (r *reader) placeholder(s state) state {
	i := r.next
	p, c := r.found[i], &r.plan.cells[i]
	r.next, r.at = i+1, p.End
	switch {
	case p.OutsideScripts && s == beforeToken:
		r.line.token = p.Start
		return inPlain
	case p.OutsideScripts, s == afterToken:
		return s
	case s == beforeToken:
		if c.how = r.value(p); c.how == blank {
			return beforeToken
		}
		if p.Start > 0 && r.text[p.Start-1] == ':' {
			c.from++ // key:{{ x }}
		}
		return inPlain
	case p.Kind == Comment && s == inPlain && r.isSpace(p.Start-1) && r.isLast():
		return s
	}
	c.how = word
	return s
}

// value decides about a placeholder where a value or a key may begin.
func (r *reader) value(p Placeholder) how {
	r.line.token = p.Start
	at := r.rest().to
	c := byte('\n')
	if at < len(r.text) {
		c = r.text[at]
	}
	whole := source.IsBreak(c) || c == '#' && at > p.End
	before := bytes.IndexByte([]byte("\"'[{"), c) >= 0
	switch {
	case whole && r.depth == 0 && (r.isNested() || makesBlock(p.Name)):
		return blank
	case p.Kind == Comment && whole:
		return blank
	case p.Kind != Value:
		dash := c == '-' && r.isSpace(at+1)
		if before || r.depth > 0 || dash || c == '|' || c == '>' || r.line.key < 0 && opensMapping(r.text[at:]) {
			return blank
		}
	case before && (r.depth > 0 || at == p.End):
		return blank
	}
	return word
}

// rest is a run of blanks and masked placeholders on one line.
type rest struct {
	from, to int // byte offsets
	next     int // the first placeholder behind it
}

// rest returns the run that begins here. The placeholders in it share it.
func (r *reader) rest() rest {
	if r.tail.to == 0 || r.at < r.tail.from || r.at > r.tail.to {
		to, next := r.skip(r.at, r.next)
		r.tail = rest{r.at, to, next}
	}
	return r.tail
}

func (r *reader) isLast() bool {
	at := r.rest().to
	return at >= len(r.text) || source.IsBreak(r.text[at])
}

// skip steps over blanks and masked placeholders.
func (r *reader) skip(at, next int) (int, int) {
	for at < len(r.text) {
		switch {
		case next < len(r.found) && r.found[next].Start == at && !r.found[next].OutsideScripts:
			at = r.found[next].End
			next++
		case source.IsBlank(r.text[at]):
			at++
		default:
			return at, next
		}
	}
	return at, next
}

// isNested reports that a collection follows below the value of this line: then
// the placeholder brings the collection's first part, and a word would be a
// scalar with a mapping behind it.
func (r *reader) isNested() bool {
	owner, isKey := r.line.key, r.line.key >= 0
	if !isKey {
		owner = r.line.dash
	}
	if owner < 0 {
		return false
	}
	l := r.ahead(r.rest().to, r.rest().next, true)
	if l.start >= len(r.text) {
		return false
	}
	head := r.text[l.start+l.indent:]
	isItem := bytes.HasPrefix(head, []byte("- "))
	if l.indent == owner {
		return isKey && isItem
	}
	return l.indent > owner && (isItem || opensMapping(head))
}

// opensMapping reports a line that begins with a key.
func opensMapping(head []byte) bool {
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		head = head[:i]
	}
	head = bytes.TrimRight(head, " \t")
	i := bytes.IndexByte(head, ':')
	return i > 0 && (i == len(head)-1 || source.IsBlank(head[i+1])) && bytes.IndexByte(head[:i], ' ') < 0
}

var indentCall = regexp.MustCompile(`\bn?indent[ (]\s*(\d+)`)

// makesBlock reports an expression that begins a line of its own: nindent of
// Helm (sprig) prints a line feed and then indents.
func makesBlock(name string) bool { return bytes.Contains([]byte(name), []byte("nindent ")) }

// indentedTo returns the column to which an expression indents its value, -1
// when it doesn't say.
func indentedTo(name string) int {
	m := indentCall.FindStringSubmatch(name)
	if m == nil {
		return -1
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return -1
	}
	return n
}

// blankLine masks a line of nothing but placeholders. The lines around a define
// become the ends of a document: what it holds stands nowhere near the text
// around it.
func (r *reader) blankLine(l surveyed) {
	first := r.next
	r.at, r.next = l.after, l.next
	if r.bounds[first] && l.indent == 0 && r.found[first].Start == l.start {
		r.plan.cells[first].how = separator
		return
	}
	r.plan.blank = append(r.plan.blank, extent{l.start, l.end})
}
