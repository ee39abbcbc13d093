package rewrite_test

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// stylePlace is where a scalar stands.
type stylePlace struct {
	column int // where its further lines begin
	parent int // the column of its list's dash
	flow   bool
}

// styleItem is an item of a list that is not written yet.
type styleItem struct {
	value string
	style string
}

// itemStyle draws the style of a short item.
func (g *styler) itemStyle() string { return g.pick("item", "plain", "double", "single") }

// scalarStyles are the styles of the script by what its list can hold.
var (
	flowScalars  = []string{"plain", "plain-lines", "double", "double-lines", "double-escapes", "single", "single-lines"}
	blockScalars = append([]string{"literal", "literal-strip", "literal-keep", "literal-indent", "folded", "folded-strip", "folded-indent"}, flowScalars...)
)

// scriptItem draws the style of the script and its text.
func (g *styler) scriptItem(tokens []string, block bool) styleItem {
	styles := flowScalars
	if block {
		styles = blockScalars
	}
	style := g.pick("script", styles...)
	text := strings.Join(tokens, " ")
	if strings.HasPrefix(style, "literal") && g.chance("continued", 50) {
		text = tokens[0]
		for _, token := range tokens[1:] {
			text += []string{" ", " \\\n", " \\\n  ", "  "}[g.IntN(4)] + token
		}
	}
	return styleItem{g.escape(text), style}
}

// scalar writes an item with an anchor or a tag at times.
func (g *styler) scalar(item styleItem, at stylePlace) string {
	text := g.content(item, at)
	switch {
	case g.IntN(8) == 0 && g.chance("item-anchor", 1):
		g.items++
		return fmt.Sprintf("&item-%d %s", g.items, text)
	case g.chance("item-tag", 2):
		return "!!str " + text
	}
	return text
}

// content writes an item in its style, or double-quoted where that style can't
// hold it.
func (g *styler) content(item styleItem, at stylePlace) string {
	lines := []string{item.value}
	if strings.HasSuffix(item.style, "-lines") || strings.HasPrefix(item.style, "folded") {
		lines = g.fold(item.value)
	}
	newline := "\n" + strings.Repeat(" ", at.column)
	kind, _, _ := strings.Cut(item.style, "-")
	switch kind {
	case "plain":
		if text := strings.Join(lines, newline); isPlain(text, item.value, at.flow) {
			return text
		}
		g.labels = append(g.labels, "script=double-instead")
	case "single":
		return "'" + outside(strings.Join(lines, newline), func(s string) string { return strings.ReplaceAll(s, "'", "''") }) + "'"
	case "literal", "folded":
		return g.block(kind, item, lines, at)
	}
	if item.style == "double-lines" {
		return g.doubleLines(lines, newline)
	}
	return `"` + outside(item.value, func(s string) string { return g.escapeYAML(s, item.style == "double-escapes") }) + `"`
}

// placeholderText matches what the generator writes for someone else to fill.
var placeholderText = regexp.MustCompile(`\{\{[^}]*\}\}`)

// outside changes the text around the placeholders.
func outside(s string, change func(string) string) string {
	var b strings.Builder
	at := 0
	for _, p := range placeholderText.FindAllStringIndex(s, -1) {
		b.WriteString(change(s[at:p[0]]) + s[p[0]:p[1]])
		at = p[1]
	}
	return b.String() + change(s[at:])
}

// fold breaks a text at some of its single blanks, which YAML joins again.
func (g *styler) fold(s string) []string {
	hidden := placeholderText.ReplaceAllStringFunc(s, func(p string) string { return strings.Repeat("x", len(p)) })
	var lines []string
	start := 0
	for i := 1; i+1 < len(s); i++ {
		single := hidden[i] == ' ' && !strings.ContainsAny(hidden[i-1:i]+hidden[i+1:i+2], " \t\n")
		if single && hidden[i+1] != '#' && g.IntN(3) == 0 {
			lines = append(lines, s[start:i])
			start = i + 1
		}
	}
	return append(lines, s[start:])
}

// isPlain reports whether a plain scalar, its placeholders filled, is read as
// the value.
func isPlain(text, value string, flow bool) bool {
	around := [][2]string{{"- - ", "\n"}}
	if flow {
		around = [][2]string{{"- [", ", x]\n"}, {"- [", " ]\n"}}
	}
	for _, fill := range []string{"x", "-x -y"} {
		want := placeholderText.ReplaceAllString(value, fill)
		for _, a := range around {
			var got [][]any
			err := yaml.Unmarshal([]byte(a[0]+placeholderText.ReplaceAllString(text, fill)+a[1]), &got)
			if err != nil || len(got) != 1 || len(got[0]) == 0 || got[0][0] != want {
				return false
			}
		}
	}
	return true
}

// block writes a block scalar; the line break behind its last line is left to
// whoever writes the next line.
func (g *styler) block(kind string, item styleItem, lines []string, at stylePlace) string {
	header := map[string]string{"literal": "|", "folded": ">"}[kind]
	column := at.column
	if kind == "literal" {
		lines = strings.Split(item.value, "\n")
	}
	extra := ""
	switch _, option, _ := strings.Cut(item.style, "-"); option {
	case "strip":
		header += "-"
	case "keep":
		header += "+"
		extra = strings.Repeat("\n", g.IntN(3))
	case "indent":
		indent := 1 + g.IntN(6)
		column = at.parent + indent
		header += []string{"%d", "%d-", "-%d", "%d+"}[g.IntN(4)]
		header = fmt.Sprintf(header, indent)
		if kind == "literal" {
			lines[0] = strings.Repeat(" ", g.IntN(3)) + lines[0]
		}
	}
	if g.chance("blank-after-header", 3) {
		header += " "
	}
	newline := "\n" + strings.Repeat(" ", column)
	return header + newline + strings.Join(lines, newline) + extra
}

// doubleLines writes a double-quoted scalar over several lines, with breaks
// that are folded and breaks that are escaped.
func (g *styler) doubleLines(lines []string, newline string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, line := range lines {
		if i > 0 && g.IntN(2) == 0 {
			b.WriteString(newline)
		} else if i > 0 {
			b.WriteString(` \` + newline)
		}
		b.WriteString(outside(line, func(s string) string { return g.escapeYAML(s, false) }))
	}
	return b.String() + `"`
}

// escapeYAML escapes what a double-quoted scalar must escape, and with more
// some that it need not.
func (g *styler) escapeYAML(s string, more bool) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\t' || r == '\n':
			b.WriteString(map[rune]string{'\t': `\t`, '\n': `\n`}[r])
		case more && r == ' ' && g.IntN(6) == 0:
			b.WriteString([]string{`\ `, `\x20`}[g.IntN(2)])
		case more && r < 0x80 && g.IntN(8) == 0:
			fmt.Fprintf(&b, `\x%02x`, r)
		case more && g.IntN(8) == 0:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// jsonString writes a JSON string (RFC 8259 section 7), some characters
// escaped that need not be.
func (g *styler) jsonString(s string) string {
	more := g.chance("json-escapes", 25)
	return `"` + outside(s, func(s string) string {
		var b strings.Builder
		for _, r := range s {
			switch {
			case r == '"' || r == '\\':
				b.WriteString(`\` + string(r))
			case r == '\t' || r == '\n':
				b.WriteString(map[rune]string{'\t': `\t`, '\n': `\n`}[r])
			case more && r == '/' && g.IntN(3) == 0:
				b.WriteString(`\/`)
			case more && (r >= 0x80 || g.IntN(9) == 0):
				for _, unit := range utf16.Encode([]rune{r}) {
					fmt.Fprintf(&b, `\u%04x`, unit)
				}
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}) + `"`
}
