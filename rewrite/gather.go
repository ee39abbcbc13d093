package rewrite

import (
	"cmp"
	"slices"

	"shellfree/rewrite/directive"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/judge"
	"shellfree/rewrite/rule"
)

// result gathers the findings of a manifest, with those of its strings led to it.
func (m *manifest) result() *Result {
	t := m.text
	r := &Result{Source: t.Source, Parsed: t.Parsed, Foreign: t.Foreign, Containers: t.Containers}
	for _, u := range t.Unread {
		r.Findings = append(r.Findings, judge.Unread(t, u).Findings()...)
	}
	for _, s := range t.TooDeep {
		if s.MayHoldShell() {
			r.Findings = append(r.Findings, judge.TooDeep(t, s).Findings()...)
		}
	}
	for _, v := range m.verdicts {
		r.Findings = append(r.Findings, v.Findings()...)
	}
	if m.directed {
		r.Directives = directive.In(t)
	}
	for _, s := range m.strings {
		r.add(s, s.result())
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	slices.SortStableFunc(r.Containers, func(a, b Container) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	r.Directives = directive.Distinct(r.Directives)
	return r
}

// add appends the result of a manifest in a string, with its places and edits in the
// text around it.
func (r *Result) add(s *inString, inner *Result) {
	for _, f := range inner.Findings {
		r.Findings = append(r.Findings, f.At(s.place(f), s.outward))
	}
	for _, c := range inner.Containers {
		c.StartOffset, c.EndOffset = s.Text.Offset(c.StartOffset), s.Text.Offset(c.EndOffset)
		c.Start = s.outer.Position(c.StartOffset)
		r.Containers = append(r.Containers, c)
	}
	for _, d := range inner.Directives {
		r.Directives = append(r.Directives, s.directive(d))
	}
	r.Foreign = r.Foreign && (!inner.Parsed || inner.Foreign)
}

// place leads a finding's place to the text around the string. Where a string can't
// be read, the offset is that of a document, and the line that of the error.
func (s *inString) place(f Finding) finding.Place {
	p, inner := f.Place, s.text.Source
	start := p.StartOffset
	if p.Start != inner.Position(start) {
		start = inner.LineOffset(p.Start.Line) + p.Start.Column - 1
	}
	p.StartOffset, p.EndOffset = s.Text.Offset(p.StartOffset), s.Text.Offset(p.EndOffset)
	p.Start, p.End = s.outer.Position(s.Text.Offset(start)), s.outer.Position(p.EndOffset)
	if f.Rule == rule.Unparsable {
		p.End = p.Start
	}
	if p.KeyLine > 0 {
		p.KeyLine = s.line(p.KeyLine)
	}
	return p
}

// line returns the line of the outer text on which a line of the manifest begins.
func (s *inString) line(n int) int {
	return s.outer.Position(s.Text.Offset(s.text.Source.LineOffset(n))).Line
}

// directive leads a directive of the manifest to the text around the string.
func (s *inString) directive(d Directive) Directive {
	d.StartOffset, d.ScopeStart, d.ScopeEnd = s.Text.Offset(d.StartOffset), s.Text.Offset(d.ScopeStart), s.Text.Offset(d.ScopeEnd)
	d.Start, d.Last = s.outer.Position(d.StartOffset), s.line(d.Last)
	return d
}
