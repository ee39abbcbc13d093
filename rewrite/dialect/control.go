package dialect

import (
	"slices"
	"strings"
)

// block is a control block: the tags that open, divide and close it.
type block struct {
	verb string // if, range, for, define
	tags []int  // indexes of placeholders, at least two
}

// controlBlocks returns the control blocks of a text, inner ones first. Tags that
// don't pair up are left out.
func controlBlocks(found []Placeholder) []block {
	var closed []block
	open := map[string][]block{} // by dialect
	for i, p := range found {
		if p.Kind != Control {
			continue
		}
		stack := open[p.Dialect]
		switch verb, does := tagRoleOf(p); does {
		case openingTag:
			stack = append(stack, block{verb, []int{i}})
		case dividingTag:
			if len(stack) > 0 {
				top := &stack[len(stack)-1]
				top.tags = append(top.tags, i)
			}
		case closingTag:
			if at := openerIndex(stack, verb); at >= 0 {
				b := stack[at]
				b.tags = append(b.tags, i)
				closed, stack = append(closed, b), stack[:at]
			}
		}
		open[p.Dialect] = stack
	}
	return closed
}

// openerIndex returns the index of the innermost open block that a closing verb
// closes: the top for "end", the last "if" for "endif"; -1 when there is none.
func openerIndex(stack []block, verb string) int {
	for at := len(stack) - 1; at >= 0; at-- {
		if verb == "end" || "end"+stack[at].verb == verb {
			return at
		}
	}
	return -1
}

// tagRole says what a tag does to its block.
type tagRole int

const (
	noRole tagRole = iota
	openingTag
	dividingTag
	closingTag
)

// tagRoleOf returns the first word of a control tag and the role that it has by it.
func tagRoleOf(p Placeholder) (verb string, d tagRole) {
	verb = leadingName(p.Name)
	switch {
	case strings.HasPrefix(verb, "end"):
		return verb, closingTag
	case verb == "else" || verb == "elif" || verb == "elsif" || verb == "elseif" || verb == "when":
		return verb, dividingTag
	case p.opensBlock:
		return verb, openingTag
	}
	return verb, noRole
}

func opensDefine(p Placeholder) bool {
	verb, does := tagRoleOf(p)
	return p.Kind == Control && does == openingTag && verb == "define"
}

// opensBlock reports whether a control tag of the dialect opens a block.
func (d *Dialect) opensBlock(name string) bool {
	return slices.Contains(d.blockVerbs, leadingName(name)) ||
		slices.ContainsFunc(d.blockEnds, func(end string) bool { return strings.HasSuffix(name, end) })
}
