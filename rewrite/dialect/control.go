package dialect

import "strings"

// block is a control block: the tags that open, part and close it.
type block struct {
	verb string // if, range, for, define
	tags []int  // indexes of placeholders, at least two
}

// blocks returns the control blocks of a text, inner ones first. Tags that
// don't pair up are left out.
func blocks(found []Placeholder) []block {
	var closed []block
	open := map[string][]block{} // by dialect
	for i, p := range found {
		if p.Kind != Control {
			continue
		}
		stack := open[p.Dialect]
		switch verb, does := role(p); does {
		case opens:
			stack = append(stack, block{verb, []int{i}})
		case parts:
			if len(stack) > 0 {
				top := &stack[len(stack)-1]
				top.tags = append(top.tags, i)
			}
		case closes:
			if at := opener(stack, verb); at >= 0 {
				b := stack[at]
				b.tags = append(b.tags, i)
				closed, stack = append(closed, b), stack[:at]
			}
		}
		open[p.Dialect] = stack
	}
	return closed
}

// opener returns the place of the innermost block that a closing verb closes:
// the top for "end", the last "if" for "endif".
func opener(stack []block, verb string) int {
	for at := len(stack) - 1; at >= 0; at-- {
		if verb == "end" || "end"+stack[at].verb == verb {
			return at
		}
	}
	return -1
}

// does is what a tag does to its block.
type does int

const (
	nothing does = iota
	opens
	parts
	closes
)

// role returns what a control tag does, by its first word.
func role(p Placeholder) (verb string, d does) {
	verb = leadingName(p.Name)
	switch {
	case strings.HasPrefix(verb, "end"):
		return verb, closes
	case verb == "else" || verb == "elif" || verb == "elsif" || verb == "elseif" || verb == "when":
		return verb, parts
	case p.Dialect == erb.Name && (strings.HasSuffix(p.Name, "do") || strings.HasSuffix(p.Name, "|")):
		return verb, opens
	case opensBlock(p.Dialect, verb):
		return verb, opens
	}
	return verb, nothing
}

func opensDefine(p Placeholder) bool {
	verb, does := role(p)
	return p.Kind == Control && does == opens && verb == "define"
}

// opensBlock reports the verbs that open a block in a dialect.
func opensBlock(dialect, verb string) bool {
	verbs := ""
	switch dialect {
	case gotemplate.Name:
		verbs = " if range with define block "
	case jinja.Name:
		verbs = " if for macro block filter call raw unless case "
	case erb.Name:
		verbs = " if unless case while begin "
	}
	return strings.Contains(verbs, " "+verb+" ")
}
