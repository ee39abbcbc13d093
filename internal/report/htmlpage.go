package report

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"

	g "maragu.dev/gomponents"
	"maragu.dev/gomponents/html"
)

var (
	//go:embed assets/report.css
	htmlStyle string
	//go:embed assets/report.js
	htmlScript string
)

// Render prints the page. gomponents escapes every text and attribute. Only the style, the
// script and the pages of rules are raw, which are parts of the program.
func (p htmlPage) Render(w io.Writer) error {
	return g.Group{
		g.Raw("<!DOCTYPE html>\n"),
		html.HTML(html.Lang("en"), onOwnLines(
			html.Head(onOwnLines(
				html.Meta(html.Charset("utf-8")),
				html.Meta(g.Attr("http-equiv", "Content-Security-Policy"), html.Content(securityPolicy())),
				html.Meta(html.Name("viewport"), html.Content("width=device-width, initial-scale=1")),
				html.Meta(html.Name("color-scheme"), html.Content("light dark")),
				html.TitleEl(g.Text("shellfree report")),
				html.StyleEl(g.Raw(htmlStyle)),
			)),
			html.Body(onOwnLines(
				html.A(html.Class("skip"), html.Href("#findings"), g.Text("Skip to the findings")),
				p.header(),
				html.Main(onOwnLines(p.components(), p.images(), p.findings(), p.rules())),
				html.Script(g.Raw(htmlScript)),
			)),
		)),
		g.Text("\n"),
	}.Render(w)
}

// securityPolicy returns a policy that allows only the page's own script and style, and
// forbids to load anything.
func securityPolicy() string {
	sum := sha256.Sum256([]byte(htmlScript))
	return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// onOwnLines puts each node on a line of its own, so that two pages can be compared by
// line and the texts of neighbours stay apart.
func onOwnLines(nodes ...g.Node) g.Group {
	var all g.Group
	for _, n := range nodes {
		if n != nil {
			all = append(all, g.Text("\n"), n)
		}
	}
	return append(all, g.Text("\n"))
}

func (p htmlPage) header() g.Node {
	link := func(id, title string) g.Node { return html.A(html.Href("#"+id), g.Text(title)) }
	return html.Header(onOwnLines(
		html.H1(g.Text("Shell commands in Kubernetes manifests")),
		html.P(html.Class("lead"), g.Text(p.Counts+".")),
		html.P(g.Text(p.Images+"."), g.If(p.Version != "",
			g.Group{g.Text(" "), html.Span(html.Class("quiet"), g.Text("Written by shellfree "+p.Version+"."))})),
		html.Nav(html.Aria("label", "Sections"), onOwnLines(
			link("components", "Components"), link("images", "Images"), link("findings", "Findings"),
			g.If(len(p.Rules) > 0, link("rules", "Rules")),
		)),
	))
}

func pageSection(id, title string, children ...g.Node) g.Node {
	heading := html.H2(html.ID(id+"-title"), g.Text(title))
	return html.Section(html.ID(id), html.Aria("labelledby", id+"-title"), onOwnLines(append([]g.Node{heading}, children...)...))
}

// scrollBox puts a node that may be wider than the page into a box that scrolls, also with
// the keyboard.
func scrollBox(label g.Node, child g.Node) g.Node {
	return html.Div(html.Class("scroll"), html.TabIndex("0"), html.Role("region"), label, child)
}

// sectionTable shows the rows of a section, or says that there are none.
func sectionTable(section string, columns, rows g.Group, none string) g.Node {
	if len(rows) == 0 {
		rows = g.Group{html.Tr(html.Td(html.ColSpan(strconv.Itoa(len(columns))), g.Text(none)))}
	}
	return scrollBox(html.Aria("labelledby", section+"-title"),
		html.Table(html.THead(html.Tr(columns)), html.TBody(onOwnLines(rows...))))
}

func columnHead(title string, attributes ...g.Node) g.Node {
	return html.Th(html.Scope("col"), g.Group(attributes), g.Text(title))
}

// rowHead returns the head of a row, with a text from the manifests.
func rowHead(text, none string) g.Node {
	return html.Th(html.Scope("row"), html.Code(g.Text(cmp.Or(ReplaceUnprintable(text), none))))
}

func (p htmlPage) components() g.Node {
	key := func(class, text string) g.Node { return html.Span(html.Class("key "+class), g.Text(text)) }
	columns := g.Group{columnHead("Component"), columnHead("Runs as"), columnHead("Progress", html.Class("wide")), columnHead("Containers", html.Class("number"))}
	rows := g.Map(p.Inventory.Components, func(c *ComponentRow) g.Node {
		return html.Tr(rowHead(c.Name, "(unnamed)"), html.Td(g.Text(c.RunsAs)), html.Td(c.bar()),
			html.Td(html.Class("number"), g.Text(strconv.Itoa(c.Containers))))
	})
	return pageSection("components", "Components",
		html.P(html.Class("legend"), html.Aria("hidden", "true"), onOwnLines(
			key("free", "✓ without a shell"), key("fixable", "⚙ commands with a fix"), key("hand", "✗ commands to convert by hand"))),
		sectionTable("components", columns, rows, "No containers were found."))
}

// bar draws the progress of a component.
func (t Tally) bar() g.Node {
	part := func(class, mark string, n int) g.Node {
		return g.If(n > 0, html.Span(html.Class(class), html.Style(fmt.Sprintf("flex-grow: %d", n)), g.Textf("%s %d", mark, n)))
	}
	label := fmt.Sprintf("%d of %d containers without a shell, %d commands with a fix, %d to convert by hand", t.Free, t.Containers, t.Fixable, t.ByHand())
	return html.Div(html.Class("bar"), html.Role("img"), html.Aria("label", label),
		part("free", "✓", t.Free), part("fixable", "⚙", t.Fixable), part("hand", "✗", t.ByHand()))
}

func (p htmlPage) images() g.Node {
	columns := g.Group{columnHead("Image"), columnHead("Verdict"), columnHead("Log sink"), columnHead("Runs as"), columnHead("Containers")}
	rows := g.Map(p.Inventory.Images, func(i *ImageRow) g.Node {
		return html.Tr(rowHead(i.Image, noImage),
			html.Td(html.Span(html.Class("verdict "+string(i.Status())), g.Text(i.mark()+" "+ReplaceUnprintable(i.Verdict())))),
			html.Td(g.Map(i.Sinks, func(s SinkChange) g.Node { return html.Div(g.Text(s.String())) })),
			html.Td(g.Map(i.RunsAs, func(s string) g.Node { return html.Div(g.Text(s)) })),
			html.Td(html.Details(html.Summary(g.Text(strconv.Itoa(len(i.Places)))), g.Map(i.Places, func(p Place) g.Node {
				return html.Div(html.Code(g.Text(ReplaceUnprintable(p.String()))))
			}))))
	})
	return pageSection("images", "Images", sectionTable("images", columns, rows, "No images were found."), p.unreadFiles())
}

func (p htmlPage) unreadFiles() g.Node {
	if len(p.Unread) == 0 {
		return nil
	}
	names := g.Map(p.Unread, func(name string) g.Node { return html.Li(html.Code(g.Text(name))) })
	return onOwnLines(html.H3(g.Text("Files that could not be read")), html.Ul(onOwnLines(names...)))
}

func (p htmlPage) rules() g.Node {
	if len(p.Rules) == 0 {
		return nil
	}
	return pageSection("rules", "Rules", g.Map(p.Rules, func(r htmlRule) g.Node {
		return html.Details(html.Class("page"), html.ID("rule-"+r.Code),
			html.Summary(g.Text(r.Code+" "+r.Name+": "+r.Rule.Summary)), g.Raw(r.Page))
	})...)
}
