// Package report prints what the engine found, one file a format.
package report

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"shellfree/internal/suggestion"
	"shellfree/rewrite"
)

// Report is the outcome of one run over any number of files.
type Report struct {
	// Formats are those that the report is printed in at its end: they say what
	// is kept. Without any, nothing but the counts is.
	Formats []Format
	Texts   []*Text  // those that are printed while files come
	Results []Result // of the files with findings, in the order of the files
	Files   []File   // every file that was read, in their order, for formats that tell of each
	Summary Summary

	Version string // of the tool, "" where it isn't known
	Folder  string // the absolute path that relative names begin at
	// Again is what to type behind the name of a command to run it on the same
	// paths with the same flags, quoted for a shell.
	Again string

	filled []*rewrite.Finding // those with placeholders
	names  fingerprints
}

// Result is what is kept of a file with findings: nothing of its text, but what
// the formats print of it.
type Result struct {
	Name     string // as the user gave it, with slashes
	Findings []Finding
}

// Finding is a finding with what the formats print of the file's text.
type Finding struct {
	*rewrite.Finding
	id           string             // that is known again when lines move
	image        string             // of the container, "" without one
	diff         []diffRow          // the fix side by side, or the command without one
	replacements []sarifReplacement // the fix
}

// excerpt writes into a finding what a format prints of the file's text.
type excerpt func(*Report, *rewrite.Result, *Finding)

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

// EveryFile reports whether a format tells of files without findings.
func (r *Report) EveryFile() bool {
	return slices.ContainsFunc(r.Formats, func(f Format) bool { return f.EveryFile })
}

// Add takes one file's result into the report.
func (r *Report) Add(result *rewrite.Result) {
	s := &r.Summary
	s.Files++
	if r.EveryFile() {
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
		r.keep(result)
	}
}

// keep keeps of a file with findings what will be printed.
func (r *Report) keep(result *rewrite.Result) {
	for i := range result.Findings {
		if f := &result.Findings[i]; len(f.Placeholders) > 0 {
			r.filled = append(r.filled, f)
		}
	}
	for _, t := range r.Texts {
		t.add(result)
	}
	if len(r.Formats) == 0 {
		return
	}
	kept := Result{result.Source.Name, make([]Finding, len(result.Findings))}
	for i := range result.Findings {
		kept.Findings[i].Finding = &result.Findings[i]
		for _, f := range r.Formats {
			if f.excerpt != nil {
				f.excerpt(r, result, &kept.Findings[i])
			}
		}
	}
	r.Results = append(r.Results, kept)
}

// kept yields what is kept of the findings, in the order of the files.
func (r *Report) kept() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, result := range r.Results {
			for _, f := range result.Findings {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Filled returns the findings with placeholders, in the order of the files. What
// is written into them is printed.
func (r *Report) Filled() []*rewrite.Finding { return r.filled }

// AddExcepted takes what exceptions cover of the file that was added last.
func (r *Report) AddExcepted(excepted []Excepted) {
	r.Summary.Excepted += len(excepted)
	if len(excepted) > 0 && r.EveryFile() {
		r.Files[len(r.Files)-1].Excepted = excepted
	}
}

func (s *Summary) count(f rewrite.Finding) {
	s.Findings++
	if f.Fix != nil {
		s.Fixable++
		if f.Fix.Grade == rewrite.NeedsReview {
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
	Name string
	// Write prints a report at its end; nil for one that is printed while files come.
	Write func(io.Writer, *Report) error
	// EveryFile is set for a format that tells of files without findings too.
	EveryFile bool

	excerpt excerpt // nil where findings alone are enough
}

// Formats returns every format; a new one is a file and a line here.
func Formats() []Format {
	return []Format{
		{Name: "text"}, // see Text
		{Name: "json", Write: WriteJSON},
		{Name: "sarif", Write: WriteSARIF, excerpt: excerptSARIF},
		{Name: "github", Write: WriteGitHub},
		{Name: "gitlab", Write: WriteGitLab, excerpt: identify},
		{Name: "junit", Write: WriteJUnit, EveryFile: true},
		{Name: "markdown", Write: WriteMarkdown},
		{Name: "html", Write: WriteHTML, EveryFile: true, excerpt: excerptHTML},
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
