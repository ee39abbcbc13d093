package edit

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// Request asks for the edits that give a command its new array.
type Request struct {
	Text  []byte // the original bytes
	Spans *span.Table
	// Command and Args are the sequences as parsed; Args is nil where the
	// command holds everything.
	Command, Args *yaml.Node
	// Keep is the number of items at the front that stay as they are: of Command,
	// and where it is larger, of Args behind it.
	Keep int
	// Script is the shell's script. The new items are written in its style.
	Script *yaml.Node
	// Argv is the whole new array, kept items included.
	Argv []invocation.Word
	// Upstream writes a placeholder of several words as an item of its own, behind
	// a comma, instead of glued to the item before it.
	Upstream bool
	JSON     bool // the file is JSON
	Hook     bool // the kubelet expands nothing here
}

// Array returns the edits and how Argv is divided between command and args.
func Array(r Request) (edits []Edit, command, args []invocation.Word, err error) {
	command, args = divideWords(r)
	kept := min(r.Keep, len(r.Command.Content))
	lists := []struct {
		node  *yaml.Node
		words []invocation.Word
		keep  int
	}{{r.Command, command, kept}, {r.Args, args, r.Keep - kept}}
	for _, l := range lists {
		if l.node == nil || l.keep == len(l.words) && l.keep == len(l.node.Content) {
			continue
		}
		a, err := r.newArray(l.node, l.keep)
		if err != nil {
			return nil, nil, nil, err
		}
		e, err := a.replaceItems(l.words)
		if err != nil {
			return nil, nil, nil, err
		}
		edits = append(edits, e)
	}
	return edits, command, args, nil
}

// divideWords divides Argv between command and args. Without args command gets
// all; else command gets the kept items and the program, and args the rest. A
// placeholder of several words stays with the item that it is glued to. Where all
// items of command are kept, it stays as it is.
func divideWords(r Request) (command, args []invocation.Word) {
	if r.Args == nil {
		return r.Argv, nil
	}
	if n := len(r.Command.Content); r.Keep >= n {
		return r.Argv[:n], r.Argv[n:]
	}
	n := min(r.Keep+1, len(r.Argv))
	for n < len(r.Argv) && r.Argv[n].Several {
		n++
	}
	return r.Argv[:n], r.Argv[n:]
}

// array is a sequence of the file with the places of its items. The first keep items
// stay as they are.
type array struct {
	Request
	node  *yaml.Node
	span  span.Span
	items []span.Span
	keep  int
	style style
}

// newArray returns a sequence with the places of its items, and an error where it
// can't be edited.
func (r Request) newArray(node *yaml.Node, keep int) (*array, error) {
	a := &array{Request: r, node: node, keep: keep}
	var ok bool
	if a.span, ok = r.Spans.Of(node); !ok {
		return nil, errors.New("the end of the list can't be found: write it in a plainer style")
	}
	if node.Anchor != "" {
		return nil, fmt.Errorf("the list is shared by its anchor &%s: rewrite it by hand where it is defined", node.Anchor)
	}
	if node.Style&yaml.TaggedStyle != 0 && node.Style&yaml.FlowStyle == 0 {
		return nil, fmt.Errorf("the list has its type written before it, %s: leave that out, a list is one without it", node.Tag)
	}
	for _, item := range node.Content {
		s, ok := r.Spans.Of(item)
		switch {
		case !ok:
			return nil, fmt.Errorf("the end of item %q can't be found: write it in a plainer style", item.Value)
		case item.Anchor != "" || item.Kind == yaml.AliasNode:
			return nil, fmt.Errorf("item %q is shared by an anchor: rewrite it by hand", item.Value)
		}
		a.items = append(a.items, s)
	}
	a.style = style{quote: a.scriptQuote(), flow: node.Style&yaml.FlowStyle != 0, json: r.JSON, hook: r.Hook}
	return a, nil
}

// scriptQuote returns the quote of the new items, 0 for none: the script's, or where
// the script is a block scalar, the first item's.
func (a *array) scriptQuote() byte {
	for _, n := range []*yaml.Node{a.Script, a.Command.Content[0]} {
		switch {
		case n.Style&yaml.DoubleQuotedStyle != 0:
			return '"'
		case n.Style&yaml.SingleQuotedStyle != 0:
			return '\''
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
			return 0
		}
	}
	return 0
}

// replaceItems returns the edit that replaces all items behind those that are kept.
func (a *array) replaceItems(words []invocation.Word) (Edit, error) {
	if len(words) <= a.keep {
		return a.emptyList()
	}
	glued := hasSeveral(words)
	if a.style.quote == 0 && (glued || a.hasTabs()) {
		a.style.quote = '"'
	}
	if glued && !a.style.flow {
		return a.writeFlow(words)
	}
	seps, err := a.separators(a.countSeparate(words))
	if err != nil {
		return Edit{}, err
	}
	var b strings.Builder
	parted := 0
	for i, w := range words[a.keep:] {
		if i > 0 && (!w.Several || a.Upstream) {
			b.WriteString(seps(parted))
			parted++
		}
		b.WriteString(a.itemText(w))
	}
	return Edit{Start: a.items[a.keep].Start, End: a.items[len(a.items)-1].End, New: b.String()}, nil
}

// countSeparate returns the number of new items that a separator stands between: a
// glued placeholder counts as a part of the item before it.
func (a *array) countSeparate(words []invocation.Word) int {
	n := 0
	for i, w := range words[a.keep:] {
		if i == 0 || !w.Several || a.Upstream {
			n++
		}
	}
	return n
}

// itemText returns the text of one item. A placeholder of several words gets no
// quotes.
func (a *array) itemText(w invocation.Word) string {
	if w.Several {
		return plainItem(piecesOf(w, a.Hook))
	}
	return a.style.itemText(w)
}

// hasSeveral reports a placeholder of several words among some words.
func hasSeveral(words []invocation.Word) bool {
	for _, w := range words {
		if w.Several {
			return true
		}
	}
	return false
}

// hasTabs reports a tab between the items, which YAML forbids before a plain scalar.
func (a *array) hasTabs() bool {
	at := a.span.Start
	for _, s := range a.items {
		if strings.Contains(string(a.Text[at:s.Start]), "\t") {
			return true
		}
		at = s.End
	}
	return false
}

// emptyList returns the edit that leaves a list without items: [].
func (a *array) emptyList() (Edit, error) {
	first, last := a.items[0], a.items[len(a.items)-1]
	for i := 1; i < len(a.items); i++ {
		if !isCleanSeparator(string(a.Text[a.items[i-1].End:a.items[i].Start]), a.style.flow) {
			return Edit{}, errors.New("a comment stands between the items: move it above the list")
		}
	}
	if a.style.flow {
		return Edit{Start: first.Start, End: last.End + trailingComma(a.Text[last.End:a.span.End]), New: ""}, nil
	}
	start, head := a.flowStart()
	return Edit{Start: start, End: last.End, New: head + "[]"}, nil
}

// trailingComma returns the length of the comma that text begins with, with the
// white space before it; 0 when no comma follows. A list without items may hold
// none.
func trailingComma(text []byte) int {
	blanks := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	if text[blanks] != ',' {
		return 0
	}
	return blanks + 1
}
