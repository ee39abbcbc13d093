package rewrite

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"shellfree/rewrite/dialect"
)

// filling is a placeholder with the form in which a fix wants it filled.
type filling struct {
	name string
	form Form
}

// shared asks about placeholders that fixes want filled as list items and that
// stand at other places of the file too: what fills them reaches those as well.
func (f *file) shared() {
	if f.depth > 0 || !slices.ContainsFunc(f.result.Findings, func(f Finding) bool { return len(f.Placeholders) > 0 }) {
		return // the file around a string looks at all of it
	}
	others := f.others(dialect.Find(f.result.Source.Text, f.dialects()))
	for i := range f.result.Findings {
		finding := &f.result.Findings[i]
		for _, p := range finding.Placeholders {
			places := "another place"
			switch n := others[filling{p.Name, p.Form}]; {
			case n == 0 || p.Form == Item:
				continue
			case n > 1:
				places = strconv.Itoa(n) + " other places"
			}
			finding.Review = append(finding.Review, p.Text+" stands at "+places+" of the file too, where list items are wrong: give the one in the list a name of its own")
		}
	}
}

// others counts, for each filling, the places where list items are wrong. A
// comment is no such place, nor is a list that has the placeholder as the fix does.
func (f *file) others(found []dialect.Placeholder) map[filling]int {
	places := map[string][]int{} // of a name, in found
	for i, p := range found {
		if p.Kind == dialect.Value && !f.inComment(p) {
			places[p.Name] = append(places[p.Name], i)
		}
	}
	right := f.filled(found)
	others := map[filling]int{}
	for fill, in := range right {
		for _, i := range places[fill.name] {
			if !in[i] && !amongItems(f.result.Source.Text, found[i], fill.form) {
				others[fill]++
			}
		}
	}
	return others
}

// filled returns the placeholders in commands whose fix wants them filled so.
func (f *file) filled(found []dialect.Placeholder) map[filling]map[int]bool {
	all := map[filling]map[int]bool{}
	for _, finding := range f.result.Findings {
		if finding.Fix == nil {
			continue
		}
		for _, p := range finding.Placeholders {
			fill := filling{p.Name, p.Form}
			if all[fill] == nil {
				all[fill] = map[int]bool{}
			}
			for _, e := range finding.Fix.Edits {
				i, _ := slices.BinarySearchFunc(found, e.Start, func(p dialect.Placeholder, at int) int { return p.Start - at })
				for ; i < len(found) && found[i].Start < e.End; i++ {
					all[fill][i] = true
				}
			}
		}
	}
	return all
}

func (f *file) inComment(p dialect.Placeholder) bool {
	line := f.result.Source.Text[f.result.Source.LineStart(p.Start):p.Start]
	return bytes.HasPrefix(bytes.TrimSpace(line), []byte("#"))
}

// amongItems reports a placeholder between the items of a flow list, glued to the
// one before it or an item of its own.
func amongItems(text []byte, o dialect.Placeholder, form Form) bool {
	before, after := text[:o.Start], bytes.TrimLeft(text[o.End:], " \t\r\n")
	if form == Upstream {
		before = bytes.TrimRight(before, " \t\r\n")
	}
	last := map[Form]string{Glued: `"'}`, Upstream: "[,"}[form]
	return len(before) > 0 && strings.IndexByte(last, before[len(before)-1]) >= 0 &&
		len(after) > 0 && strings.IndexByte(",]{", after[0]) >= 0
}
