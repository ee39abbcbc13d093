package producer

import (
	"regexp"
	"strings"
)

// target is a placeholder in the spellings that its producers use.
type target struct {
	text  string // as it stands in the manifest
	plain string // as plain leaves it in a script: {{params}}
	key   string // what each line that fills it holds: params
	// values is the path below .Values of Helm: a, b.
	values []string
	flag   *regexp.Regexp // helm's --set of that path
	// field is the name of a Go template's field or a Jinja variable, "" where
	// the placeholder is none.
	field  string
	fields *regexp.Regexp // a program's line that sets it
	// pillar is the key of pillar['key'], "" where it is none.
	pillar string
}

var (
	helmValue  = regexp.MustCompile(`^\.Values((?:\.[A-Za-z0-9_-]+)+)`)
	goField    = regexp.MustCompile(`^(?:\.[A-Za-z0-9_]+)*\.([A-Za-z0-9_]+)`)
	pillarKey  = regexp.MustCompile(`^pillar(?:\.get\(|\[)\s*['"]([A-Za-z0-9_.:-]+)['"]`)
	identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)
)

func newTarget(p Placeholder) target {
	t := target{text: p.Text, plain: plain(p.Text), key: p.Name}
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

// assigned reports a program's line that sets the field or variable.
func (t target) assigned(text string) bool { return t.fields.MatchString(text) }

var (
	// optional blanks of a pattern: \s*, [[:space:]]*, [ ]*, and a blank before * or +.
	optionalBlanks = regexp.MustCompile(`(?:\\+s|\[\[:(?:space|blank):\]\]|\[(?: |\\t)+\]|\\? )\\?[*+?]`)
	bracketedBrace = regexp.MustCompile(`\[([{}])\]`)
	blanksInside   = regexp.MustCompile(`(\{\{)[-~]?[ \t]+|[ \t]+[-~]?(\}\})`)
)

// plain returns a line without what patterns add to the text that they match:
// backslashes, optional blanks, braces in brackets, and blanks inside of {{ }}.
func plain(text string) string {
	text = optionalBlanks.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, `\`, "")
	text = bracketedBrace.ReplaceAllString(text, "$1")
	return blanksInside.ReplaceAllString(text, "$1$2")
}

// at returns the places of the placeholder in a plain text: __X__ is not part
// of a longer name.
func (t target) at(text string) []int {
	var places []int
	for from := 0; ; {
		i := strings.Index(text[from:], t.plain)
		if i < 0 || len(places) == perLine {
			return places
		}
		start, end := from+i, from+i+len(t.plain)
		if !(nameByte(t.plain[0]) && start > 0 && nameByte(text[start-1])) &&
			!(nameByte(t.plain[len(t.plain)-1]) && end < len(text) && nameByte(text[end])) {
			places = append(places, start)
		}
		from = end
	}
}

func nameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
