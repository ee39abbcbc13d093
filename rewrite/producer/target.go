package producer

import (
	"regexp"
	"strings"
)

// target is a placeholder in the spellings that its producers use.
type target struct {
	text  string // as it stands in the manifest
	plain string // the text as plainText returns it: {{params}}
	key   string // a text that each line that fills it holds: params
	// values is the path below .Values of Helm, such as a, b; nil for other
	// placeholders.
	values []string
	flag   *regexp.Regexp // matches helm's --set of that path
	// field is the name of a Go template's field or a Jinja variable, "" for other
	// placeholders.
	field  string
	fields *regexp.Regexp // matches a program's line that sets the field
	// pillar is the key of pillar['key'], "" for other placeholders.
	pillar string
}

var (
	helmValue  = regexp.MustCompile(`^\.Values((?:\.[A-Za-z0-9_-]+)+)`)
	goField    = regexp.MustCompile(`^(?:\.[A-Za-z0-9_]+)*\.([A-Za-z0-9_]+)`)
	pillarKey  = regexp.MustCompile(`^pillar(?:\.get\(|\[)\s*['"]([A-Za-z0-9_.:-]+)['"]`)
	identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)
)

func newTarget(p Placeholder) target {
	t := target{text: p.Text, plain: plainText(p.Text), key: p.Name}
	switch {
	case helmValue.MatchString(p.Name):
		t.values = strings.Split(helmValue.FindStringSubmatch(p.Name)[1][1:], ".")
		t.key = t.values[len(t.values)-1]
		t.flag = regexp.MustCompile(`--set(?:-string|-json|-file)?[ =]["']?(?:[^\s"']*,)?` + regexp.QuoteMeta(strings.Join(t.values, ".")) + `=`)
	case goField.MatchString(p.Name):
		t.field = goField.FindStringSubmatch(p.Name)[1]
		t.key = t.field
	case pillarKey.MatchString(p.Name):
		t.pillar = pillarKey.FindStringSubmatch(p.Name)[1]
		t.key = t.pillar
	case identifier.MatchString(p.Name) && strings.HasPrefix(p.Text, "{{"):
		t.field = p.Name
	}
	if t.field != "" {
		t.fields = fieldLine(t.field)
	}
	return t
}

// fieldLine matches a program's line that sets a field or variable.
func fieldLine(name string) *regexp.Regexp {
	name = regexp.QuoteMeta(name)
	return regexp.MustCompile(`["']` + name + `["'](?:\s*:|\] = )` + // of a map
		`|(?:^|[{,])\s*` + name + `:(?:[^=]|$)` + // of a struct
		`|\.` + name + ` = ` +
		`|(?i:render|substitute|template)\w*\([^()]*\b` + name + `=(?:[^=]|$)`) // of a call
}

// isAssigned reports whether a program's line sets the field or variable.
func (t target) isAssigned(text string) bool { return t.fields.MatchString(text) }

var (
	// optionalBlanks matches optional blanks of a pattern: \s*, [[:space:]]*, [ ]*, and
	// a blank before * or +.
	optionalBlanks = regexp.MustCompile(`(?:\\+s|\[\[:(?:space|blank):\]\]|\[(?: |\\t)+\]|\\? )\\?[*+?]`)
	bracketedBrace = regexp.MustCompile(`\[([{}])\]`)
	blanksInside   = regexp.MustCompile(`(\{\{)[-~]?[ \t]+|[ \t]+[-~]?(\}\})`)
)

// plainText returns a line without the characters that patterns add to the text that
// they match: backslashes, optional blanks, brackets around braces; and without blanks
// inside of {{ }}.
func plainText(text string) string {
	text = optionalBlanks.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, `\`, "")
	text = bracketedBrace.ReplaceAllString(text, "$1")
	return blanksInside.ReplaceAllString(text, "$1$2")
}

// placesIn returns the offsets of the placeholder in a plain text, without those where
// it is part of a longer name: __X__ may not stand in A__X__.
func (t target) placesIn(text string) []int {
	var places []int
	for from := 0; ; {
		i := strings.Index(text[from:], t.plain)
		if i < 0 || len(places) == placeLimit {
			return places
		}
		start, end := from+i, from+i+len(t.plain)
		if !(isNameByte(t.plain[0]) && start > 0 && isNameByte(text[start-1])) &&
			!(isNameByte(t.plain[len(t.plain)-1]) && end < len(text) && isNameByte(text[end])) {
			places = append(places, start)
		}
		from = end
	}
}

// isNameByte reports a byte that a variable's name may hold.
func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
