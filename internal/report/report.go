// Package report prints findings in several formats, one in each file.
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

// Report is the result of one run over any number of files.
type Report struct {
	// Formats are the formats in which the report is printed at the end. The report keeps
	// of each file what they need; without any it keeps only the counts.
	Formats []Format
	Texts   []*Text  // texts that are printed while files are judged
	Results []Result // the files with findings, in order
	Files   []File   // all files that were read, in order, if some format lists them
	Summary Summary

	Version string // version of the tool, "" if unknown
	Folder  string // absolute path of the folder to which relative names refer
	// RerunArguments are the arguments with which another command runs on the same paths
	// with the same flags, quoted for a shell.
	RerunArguments string

	withPlaceholders []*rewrite.Finding // those with placeholders
	fingerprints     fingerprints
}

// Result is a file with findings. It holds only those parts of the file's text that the
// formats print.
type Result struct {
	Name     string // as the user gave it, with slashes
	Findings []Finding
}

// Finding is a finding with the parts of the file's text that the formats print.
type Finding struct {
	*rewrite.Finding
	id           string             // fingerprint, which stays the same when lines move
	image        string             // image of the container, may be ""
	diff         []diffRow          // the fix side by side, or the command if there is no fix
	replacements []sarifReplacement // the fix for SARIF
}

// excerpt copies into a finding the parts of the file's text that a format prints.
type excerpt func(*Report, *rewrite.Result, *Finding)

// Style is the style of text: whether findings are grouped by file, and whether there are
// colours.
type Style struct{ Grouped, Color bool }

// File is a file that was read, with or without findings.
type File struct {
	Name            string // as the user gave it, with slashes
	Parsed, Foreign bool
	Findings        []rewrite.Finding
	Containers      []rewrite.Container
	Excepted        []ExceptedFinding
}

// ExceptedFinding is a finding that is not reported, with the reason of the exception.
type ExceptedFinding struct {
	rewrite.Finding
	Reason string
}

// Summary counts the files and findings of a run.
type Summary struct {
	Files int `json:"files"` // read
	// PassedOver counts files whose bytes show, without parsing, that there is nothing to
	// report; they are neither parsed nor skipped nor foreign.
	PassedOver int `json:"passedOver"`

	Parsed   int `json:"parsed"`   // parsed, masked or not
	Skipped  int `json:"skipped"`  // not parsed; if they may hold a shell, there is a finding too
	Foreign  int `json:"foreign"`  // parsed, but not a Kubernetes object
	Findings int `json:"findings"` // of all kinds
	Fixable  int `json:"fixable"`  // findings with a fix
	Review   int `json:"review"`   // fixes that need a person's check
	// Excepted and Baselined count the findings that exceptions or the baseline cover; they
	// are not in the report.
	Excepted  int `json:"excepted"`
	Baselined int `json:"baselined"`
}

// EveryFile reports whether some format lists files without findings.
func (r *Report) EveryFile() bool {
	return slices.ContainsFunc(r.Formats, func(f Format) bool { return f.EveryFile })
}

// Add adds the result of one file to the report.
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
		s.countFinding(f)
	}
	if len(result.Findings) > 0 {
		r.keepExcerpts(result)
	}
}

// keepExcerpts keeps the findings of a file with the text that will be printed.
func (r *Report) keepExcerpts(result *rewrite.Result) {
	for i := range result.Findings {
		if f := &result.Findings[i]; len(f.Placeholders) > 0 {
			r.withPlaceholders = append(r.withPlaceholders, f)
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

// keptFindings yields the findings of all files, in order.
func (r *Report) keptFindings() iter.Seq[Finding] {
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

// FindingsWithPlaceholders returns the findings with placeholders, in the order of the files.
// The caller may add to them before the report is printed.
func (r *Report) FindingsWithPlaceholders() []*rewrite.Finding { return r.withPlaceholders }

// AddExcepted adds the excepted findings of the file that was added last.
func (r *Report) AddExcepted(excepted []ExceptedFinding) {
	r.Summary.Excepted += len(excepted)
	if len(excepted) > 0 && r.EveryFile() {
		r.Files[len(r.Files)-1].Excepted = excepted
	}
}

func (s *Summary) countFinding(f rewrite.Finding) {
	s.Findings++
	if f.Fix != nil {
		s.Fixable++
		if f.Fix.Grade == rewrite.NeedsReview {
			s.Review++
		}
	}
}

// rerunCommand returns the command line that runs a subcommand on the same files with the
// same flags.
func (r *Report) rerunCommand(name string) string {
	return strings.TrimSpace("shellfree " + name + " " + r.RerunArguments)
}

// Format is a way to print a report.
type Format struct {
	Name string
	// Write prints the whole report; nil for text, which is printed while files are judged.
	Write func(io.Writer, *Report) error
	// EveryFile is true for a format that also lists files without findings.
	EveryFile bool

	excerpt excerpt // nil for a format that prints no text of files
}

// Formats returns all formats of findings. A new one is a file, and a line here.
func Formats() []Format {
	return []Format{
		{Name: "text"}, // see Text
		{Name: "json", Write: WriteJSON},
		{Name: "sarif", Write: WriteSARIF, excerpt: excerptSARIF},
		{Name: "github", Write: WriteGitHub},
		{Name: "gitlab", Write: WriteGitLab, excerpt: setFingerprint},
		{Name: "junit", Write: WriteJUnit, EveryFile: true},
		{Name: "markdown", Write: WriteMarkdown},
		{Name: "html", Write: WriteHTML, EveryFile: true, excerpt: excerptHTML},
	}
}

// Named returns the format with a name, or an error that lists the known names.
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
