package report

import (
	"bufio"
	"errors"
	"io"

	"shellfree/rewrite"
)

// document is version 1 of the JSON report. Later versions only gain keys.
type document struct {
	Version  int       `json:"version"`
	Findings []finding `json:"findings"`
	// Placeholders are those of all fixes, each once.
	Placeholders []filled `json:"placeholders"`
	Summary      Summary  `json:"summary"`
}

type finding struct {
	Rule      string   `json:"rule"`
	Name      string   `json:"name"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"endLine"`
	EndColumn int      `json:"endColumn"`
	Kind      string   `json:"kind"`
	Object    string   `json:"object"`
	Container string   `json:"container"`
	Site      string   `json:"site"`
	Program   string   `json:"program"`
	Version   string   `json:"version"`
	Sink      string   `json:"sink"`
	Argv      []string `json:"argv"`
	Message   string   `json:"message"`
	Fixable   bool     `json:"fixable"`
	Grade     string   `json:"grade"`
	Review    []string `json:"review"`
	Notes     []string `json:"notes"`
	// Evidence holds the doubts that were cleared, each with the fact that did it.
	Evidence []string `json:"evidence"`
	// Suggestion is text to paste, "" without one.
	Suggestion string `json:"suggestion"`
	Validated  bool   `json:"validated"`
	// Placeholders are the whole words of the fix that a producer fills.
	Placeholders []placeholder `json:"placeholders"`
}

// placeholder is a whole word of a fix and the lines that fill it.
type placeholder struct {
	Text string `json:"text"`
	// Form is how the fix writes it: glued, upstream or item.
	Form      string     `json:"form"`
	Producers []fillLine `json:"producers"`
}

// filled is a placeholder with the files of the fixes that hold it.
type filled struct {
	placeholder
	Files []string `json:"files"`
}

// fillLine is a line that fills a placeholder.
type fillLine struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// WriteJSON prints the report as one JSON object. Lists are never null.
func WriteJSON(w io.Writer, r *Report) error {
	d := document{Version: 1, Findings: []finding{}, Placeholders: []filled{}, Summary: r.Summary}
	for _, p := range r.Placeholders() {
		d.Placeholders = append(d.Placeholders, filled{toPlaceholder(p.Placeholder), p.Files})
	}
	b := bufio.NewWriter(w)
	items := func(yield func(any) bool) {
		for f := range r.kept() {
			if !yield(toJSON(*f.Finding)) {
				return
			}
		}
	}
	return errors.Join(writeJSON(b, d, `"findings": `, items), b.Flush())
}

func toJSON(f rewrite.Finding) finding {
	j := finding{
		Rule: f.Rule.Code, Name: f.Rule.Name, File: f.File,
		Line: f.Start.Line, Column: f.Start.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
		Kind: f.Kind, Object: f.Object, Container: f.Container, Site: f.Site,
		Program: f.Program, Version: f.Version, Sink: f.Sink,
		Argv: list(f.Argv), Message: f.Message, Review: list(f.Sentences()), Notes: list(f.Notes), Evidence: list(f.Facts()),
		Suggestion: f.Suggestion, Validated: f.Validated, Fixable: f.Fix != nil,
	}
	j.Placeholders = []placeholder{}
	for _, p := range f.Placeholders {
		j.Placeholders = append(j.Placeholders, toPlaceholder(p))
	}
	if f.Fix != nil {
		j.Grade = string(f.Fix.Grade)
	}
	return j
}

func toPlaceholder(p rewrite.Placeholder) placeholder {
	j := placeholder{Text: p.Text, Form: string(p.Form), Producers: []fillLine{}}
	for _, l := range p.Producers {
		j.Producers = append(j.Producers, fillLine{l.File, l.Number, l.Text})
	}
	return j
}

func list(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}
