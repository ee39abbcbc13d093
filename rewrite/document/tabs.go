package document

import (
	"bytes"
	"regexp"

	"shellfree/rewrite/source"
)

// spaceTabs returns a text with the tabs that indent lines inside of brackets
// turned into spaces, and whether there were any. JSON allows them and so does
// the kubelet; the YAML decoder refuses some. Values do not change: white
// space at the start of a line is dropped from quoted and plain scalars, and the
// lines of block scalars, where it would count, stay as they are.
func spaceTabs(text []byte) (spaced []byte, changed bool) {
	if bytes.IndexByte(text, '\t') < 0 {
		return text, false
	}
	t := &tabScanner{text: bytes.Clone(text)}
	for start := 0; start < len(t.text); {
		end := source.LineEnd(t.text, start)
		t.readLine(start, end)
		start = end + source.BreakLen(t.text, end)
	}
	return t.text, t.changed
}

// tabScanner follows brackets and quotes through a text, line by line.
type tabScanner struct {
	text    []byte
	changed bool
	depth   int  // of open brackets
	quote   byte // of the quoted scalar that the line begins in, 0 outside of one
	header  int  // 1 + the indentation of the block scalar's header, 0 outside of one
}

// blockHeader matches the end of a line that begins a block scalar.
var blockHeader = regexp.MustCompile(`[ \t][|>][-+0-9]*[ \t]*([ \t]#.*)?$`)

// readLine reads the line from start to end, byte offsets without its line break.
func (t *tabScanner) readLine(start, end int) {
	line := t.text[start:end]
	indent := source.SkipBlanks(line, 0)
	body := line[indent:]
	if t.header > 0 && (len(body) == 0 || indent >= t.header) {
		return
	}
	t.header = 0
	if t.depth == 0 && t.quote == 0 && blockHeader.Match(line) {
		t.header = indent + 1
		return
	}
	if t.depth > 0 || t.quote == 0 && len(body) > 0 && (body[0] == '{' || body[0] == '[') {
		t.replaceTabs(line[:indent])
	}
	t.countBrackets(body)
}

// replaceTabs turns each tab of some blanks into a space.
func (t *tabScanner) replaceTabs(blanks []byte) {
	for i, b := range blanks {
		if b == '\t' {
			blanks[i] = ' '
			t.changed = true
		}
	}
}

// countBrackets counts the open brackets at the end of a line and finds the quote
// that is still open there. Inside of a plain scalar neither means anything, so
// outside of brackets they count only where a value may begin.
func (t *tabScanner) countBrackets(body []byte) {
	begins := true // a value may begin here
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case t.quote != 0:
			if c == '\\' && t.quote == '"' {
				i++
			} else if c == t.quote {
				t.quote = 0
			}
		case source.IsBlank(c):
		case c == '#' && (i == 0 || source.IsBlank(body[i-1])):
			return
		case begins && (c == '"' || c == '\''):
			t.quote, begins = c, false
		case (begins || t.depth > 0) && (c == '[' || c == '{'):
			t.depth, begins = t.depth+1, true
		case t.depth > 0 && (c == ']' || c == '}'):
			t.depth, begins = t.depth-1, false
		default:
			begins = c == ':' || c == ',' && t.depth > 0 || c == '-' && begins
		}
	}
}
