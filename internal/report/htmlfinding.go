package report

import (
	"io"
	"strconv"

	g "maragu.dev/gomponents"
	"maragu.dev/gomponents/html"
)

func (p htmlPage) findings() g.Node {
	if len(p.Findings) == 0 {
		return pageSection("findings", "Findings", html.P(g.Text("Nothing to report.")))
	}
	return pageSection("findings", "Findings", p.filters(),
		onOwnLines(g.Map(p.Findings, func(f htmlFinding) g.Node { return f })...),
		html.P(html.ID("nothing"), hiddenAttribute(), g.Text("No finding fits these filters.")))
}

// hiddenAttribute is the attribute of elements that only the page's script shows.
func hiddenAttribute() g.Node { return g.Attr("hidden") }

// filters returns the form with the filters, which the page's script reads.
func (p htmlPage) filters() g.Node {
	return html.Form(html.ID("filters"), html.Aria("label", "Filter the findings"), hiddenAttribute(), onOwnLines(
		onOwnLines(g.Map(p.Filters, func(f htmlFilter) g.Node { return f.choice() })...),
		html.Label(g.Text("Text "), html.Input(html.Type("search"), html.Name("text"), html.AutoComplete("off"))),
		html.Button(html.Type("reset"), g.Text("Show all")),
		html.P(html.ID("shown"), html.Role("status"), html.Aria("live", "polite"), g.Textf("%d of %[1]d shown", len(p.Findings))),
	))
}

func (f htmlFilter) choice() g.Node {
	options := g.Map(f.Options, func(o htmlOption) g.Node {
		return html.Option(html.Value(o.Value), html.Data("label", o.Label), g.Textf("%s (%d)", o.Label, o.Count))
	})
	all := html.Option(html.Value(""), g.Text("all"))
	return html.Label(g.Text(f.Label+"\n"), html.Select(html.Name(f.Name), onOwnLines(append(g.Group{all}, options...)...)))
}

// Render prints the finding. Each finding is rendered on its own, so that the elements of
// all findings are never in memory together.
func (f htmlFinding) Render(w io.Writer) error {
	title := "t-" + f.ID
	return html.Article(html.Class("finding"), html.ID("f-"+f.ID), html.Data("status", f.Status), html.Data("rule", f.Rule.Code),
		html.Data("image", f.Image), html.Aria("labelledby", title), onOwnLines(
			html.H3(html.ID(title),
				html.Span(html.Class("badge "+f.class()), g.Text(f.mark()+" "+f.Status)), g.Text(" "),
				html.A(html.Href("#rule-"+f.Rule.Code), g.Text(f.Rule.Code+" "+f.Rule.Name)), g.Text(" "),
				html.Span(html.Class("place"), g.Text(f.Place))),
			g.If(f.Where != "", html.P(html.Class("where"), g.Text(f.Where))),
			html.P(html.Class("message"), g.Text(f.Message)),
			f.commandNode(), f.review(), f.notes(), f.suggestion(),
		)).Render(w)
}

// commandNode shows the fix side by side, or the command if it has no fix.
func (f htmlFinding) commandNode() g.Node {
	if f.Fixed {
		head := html.THead(html.Tr(html.Td(), columnHead("Before"), columnHead("After")))
		return scrollBox(html.Aria("label", "The fix, side by side"),
			html.Table(html.Class("diff"), head, html.TBody(onOwnLines(g.Map(f.Diff, diffRowNode)...))))
	}
	if len(f.Diff) == 0 {
		return nil
	}
	return html.Pre(html.TabIndex("0"), html.Aria("label", "The command"), g.Map(f.Diff, func(r diffRow) g.Node {
		return g.Group{lineParts(r.Old, html.Del), g.Text("\n")}
	}))
}

// diffRowNode shows an old line beside a new one.
func diffRowNode(r diffRow) g.Node {
	return html.Tr(html.Td(html.Class("line"), g.If(r.Number > 0, g.Text(strconv.Itoa(r.Number)))),
		lineCell(r.Old, html.Del), lineCell(r.New, html.Ins))
}

func lineCell(line []diffPart, changed func(...g.Node) g.Node) g.Node {
	class := "code"
	if len(line) == 0 {
		class = "code none"
	}
	return html.Td(html.Class(class), lineParts(line, changed))
}

// lineParts shows a line, with each changed part in an element of its own.
func lineParts(line []diffPart, changed func(...g.Node) g.Node) g.Group {
	return g.Map(line, func(p diffPart) g.Node {
		if p.Changed {
			return changed(g.Text(p.Text))
		}
		return g.Text(p.Text)
	})
}

// review shows the sentences to check, with boxes to tick.
func (f htmlFinding) review() g.Node {
	if len(f.Review) == 0 {
		return nil
	}
	checks := g.Map(f.Review, func(c htmlCheck) g.Node {
		return html.Label(html.Input(html.Type("checkbox"), html.Data("key", c.Key)), g.Text(" "), html.Span(g.Text(c.Text)))
	})
	return html.FieldSet(html.Class("review"), html.Legend(g.Text("To review")), onOwnLines(checks...))
}

func (f htmlFinding) notes() g.Node {
	if len(f.Notes) == 0 {
		return nil
	}
	notes := g.Map(f.Notes, func(s string) g.Node { return html.Li(g.Text(s)) })
	return html.Details(html.Summary(g.Text("What differs at run time")), html.Ul(onOwnLines(notes...)))
}

func (f htmlFinding) suggestion() g.Node {
	if f.Suggestion == "" {
		return nil
	}
	return onOwnLines(html.P(g.Text("To paste:")), html.Pre(html.TabIndex("0"), g.Text(f.Suggestion)))
}
