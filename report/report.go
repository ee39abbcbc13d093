// Package report prints what the engine found, one file a format.
package report

import (
	"fmt"
	"io"

	"shellfree/rewrite"
	"shellfree/rewrite/suggestion"
)

// Report is the outcome of one run over any number of files.
type Report struct {
	Results []*rewrite.Result // in the order of the files
	Summary Summary
}

// Summary counts what a run saw.
type Summary struct {
	Files    int `json:"files"`    // read
	Parsed   int `json:"parsed"`   // parsed, masked or not
	Skipped  int `json:"skipped"`  // not parsed; those that may hold a shell are findings as well
	Foreign  int `json:"foreign"`  // parsed, but no Kubernetes object
	Findings int `json:"findings"` // of all kinds
	Fixable  int `json:"fixable"`  // findings with a fix
	Review   int `json:"review"`   // fixes that need a person's check
	// Excepted and Baselined are no findings of the report: exceptions cover
	// them, or the baseline has them.
	Excepted  int `json:"excepted"`
	Baselined int `json:"baselined"`
}

// Add takes one file's result into the report.
func (r *Report) Add(result *rewrite.Result) {
	s := &r.Summary
	s.Files++
	switch {
	case !result.Parsed:
		s.Skipped++
	case result.Foreign:
		s.Parsed++
		s.Foreign++
	default:
		s.Parsed++
	}
	for _, f := range result.Findings {
		s.Findings++
		if f.Fix != nil {
			s.Fixable++
			if f.Fix.Grade == rewrite.Review {
				s.Review++
			}
		}
	}
	if len(result.Findings) > 0 {
		r.Results = append(r.Results, result)
	}
}

// Findings returns all findings in the order of the files.
func (r *Report) Findings() []*rewrite.Finding {
	var all []*rewrite.Finding
	for _, result := range r.Results {
		for i := range result.Findings {
			all = append(all, &result.Findings[i])
		}
	}
	return all
}

// Format is a way to print a report.
type Format struct {
	Name  string
	Doc   string // one phrase for --help
	Write func(io.Writer, *Report) error
}

// Formats returns every format; a new one is a file and a line here.
func Formats() []Format {
	return []Format{
		{"text", "for people: place, source line, what to do", WriteText},
		{"json", "version 1 of the report, for programs", WriteJSON},
	}
}

// Named returns a format by its name, or an error that lists the known ones.
func Named(name string) (Format, error) {
	var known []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		known = append(known, f.Name)
	}
	return Format{}, fmt.Errorf("format %q is not known: %s", name, suggestion.For(name, known))
}
