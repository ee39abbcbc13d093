package report

import (
	"bufio"
	"errors"
	"io"

	"shellfree/rewrite"
)

// jsonDocument is version 1 of the JSON report. Later versions only add keys.
type jsonDocument struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	// Placeholders are the placeholders of all fixes, each once.
	Placeholders []jsonFilledPlaceholder `json:"placeholders"`
	Summary      Summary                 `json:"summary"`
}

type jsonFinding struct {
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
	// Suggestion is text to paste, or "".
	Suggestion string `json:"suggestion"`
	Validated  bool   `json:"validated"`
	// Placeholders are the whole words of the fix that a producer fills.
	Placeholders []jsonPlaceholder `json:"placeholders"`
}

// jsonPlaceholder is a placeholder that is a whole word of a fix, with the lines that fill
// it.
type jsonPlaceholder struct {
	Text string `json:"text"`
	// Form is the form in which the fix writes it: glued, upstream or item.
	Form      string     `json:"form"`
	Producers []jsonLine `json:"producers"`
}

// jsonFilledPlaceholder is a placeholder with the files whose fixes hold it.
type jsonFilledPlaceholder struct {
	jsonPlaceholder
	Files []string `json:"files"`
}

// jsonLine is a line that fills a placeholder.
type jsonLine struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// WriteJSON prints the report as one JSON object. Lists are never null.
func WriteJSON(w io.Writer, r *Report) error {
	d := jsonDocument{Version: 1, Findings: []jsonFinding{}, Placeholders: []jsonFilledPlaceholder{}, Summary: r.Summary}
	for _, p := range r.Placeholders() {
		d.Placeholders = append(d.Placeholders, jsonFilledPlaceholder{toPlaceholder(p.Placeholder), p.Files})
	}
	b := bufio.NewWriter(w)
	items := func(yield func(any) bool) {
		for f := range r.keptFindings() {
			if !yield(toJSON(*f.Finding)) {
				return
			}
		}
	}
	return errors.Join(writeJSON(b, d, `"findings": `, items), b.Flush())
}

func toJSON(f rewrite.Finding) jsonFinding {
	j := jsonFinding{
		Rule: f.Rule.Code, Name: f.Rule.Name, File: f.File,
		Line: f.Start.Line, Column: f.Start.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
		Kind: f.Kind, Object: f.Object, Container: f.Container, Site: f.Site,
		Program: f.Program, Version: f.Version, Sink: f.Sink,
		Argv: emptyIfNil(f.Argv), Message: f.Message, Review: emptyIfNil(f.Sentences()), Notes: emptyIfNil(f.Notes), Evidence: emptyIfNil(f.Facts()),
		Suggestion: f.Suggestion, Validated: f.Validated, Fixable: f.Fix != nil,
	}
	j.Placeholders = []jsonPlaceholder{}
	for _, p := range f.Placeholders {
		j.Placeholders = append(j.Placeholders, toPlaceholder(p))
	}
	if f.Fix != nil {
		j.Grade = string(f.Fix.Grade)
	}
	return j
}

func toPlaceholder(p rewrite.Placeholder) jsonPlaceholder {
	j := jsonPlaceholder{Text: p.Text, Form: string(p.Form), Producers: []jsonLine{}}
	for _, l := range p.Producers {
		j.Producers = append(j.Producers, jsonLine{l.File, l.Number, l.Text})
	}
	return j
}

func emptyIfNil(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}
