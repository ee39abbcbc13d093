// Package report prints what the engine found, one file a format.
package report

import (
	"fmt"
	"io"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/suggestion"
)

// Report is the outcome of one run over any number of files.
type Report struct {
	Results []*rewrite.Result // of the files with findings, in the order of the files
	// EveryFile is set where a format tells of files without findings; otherwise
	// nothing is kept of them.
	EveryFile bool
	Files     []File // every file that was read, in their order, with EveryFile
	Summary   Summary

	Version string // of the tool, "" where it isn't known
	Folder  string // the absolute path that relative names begin at
	// Again is what to type behind the name of a command to run it on the same
	// paths with the same flags, quoted for a shell.
	Again string
	Style Style
}

// Style says how text is laid out and whether it is coloured.
type Style struct{ Grouped, Color bool }

// File is what is kept of every file, one without findings included.
type File struct {
	Name            string // as the user gave it, with slashes
	Parsed, Foreign bool
	Findings        []rewrite.Finding
	Containers      []rewrite.Container
	Excepted        []Excepted
}

// Excepted is a finding that is not reported, and why.
type Excepted struct {
	rewrite.Finding
	Reason string
}

// Summary counts what a run saw.
type Summary struct {
	Files int `json:"files"` // read
	// PassedOver counts files of which the bytes alone tell that there is nothing
	// to report; they are neither parsed nor skipped nor foreign.
	PassedOver int `json:"passedOver"`

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
	if r.EveryFile {
		r.Files = append(r.Files, File{result.Source.Name, result.Parsed, result.Foreign, result.Findings, result.Containers, nil})
	}
	switch {
	case result.PassedOver:
		s.PassedOver++
	case !result.Parsed:
		s.Skipped++
	case result.Foreign:
		s.Parsed++
		s.Foreign++
	default:
		s.Parsed++
	}
	for _, f := range result.Findings {
		s.count(f)
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

// AddExcepted takes what exceptions cover of the file that was added last.
func (r *Report) AddExcepted(excepted []Excepted) {
	r.Summary.Excepted += len(excepted)
	if r.EveryFile && len(excepted) > 0 {
		r.Files[len(r.Files)-1].Excepted = excepted
	}
}

func (s *Summary) count(f rewrite.Finding) {
	s.Findings++
	if f.Fix != nil {
		s.Fixable++
		if f.Fix.Grade == rewrite.Review {
			s.Review++
		}
	}
}

// command returns the words that run one of shellfree's commands on the same
// files with the same flags.
func (r *Report) command(name string) string {
	return strings.TrimSpace("shellfree " + name + " " + r.Again)
}

// Format is a way to print a report.
type Format struct {
	Name  string
	Write func(io.Writer, *Report) error
	// EveryFile is set for a format that tells of files without findings too.
	EveryFile bool
}

// Formats returns every format; a new one is a file and a line here.
func Formats() []Format {
	return []Format{
		{"text", WriteText, false},
		{"json", WriteJSON, false},
		{"sarif", WriteSARIF, false},
		{"github", WriteGitHub, false},
		{"gitlab", WriteGitLab, false},
		{"junit", WriteJUnit, true},
		{"markdown", WriteMarkdown, false},
		{"html", WriteHTML, true},
	}
}

// Named returns one of the formats by its name, or an error that lists them.
func Named(name string, formats []Format) (Format, error) {
	var known []string
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
		known = append(known, f.Name)
	}
	return Format{}, fmt.Errorf("format %q is not known: %s", name, suggestion.For(name, known))
}
