package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// Report is the outcome of one run over any number of files.
type Report struct {
	Entries []Entry
	// Unread counts the places that hold a command and can't be read.
	Unread int
}

// Entry is one comparison and the files it is about.
type Entry struct {
	Before, After string // names of the files
	Comparison
}

// Add takes the comparisons of one file into the report.
func (r *Report) Add(before, after string, all []Comparison) {
	for _, c := range all {
		r.Entries = append(r.Entries, Entry{before, after, c})
	}
}

// Same reports whether nothing differs and nothing is unclear.
func (r *Report) Same() bool {
	return r.Unread+r.count(Different)+r.count(Unclear) == 0
}

func (r *Report) count(v Verdict) int {
	n := 0
	for _, e := range r.Entries {
		if e.Verdict == v {
			n++
		}
	}
	return n
}

// place returns where the command stands now, or stood.
func (e Entry) place() (file string, at source.Position) {
	if e.Comparison.After == nil {
		return e.Before, e.Comparison.Before.At
	}
	return e.After, e.Comparison.After.At
}

// start returns the command as it is now, or was.
func (e Entry) start() rewrite.Start {
	if e.Comparison.After == nil {
		return *e.Comparison.Before
	}
	return *e.Comparison.After
}

// WriteText prints what changed, a block a command, and a summary.
func WriteText(w io.Writer, r *Report, printable func(string) string) error {
	var b strings.Builder
	for _, e := range r.Entries {
		if e.Verdict == Unchanged {
			continue
		}
		file, at := e.place()
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n", printable(file), at.Line, at.Column, e.Verdict, printable(e.where()))
		for _, s := range e.Differences {
			fmt.Fprintf(&b, "  - %s\n", printable(s))
		}
		for _, s := range e.Notes {
			fmt.Fprintf(&b, "  note: %s\n", printable(s))
		}
	}
	fmt.Fprintf(&b, "%d changed and the same, %d different, %d unclear, %d unchanged", r.count(Same), r.count(Different), r.count(Unclear), r.count(Unchanged))
	if r.Unread > 0 {
		fmt.Fprintf(&b, ", %d can't be read", r.Unread)
	}
	_, err := fmt.Fprintln(w, b.String())
	return err
}

// where names the place, and what keeps the output.
func (e Entry) where() string {
	s := e.start()
	var parts []string
	if s.Object != "" {
		parts = append(parts, strings.TrimSpace(s.Kind+" "+s.Object))
	}
	parts = append(parts, "container "+s.Container)
	if s.Site != "container" {
		parts = append(parts, s.Site)
	}
	text := strings.Join(parts, ", ")
	if e.Sink != "" {
		text += " (its output is kept by " + e.Sink + ")"
	}
	return text
}

// WriteJSON prints the report as one JSON object. Lists are never null.
func WriteJSON(w io.Writer, r *Report) error {
	type comparison struct {
		Before      string   `json:"before"`
		After       string   `json:"after"`
		Line        int      `json:"line"`
		Column      int      `json:"column"`
		Kind        string   `json:"kind"`
		Object      string   `json:"object"`
		Container   string   `json:"container"`
		Site        string   `json:"site"`
		Verdict     Verdict  `json:"verdict"`
		Sink        string   `json:"sink"`
		Differences []string `json:"differences"`
		Notes       []string `json:"notes"`
	}
	document := struct {
		Version     int          `json:"version"`
		Comparisons []comparison `json:"comparisons"`
		Unread      int          `json:"unread"`
	}{1, []comparison{}, r.Unread}
	for _, e := range r.Entries {
		_, at := e.place()
		s := e.start()
		document.Comparisons = append(document.Comparisons, comparison{
			e.Before, e.After, at.Line, at.Column, s.Kind, s.Object, s.Container, s.Site, e.Verdict, e.Sink,
			append([]string{}, e.Differences...), append([]string{}, e.Notes...),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
