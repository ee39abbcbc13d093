package edit

import (
	"errors"
	"strings"

	"shellfree/rewrite/invocation"
)

// Change asks for edits that take single items out of a list, and put words before
// one of its items. All other bytes of the list stay.
type Change struct {
	Request
	// Drop holds the indexes of the items to take out.
	Drop map[int]bool
	// Before is the index of the item before which Words are put.
	Before int
	Words  []invocation.Word
	// Instead is set where the first of Words takes the place of the item at
	// Before, since that item is moved to another list.
	Instead bool
}

// Items returns the edits of a change in the list Request.Command.
func Items(c Change) ([]Edit, error) {
	a, err := c.newArray(c.Command, 0)
	if err != nil {
		return nil, err
	}
	if a.style.quote == 0 && a.hasTabs() {
		a.style.quote = '"'
	}
	text, sep := a.joinWords(c.Words)
	if len(c.Drop) == len(a.items) && len(c.Words) > 0 {
		return []Edit{{Start: a.items[0].Start, End: a.items[len(a.items)-1].End, New: text}}, nil
	}
	edits, err := a.dropItems(c.Drop)
	switch at := a.items[c.Before]; {
	case err != nil || len(c.Words) == 0:
		return edits, err
	case c.Instead:
		return append(edits, Edit{Start: at.Start, End: at.End, New: text}), nil
	default:
		return append(edits, Edit{Start: at.Start, End: at.Start, New: text + sep}), nil
	}
}

// joinWords writes words behind each other, and returns the separator between them.
func (a *array) joinWords(words []invocation.Word) (text, sep string) {
	var old, items []string
	for i := 1; i < len(a.items); i++ {
		old = append(old, string(a.Text[a.items[i-1].End:a.items[i].Start]))
	}
	sep = a.repeatedSeparator(old)
	for _, w := range words {
		items = append(items, a.style.itemText(w))
	}
	return strings.Join(items, sep), sep
}

// dropItems returns the edits that take items out of the list, each with the
// separator before it; the first item goes with the separator behind it.
func (a *array) dropItems(gone map[int]bool) ([]Edit, error) {
	if len(gone) == len(a.items) && len(gone) > 0 {
		e, err := a.emptyList()
		return []Edit{e}, err
	}
	var edits []Edit
	for i := 0; i < len(a.items); i++ {
		if !gone[i] {
			continue
		}
		first := i
		for i+1 < len(a.items) && gone[i+1] {
			i++
		}
		e := Edit{Start: a.items[first].Start, End: a.items[i].End}
		if first > 0 {
			e.Start = a.items[first-1].End
		} else {
			e.End = a.items[i+1].Start
		}
		if !a.takesOnlyItems(e, first, i) {
			return nil, errors.New("a comment, a blank line or a placeholder stands between the items")
		}
		edits = append(edits, e)
	}
	return edits, nil
}

// takesOnlyItems reports whether an edit removes only the items from first to last
// and clean separators.
func (a *array) takesOnlyItems(e Edit, first, last int) bool {
	at := e.Start
	for i := first; i <= last; i++ {
		if sep := string(a.Text[at:a.items[i].Start]); strings.TrimSpace(sep) != "" && !isCleanSeparator(sep, a.style.flow) {
			return false
		}
		at = a.items[i].End
	}
	sep := string(a.Text[at:e.End])
	return sep == "" || isCleanSeparator(sep, a.style.flow)
}
