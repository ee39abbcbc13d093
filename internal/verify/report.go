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
	// Unread is the number of places that hold a command but can't be read.
	Unread int
}

// Entry is one comparison with the names of its files.
type Entry struct {
	Before, After string // names of the files
	Comparison
}

// Add adds the comparisons of one file to the report.
func (r *Report) Add(before, after string, all []Comparison) {
	for _, c := range all {
		r.Entries = append(r.Entries, Entry{before, after, c})
	}
}

// IsSame reports whether no command differs and none is unclear.
func (r *Report) IsSame() bool {
	return r.Unread+r.countVerdict(Different)+r.countVerdict(Unclear) == 0
}

func (r *Report) countVerdict(v Verdict) int {
	n := 0
	for _, e := range r.Entries {
		if e.Verdict == v {
			n++
		}
	}
	return n
}

// place returns the place of the command after the change, or before it if the command
// is gone.
func (e Entry) place() (file string, at source.Position) {
	if e.Comparison.After == nil {
		return e.Before, e.Comparison.Before.At
	}
	return e.After, e.Comparison.After.At
}

// currentStart returns the command after the change, or before it if the command is
// gone.
func (e Entry) currentStart() rewrite.Start {
	if e.Comparison.After == nil {
		return *e.Comparison.Before
	}
	return *e.Comparison.After
}

// WriteText prints a block for each command that changed, and a summary.
func WriteText(w io.Writer, r *Report, printable func(string) string) error {
	var b strings.Builder
	for _, e := range r.Entries {
		if e.Verdict == Unchanged {
			continue
		}
		file, at := e.place()
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n", printable(file), at.Line, at.Column, e.Verdict, printable(e.describePlace()))
		for _, s := range e.Differences {
			fmt.Fprintf(&b, "  - %s\n", printable(s))
		}
		for _, s := range e.Notes {
			fmt.Fprintf(&b, "  note: %s\n", printable(s))
		}
	}
	fmt.Fprintf(&b, "%d changed and the same, %d different, %d unclear, %d unchanged", r.countVerdict(Same), r.countVerdict(Different), r.countVerdict(Unclear), r.countVerdict(Unchanged))
	if r.Unread > 0 {
		fmt.Fprintf(&b, ", %d can't be read", r.Unread)
	}
	_, err := fmt.Fprintln(w, b.String())
	return err
}

// describePlace returns object, container and site of the command in words, and the
// sink that keeps its output.
func (e Entry) describePlace() string {
	s := e.currentStart()
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
		s := e.currentStart()
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
