package reading

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/invocation"
)

// Item is one item of a command's array: a node, or a placeholder that stands
// bare for several items.
type Item struct {
	Word  invocation.Word
	List  *yaml.Node // command or args
	Index int        // in the list; -1 for a bare placeholder
}

// Array returns the items of command, then of args, with the placeholders that
// stand bare between them.
func (c *Command) Array(p Policies) []Item {
	script := invocation.Script{Env: c.Env, Place: c.Place}
	var all []Item
	for _, list := range c.Lists() {
		end := -1
		for i, item := range list.Content {
			if s, ok := c.Document.Spans.Of(item); ok {
				if end >= 0 {
					all = append(all, c.bareBetween(list, end, s.Start)...)
				}
				end = s.End
				script.Marks = c.marksIn(p, s)
			} else {
				script.Marks = c.Marks(p)
			}
			value := ""
			if item.Kind == yaml.ScalarNode {
				value = item.Value
			}
			all = append(all, Item{script.Item(value), list, i})
		}
		if s, ok := c.Document.Spans.Of(list); ok && end >= 0 {
			all = append(all, c.bareBetween(list, end, s.End)...)
		}
	}
	return all
}

// bareBetween returns the placeholders between two items.
func (c *Command) bareBetween(list *yaml.Node, start, end int) []Item {
	var found []Item
	for _, i := range c.reading.Mask.Within(start, end) {
		if p := c.reading.Mask.Placeholders[i]; p.Kind == dialect.Value && !p.OutsideScripts {
			part := invocation.Part{Kind: invocation.Placeholder, Text: p.Text}
			found = append(found, Item{invocation.Word{Parts: []invocation.Part{part}, Several: true}, list, -1})
		}
	}
	return found
}

// WordsOf returns the words of some items.
func WordsOf(items []Item) []invocation.Word {
	words := make([]invocation.Word, len(items))
	for i, item := range items {
		words[i] = item.Word
	}
	return words
}

// CountPlaceholders counts the placeholders inside the command's items by text.
func (c *Command) CountPlaceholders() map[string]int {
	count := map[string]int{}
	extent, items := c.Extent(), Places(c.ItemSpans()).Joined()
	mask := c.reading.Mask
	for _, i := range mask.Within(extent.Start, extent.End) {
		if p := mask.Placeholders[i]; p.Kind == dialect.Value && !p.OutsideScripts && items.HoldAll(p) {
			count[p.Text]++
		}
	}
	return count
}
