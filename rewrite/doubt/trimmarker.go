package doubt

import (
	"slices"
	"strings"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// TrimMarker is the doubt "trim-marker".
var TrimMarker = Doubt{About[Case]{
	Name: "trim-marker",
	Doc: "a placeholder in the command has a trim marker ({{-, -}}, {{~, ~}}, {%-, -%}, -%>) with white space beside it, and takes that away when it is filled: words that stand apart in the template are one word of the script, and separators of the array would go. " +
		"Settled by leaving the marker out.",
	Look: func(c Case) Raised {
		if c.Migration {
			return Raised{}
		}
		items := reading.Places(c.Command.ItemSpans()).Joined()
		text := c.Text.Source.Text
		for _, item := range items {
			for _, p := range c.Command.Reading().Between(item, items) {
				left := trimsLeft(p.Placeholder) && isSpace(text, p.Start-1)
				right := trimsRight(p.Placeholder) && isSpace(text, p.End)
				if p.Kind != dialect.Control && (left || right) {
					return Refused(rule.Placeholder, "`"+reading.OneLine(p.Text)+"` takes away the white space beside it when it is filled: leave its trim marker out")
				}
			}
		}
		return Raised{}
	},
}, Reference}

func trimsLeft(p dialect.Placeholder) bool {
	return slices.ContainsFunc([]string{"{{-", "{{~", "{%-", "<%-"}, func(s string) bool { return strings.HasPrefix(p.Text, s) })
}

func trimsRight(p dialect.Placeholder) bool {
	return slices.ContainsFunc([]string{"-}}", "~}}", "-%}", "-%>"}, func(s string) bool { return strings.HasSuffix(p.Text, s) })
}

// isSpace reports white space at an offset, or the end of the text.
func isSpace(text []byte, at int) bool {
	return at < 0 || at >= len(text) || strings.IndexByte(" \t\r\n", text[at]) >= 0
}
