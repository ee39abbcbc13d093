package dialect

import (
	"bytes"
	"regexp"
	"strconv"

	"shellfree/rewrite/source"
)

// readPlaceholder decides how the placeholder at the byte to read is masked, and
// steps over it.
func (r *reader) readPlaceholder(s state) state {
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
		if c.masking = r.valueMasking(p); c.masking == blank {
			return beforeToken
		}
		if p.Start > 0 && r.text[p.Start-1] == ':' {
			c.from++ // key:{{ x }}
		}
		return inPlain
	case p.Kind == Comment && s == inPlain && r.endsWord(p.Start-1) && r.endsLine():
		return s
	}
	c.masking = word
	return s
}

// valueMasking returns how a placeholder is masked where a value or a key may begin.
func (r *reader) valueMasking(p Placeholder) masking {
	r.line.token = p.Start
	at := r.maskedRunHere().to
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
		dash := c == '-' && r.endsWord(at+1)
		if before || r.depth > 0 || dash || c == '|' || c == '>' || r.line.key < 0 && opensMapping(r.text[at:]) {
			return blank
		}
	case before && (r.depth > 0 || at == p.End):
		return blank
	}
	return word
}

// maskedRun is a run of blanks and masked placeholders on one line.
type maskedRun struct {
	from, to int // byte offsets
	next     int // index of the first placeholder behind it
}

// maskedRunHere returns the run that the byte to read is in. It is remembered for
// the other placeholders of the run.
func (r *reader) maskedRunHere() maskedRun {
	if r.lastRun.to == 0 || r.at < r.lastRun.from || r.at > r.lastRun.to {
		to, next := r.skipMasked(r.at, r.next)
		r.lastRun = maskedRun{r.at, to, next}
	}
	return r.lastRun
}

func (r *reader) endsLine() bool {
	at := r.maskedRunHere().to
	return at >= len(r.text) || source.IsBreak(r.text[at])
}

// skipMasked returns the offset behind the blanks and masked placeholders at an
// offset, and the index of the first placeholder behind them.
func (r *reader) skipMasked(at, next int) (int, int) {
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

// isNested reports whether a collection stands on the lines below the key or dash of
// this line. Then the placeholder is filled with the first part of the collection,
// and a word in its place would be a scalar with a mapping behind it.
func (r *reader) isNested() bool {
	owner, isKey := r.line.key, r.line.key >= 0
	if !isKey {
		owner = r.line.dash
	}
	if owner < 0 {
		return false
	}
	l := r.nextTextLine(r.maskedRunHere().to, r.maskedRunHere().next, true)
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

// opensMapping reports whether a line begins with a key.
func opensMapping(head []byte) bool {
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		head = head[:i]
	}
	head = bytes.TrimRight(head, " \t")
	i := bytes.IndexByte(head, ':')
	return i > 0 && (i == len(head)-1 || source.IsBlank(head[i+1])) && bytes.IndexByte(head[:i], ' ') < 0
}

var indentCall = regexp.MustCompile(`\bn?indent[ (]\s*(\d+)`)

// makesBlock reports an expression that begins a new line: nindent of Helm (sprig)
// prints a line feed and then indents.
func makesBlock(name string) bool { return bytes.Contains([]byte(name), []byte("nindent ")) }

// indentedTo returns the column to which an expression indents its value, -1 when
// it names none.
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

// maskPlaceholderLine masks a line of nothing but placeholders. The first and last
// line of a define become document markers: its text is printed elsewhere, so it
// must not become a part of the text around it.
func (r *reader) maskPlaceholderLine(l lineSurvey) {
	first := r.next
	r.at, r.next = l.after, l.next
	if r.defineTags[first] && l.indent == 0 && r.found[first].Start == l.start {
		r.plan.cells[first].masking = separator
		return
	}
	r.plan.blank = append(r.plan.blank, extent{l.start, l.end})
}
