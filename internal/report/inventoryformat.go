package report

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// InventoryFormats returns the formats of the inventory.
func InventoryFormats() []Format {
	return []Format{
		{Name: "markdown", Write: writeInventoryMarkdown, EveryFile: true},
		{Name: "csv", Write: writeInventoryCSV, EveryFile: true},
		{Name: "json", Write: writeInventoryJSON, EveryFile: true},
		{Name: "html", Write: WriteHTML, EveryFile: true, excerpt: excerptHTML},
	}
}

// noImage is shown for the image of a container without one.
const noImage = "(none)"

func writeInventoryMarkdown(w io.Writer, r *Report) error {
	b, v := bufio.NewWriter(w), r.Inventory()
	fmt.Fprintf(b, "## Images\n\n%s\n\n", markdownText(v.sentence()))
	fmt.Fprint(b, "| component | runs as | image | log sink before → after | containers | verdict |\n|---|---|---|---|---|---|\n")
	for _, i := range v.Images {
		row := []string{markdownCodes(i.Components), markdownText(strings.Join(i.RunsAs, ", ")), markdownImage(i.Image),
			markdownCodes(i.Sinks), markdownCodes(i.Places), markdownText(i.Verdict())}
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
	}
	fmt.Fprint(b, "\n## Components\n\n| component | runs as | containers | without a shell | shell commands | fixable |\n|---|---|--:|--:|--:|--:|\n")
	for _, c := range v.Components {
		fmt.Fprintf(b, "| %s | %s | %d | %d | %d | %d |\n", markdownCode(c.Name), markdownText(c.RunsAs), c.Containers, c.Free, c.Commands, c.Fixable)
	}
	if len(v.Unread) > 0 {
		fmt.Fprint(b, "\n## Files that could not be read\n\n")
	}
	for _, name := range v.Unread {
		fmt.Fprintf(b, "- %s\n", markdownCode(name))
	}
	return b.Flush()
}

func markdownImage(image string) string {
	if image == "" {
		return noImage
	}
	return markdownCode(image)
}

// markdownCodes returns code spans, each on a line of its own within a cell.
func markdownCodes[T any](list []T) string {
	codes := make([]string, len(list))
	for i, item := range list {
		codes[i] = markdownCode(fmt.Sprint(item))
	}
	return strings.Join(codes, "<br>")
}

func writeInventoryCSV(w io.Writer, r *Report) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"component", "runs as", "image", "sink before", "sink after", "places", "containers", "commands", "fixable", "status", "verdict"}}
	for _, i := range r.Inventory().Images {
		var before, after, places []string
		for _, s := range i.Sinks {
			before, after = append(before, s.Before), append(after, s.After)
		}
		for _, p := range i.Places {
			places = append(places, p.String())
		}
		rows = append(rows, []string{
			strings.Join(i.Components, " "), strings.Join(i.RunsAs, ", "), i.Image, strings.Join(before, " "), strings.Join(after, " "),
			strings.Join(places, " "), strconv.Itoa(i.Containers), strconv.Itoa(i.Commands), strconv.Itoa(i.Fixable), string(i.Status()), i.Verdict(),
		})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = csvCell(row[i])
		}
	}
	return c.WriteAll(rows)
}

// csvCell returns text for a cell, with a ' before text that a spreadsheet would read as a
// formula.
func csvCell(s string) string {
	if s = ReplaceUnprintable(s); strings.IndexAny(s, "=+-@\t") == 0 {
		return "'" + s
	}
	return s
}

// inventoryImage and inventoryComponent are parts of version 1 of the JSON inventory. Later
// versions only add keys.
type inventoryImage struct {
	Image      string       `json:"image"`
	Components []string     `json:"components"`
	RunsAs     []string     `json:"runsAs"`
	Places     []Place      `json:"places"`
	Sinks      []SinkChange `json:"sinks"`
	Status     Status       `json:"status"`
	Verdict    string       `json:"verdict"`
	Exception  string       `json:"exception"`
	Tally
}

type inventoryComponent struct {
	Name   string   `json:"name"`
	RunsAs string   `json:"runsAs"`
	Images []string `json:"images"`
	Tally
}

func writeInventoryJSON(w io.Writer, r *Report) error {
	v := r.Inventory()
	d := struct {
		Version    int                  `json:"version"`
		Images     []inventoryImage     `json:"images"`
		Components []inventoryComponent `json:"components"`
		Unread     []string             `json:"unread"`
	}{1, []inventoryImage{}, []inventoryComponent{}, emptyIfNil(v.Unread)}
	for _, i := range v.Images {
		sinks := i.Sinks
		if sinks == nil {
			sinks = []SinkChange{}
		}
		d.Images = append(d.Images, inventoryImage{i.Image, i.Components, i.RunsAs, i.Places, sinks, i.Status(), i.Verdict(), i.Exception, i.Tally})
	}
	for _, c := range v.Components {
		d.Components = append(d.Components, inventoryComponent{c.Name, c.RunsAs, c.Images, c.Tally})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(d)
}
