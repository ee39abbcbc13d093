package judge

import (
	"bytes"
	"slices"
	"strings"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/doubt"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
)

// Fix is a verdict with a proposal, and its edits in the outermost text.
type Fix struct {
	Verdict *Verdict
	Edits   []source.Edit
}

// Review lets the doubts look that need all fixes of a text, those in its strings
// among them, and puts new verdicts in the place of those that they raise.
func (j Judge) Review(t *reading.Text, fixes []Fix) {
	reused := reuse(t, fixes)
	for _, f := range fixes {
		v, p := *f.Verdict, *f.Verdict.Proposal
		said := j.doubted(doubt.Case{
			Text: t, Command: v.Command, Migration: p.Migration != nil, Invocation: p.Invocation, Fields: p.Fields,
			Conversion: p.Conversion, Dropped: p.Dropped, Placeholders: p.Placeholders, Reused: reused,
		}, doubt.File)
		if said.Obstacle != nil {
			*f.Verdict = v.Refused(said.Obstacle.Rule, said.Obstacle.Message)
			continue
		}
		p.Reviews, p.Evidence = distinct(p.Reviews, said.Reviews), append(p.Evidence, said.Evidence...)
		v.Proposal = &p
		*f.Verdict = v
	}
}

// filling is a placeholder with the form in which a fix wants it filled.
type filling struct {
	name string
	form finding.Form
}

// reuse returns a function that counts the other places of a placeholder that a
// fix wants filled as list items.
func reuse(t *reading.Text, fixes []Fix) func(finding.Placeholder) int {
	if !slices.ContainsFunc(fixes, func(f Fix) bool { return len(f.Verdict.Proposal.Placeholders) > 0 }) {
		return func(finding.Placeholder) int { return 0 }
	}
	others := otherPlaces(t, fixes)
	return func(p finding.Placeholder) int { return others[filling{p.Name, p.Form}] }
}

// otherPlaces counts, for each filling, the places where list items are wrong. A
// comment is no such place, nor is a list that has the placeholder as the fix does.
func otherPlaces(t *reading.Text, fixes []Fix) map[filling]int {
	found := t.Placeholders(t.Source.Text)
	places := map[string][]int{} // of a name, in found
	for i, p := range found {
		if p.Kind == dialect.Value && !inComment(t, p) {
			places[p.Name] = append(places[p.Name], i)
		}
	}
	right := filledPlaces(found, fixes)
	others := map[filling]int{}
	for fill, in := range right {
		for _, i := range places[fill.name] {
			if !in[i] && !amongItems(t.Source.Text, found[i], fill.form) {
				others[fill]++
			}
		}
	}
	return others
}

// filledPlaces returns the placeholders in commands whose fix wants them filled so.
func filledPlaces(found []dialect.Placeholder, fixes []Fix) map[filling]map[int]bool {
	all := map[filling]map[int]bool{}
	for _, f := range fixes {
		forms := map[string][]finding.Form{} // by name
		for _, p := range f.Verdict.Proposal.Placeholders {
			forms[p.Name] = append(forms[p.Name], p.Form)
			if fill := (filling{p.Name, p.Form}); all[fill] == nil {
				all[fill] = map[int]bool{}
			}
		}
		for _, e := range f.Edits {
			i, _ := slices.BinarySearchFunc(found, e.Start, func(p dialect.Placeholder, at int) int { return p.Start - at })
			for ; i < len(found) && found[i].Start < e.End; i++ {
				for _, form := range forms[found[i].Name] {
					all[filling{found[i].Name, form}][i] = true
				}
			}
		}
	}
	return all
}

func inComment(t *reading.Text, p dialect.Placeholder) bool {
	line := t.Source.Text[t.Source.LineStart(p.Start):p.Start]
	return bytes.HasPrefix(bytes.TrimSpace(line), []byte("#"))
}

// amongItems reports a placeholder between the items of a flow list, glued to the
// one before it or an item of its own.
func amongItems(text []byte, o dialect.Placeholder, form finding.Form) bool {
	before, after := text[:o.Start], bytes.TrimLeft(text[o.End:], " \t\r\n")
	if form == finding.Upstream {
		before = bytes.TrimRight(before, " \t\r\n")
	}
	last := map[finding.Form]string{finding.Glued: `"'}`, finding.Upstream: "[,"}[form]
	return len(before) > 0 && strings.IndexByte(last, before[len(before)-1]) >= 0 &&
		len(after) > 0 && strings.IndexByte(",]{", after[0]) >= 0
}
