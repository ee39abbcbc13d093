package report

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// htmlPage is the data of the HTML page. Its texts are printable already, except those
// of the inventory, which Render makes printable. Render escapes all of them.
type htmlPage struct {
	Version   string
	Counts    string
	Images    string
	Inventory *Inventory
	Unread    []string
	Findings  []htmlFinding
	Filters   []htmlFilter
	Rules     []htmlRule
}

type htmlFinding struct {
	ID, Place, Where, Image, Status string
	Rule                            rule.Rule
	Message, Suggestion             string
	Fixed                           bool
	Review                          []htmlCheck
	Notes                           []string
	Diff                            []diffRow
}

// htmlCheck is a sentence of a review; the browser stores its tick under Key.
type htmlCheck struct{ Key, Text string }

// htmlFilter is a select element that filters findings by one of their data attributes.
type htmlFilter struct {
	Name, Label string
	Options     []htmlOption
}

type htmlOption struct {
	Value, Label string
	Count        int
}

type htmlRule struct {
	rule.Rule
	Page string // HTML
}

// WriteHTML prints the report as one page that needs no network: the inventory,
// then every finding with its fix side by side.
func WriteHTML(w io.Writer, r *Report) error {
	page := htmlPage{Version: r.Version, Counts: r.Summary.counts(), Inventory: r.Inventory()}
	page.Images = page.Inventory.sentence()
	for f := range r.keptFindings() {
		page.Findings = append(page.Findings, toHTML(f))
	}
	for _, name := range page.Inventory.Unread {
		page.Unread = append(page.Unread, ReplaceUnprintable(name))
	}
	page.Filters = newFilters(page.Findings)
	for _, c := range r.countByRule() {
		body, err := rulePageHTML(c.rule)
		if err != nil {
			return err
		}
		page.Rules = append(page.Rules, htmlRule{c.rule, body})
	}
	b := bufio.NewWriter(w)
	if err := page.Render(b); err != nil {
		return err
	}
	return b.Flush()
}

// excerptHTML keeps a finding's image and the lines that the page shows.
func excerptHTML(r *Report, result *rewrite.Result, f *Finding) {
	setFingerprint(r, result, f)
	if i, ok := f.In(result.Containers); ok {
		f.image = result.Containers[i].Image
	}
	if f.Fix != nil {
		f.diff = sideBySide(result.Source, f.Fix.Edits)
	} else {
		f.diff = sourceRows(result.Source, *f.Finding)
	}
}

func toHTML(kept Finding) htmlFinding {
	f := *kept.Finding
	h := htmlFinding{
		ID: kept.id, Fixed: f.Fix != nil, Place: fmt.Sprintf("%s:%d:%d", ReplaceUnprintable(f.File), f.Start.Line, f.Start.Column),
		Where: ReplaceUnprintable(describePlace(f)), Image: cmp.Or(ReplaceUnprintable(kept.image), noImage), Status: findingStatus(f), Rule: f.Rule,
		Message: replaceUnprintableInLines(f.Message), Suggestion: replaceUnprintableInLines(f.Suggestion),
		Diff: kept.diff,
	}
	for i, s := range f.Sentences() {
		h.Review = append(h.Review, htmlCheck{fmt.Sprintf("%s-%d", kept.id, i), ReplaceUnprintable(s)})
	}
	for _, s := range f.Notes {
		h.Notes = append(h.Notes, ReplaceUnprintable(s))
	}
	return h
}

// findingStatus returns one of four words for the status of a finding.
func findingStatus(f rewrite.Finding) string {
	switch {
	case f.Fix == nil && f.Rule.Advisory():
		return "advice"
	case f.Fix == nil:
		return "obstacle"
	case f.Fix.Grade == rewrite.NeedsReview:
		return "fix to review"
	}
	return "safe fix"
}

// mark returns the symbol of the status, shown beside the word.
func (f htmlFinding) mark() string {
	return map[string]string{"advice": "ⓘ", "obstacle": "✗", "fix to review": "⚙", "safe fix": "✓"}[f.Status]
}

// class returns the CSS class of the status.
func (f htmlFinding) class() string {
	return map[string]string{"advice": "advice", "obstacle": "obstacle", "fix to review": "tocheck", "safe fix": "safe"}[f.Status]
}

// mark returns the symbol of the image's status, shown beside the verdict.
func (i *ImageRow) mark() string {
	return map[Status]string{Ready: "✓", Blocked: "✗", KeepsShell: "ⓘ", Unknown: "?"}[i.Status()]
}

// newFilters returns the filters with the values that occur in the findings.
func newFilters(findings []htmlFinding) []htmlFilter {
	return []htmlFilter{
		newFilter("status", "Status", findings, func(f htmlFinding) (string, string) { return f.Status, f.Status }),
		newFilter("rule", "Rule", findings, func(f htmlFinding) (string, string) { return f.Rule.Code, f.Rule.Code + " " + f.Rule.Name }),
		newFilter("image", "Image", findings, func(f htmlFinding) (string, string) { return f.Image, f.Image }),
	}
}

func newFilter(name, label string, findings []htmlFinding, of func(htmlFinding) (value, label string)) htmlFilter {
	index, f := map[string]int{}, htmlFilter{Name: name, Label: label}
	for _, finding := range findings {
		value, text := of(finding)
		i, known := index[value]
		if !known {
			i = len(f.Options)
			index[value] = i
			f.Options = append(f.Options, htmlOption{Value: value, Label: text})
		}
		f.Options[i].Count++
	}
	slices.SortFunc(f.Options, func(a, b htmlOption) int { return cmp.Compare(a.Label, b.Label) })
	return f
}

// rulePageHTML returns the page of a rule as HTML, with headings two levels below the
// report's. Links to other files are kept, though the report does not have these files.
func rulePageHTML(r rule.Rule) (string, error) {
	page := []byte(rulePage(r))
	root := goldmark.DefaultParser().Parse(text.NewReader(page))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			h.Level += 2
		}
	}
	var b bytes.Buffer
	err := goldmark.DefaultRenderer().Render(&b, page, root)
	return b.String(), err
}

// sourceRows returns the lines of a command without a fix.
func sourceRows(src *source.Source, f rewrite.Finding) []diffRow {
	var rows []diffRow
	for n := f.Start.Line; n <= min(f.End.Line, f.Start.Line+maxSourceLines-1); n++ {
		rows = append(rows, diffRow{Number: n, Old: []diffPart{{Text: clipLine(ReplaceUnprintable(src.Line(n)), f.Start.Column)}}})
	}
	return rows
}
