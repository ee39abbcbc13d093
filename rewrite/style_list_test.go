package rewrite_test

import (
	"fmt"
	"slices"
	"strings"
)

// The bytes that enclose a list's value in a text that is not finished.
const listStart, listEnd = "\x01", "\x02"

// listForms are the layouts of a list: the block forms by where the items
// stand, the flow forms by how they are parted.
var (
	blockForms = []string{"block", "block", "block", "block", "block", "block-gap", "block-gap", "block-below", "block-below", "block-comments", "block-commented", "block-blanks"}
	flowForms  = []string{"line", "line-blanks", "line-narrow", "line-wide", "lines", "lines-hanging", "lines-closed", "comma-first", "comma-first-line", "trailing", "trailing-lines", "below", "flow-commented", "line-tab"}
	jsonForms  = []string{"line", "line-blanks", "line-narrow", "lines", "lines-hanging", "lines-closed", "comma-first"}
)

func isBlockForm(form string) bool { return strings.HasPrefix(form, "block") }

// list writes what follows the colon of a key at a column.
func (g *styler) list(items []styleItem, form string, key int) string {
	properties := g.listProperties()
	if isBlockForm(form) {
		return listStart + properties + g.blockList(items, form, key) + listEnd
	}
	return listStart + properties + g.flowList(items, form, key, g.scalar) + listEnd
}

// listProperties draws the anchor or tag of a list (YAML 1.2, 6.9).
func (g *styler) listProperties() string {
	switch {
	case g.IntN(4) == 0 && g.chance("list-anchor", 1):
		g.anchors++
		return " " + anchorText(g.anchors)
	case g.IntN(2) == 0 && g.chance("list-tag", 1):
		return " !!seq"
	}
	return ""
}

func anchorText(n int) string { return fmt.Sprintf("&list-%d-", n) }

func (g *styler) blockList(items []styleItem, form string, key int) string {
	dash := key + []int{0, 2, 4, 1}[g.IntN(4)]
	between := "\n" + strings.Repeat(" ", dash)
	gap := " "
	switch form {
	case "block-gap":
		gap = strings.Repeat(" ", 2+g.IntN(4))
	case "block-below":
		gap = between + "  "
	}
	if dash == key {
		g.labels = append(g.labels, "dash=key")
	} else {
		g.labels = append(g.labels, "dash=deeper")
	}
	var b strings.Builder
	for i, item := range items {
		if form == "block-comments" && i > 0 && g.IntN(4) == 0 {
			b.WriteString(between + g.comment())
		}
		if form == "block-blanks" && i > 0 && g.IntN(4) == 0 {
			b.WriteString("\n")
		}
		at := stylePlace{column: dash + 1 + len(strings.TrimLeft(gap, "\n ")) + 1 + g.IntN(3), parent: dash}
		if form == "block-below" {
			at.column = dash + 2
		}
		b.WriteString(between + "-" + gap + g.scalar(item, at))
		block := strings.HasPrefix(item.style, "literal") || strings.HasPrefix(item.style, "folded")
		if form == "block-commented" && !block && g.IntN(3) == 0 {
			b.WriteString("  " + g.comment())
		}
	}
	return b.String()
}

// flowParts are the pieces of a flow list's layout.
type flowParts struct{ open, sep, end string }

func flowLayout(form string, newline, outer string) flowParts {
	switch form {
	case "line-blanks":
		return flowParts{"[ ", ", ", " ]"}
	case "line-narrow":
		return flowParts{"[", ",", "]"}
	case "line-wide":
		return flowParts{"[  ", " ,  ", "]"}
	case "line-tab":
		return flowParts{"[", ",\t", "]"}
	case "lines", "flow-commented":
		return flowParts{"[" + newline, "," + newline, outer + "]"}
	case "lines-hanging":
		return flowParts{"[", "," + newline, "]"}
	case "lines-closed":
		return flowParts{"[" + newline, "," + newline, "]"}
	case "comma-first":
		return flowParts{"[" + newline, newline + ", ", outer + "]"}
	case "comma-first-line":
		return flowParts{"[ ", newline + ", ", " ]"}
	case "trailing":
		return flowParts{"[", ", ", ",]"}
	case "trailing-lines":
		return flowParts{"[" + newline, "," + newline, "," + outer + "]"}
	case "below":
		return flowParts{newline + "[", ", ", "]"}
	}
	return flowParts{"[", ", ", "]"}
}

// flowList writes a flow list; write gives the text of an item.
func (g *styler) flowList(items []styleItem, form string, key int, write func(styleItem, stylePlace) string) string {
	column := key + 2 + 2*g.IntN(3)
	newline := "\n" + strings.Repeat(" ", column)
	parts := flowLayout(form, newline, "\n"+strings.Repeat(" ", key+2*g.IntN(2)))
	var b strings.Builder
	if !strings.HasPrefix(parts.open, "\n") {
		b.WriteByte(' ')
	}
	b.WriteString(parts.open)
	for i, item := range items {
		sep := parts.sep
		if i > 0 && form == "flow-commented" && g.IntN(2) == 0 {
			sep = ", " + g.comment() + newline
		}
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(write(item, stylePlace{column: column, flow: true}))
	}
	return b.String() + parts.end
}

// split divides wrappers, the shell, its flag and its script between command and
// args.
func (g *styler) split(items []styleItem, wrappers int) (command, args []styleItem) {
	ways := []string{"all", "all", "script", "flag"}
	if wrappers > 0 {
		ways = append(ways, "shell", "wrapper")
	}
	n := len(items)
	switch g.pick("split", ways...) {
	case "script":
		n--
	case "flag":
		n -= 2
	case "shell":
		n = wrappers
	case "wrapper":
		n = 1
	default:
		return items, nil
	}
	return items[:n], slices.Clone(items[n:])
}
