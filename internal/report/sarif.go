package report

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"shellfree/docs"
	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// The part of SARIF 2.1.0 that a report needs (OASIS sarif-v2.1.0).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool           `json:"tool"`
		ColumnKind string              `json:"columnKind"`
		Bases      map[string]struct{} `json:"originalUriBaseIds"`
		Results    []sarifResult       `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Name    string       `json:"name"`
		Short   sarifMessage `json:"shortDescription"`
		Help    sarifMessage `json:"help"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifMessage  `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion  `json:"deletedRegion"`
		Inserted sarifMessage `json:"insertedContent"`
	}
)

// WriteSARIF prints the report as SARIF 2.1.0, with the rules that occur and their pages as
// help. A fix is a list of replacements, which produce the same bytes as rewrite does.
func WriteSARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "shellfree", Version: cmp.Or(r.Version, "unknown"), Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Bases:      map[string]struct{}{"SRCROOT": {}},
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for f := range r.keptFindings() {
		if _, known := index[f.Rule.Code]; !known {
			index[f.Rule.Code] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, toSARIFRule(f.Rule))
		}
	}
	results := func(yield func(any) bool) {
		for f := range r.keptFindings() {
			s := r.toSARIF(f)
			s.RuleIndex = index[f.Rule.Code]
			s.Fingerprints = map[string]string{"shellfree/v1": f.id}
			if !yield(s) {
				return
			}
		}
	}
	b := bufio.NewWriter(w)
	log := sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
	return errors.Join(writeJSON(b, log, `"results": `, results), b.Flush())
}

func toSARIFRule(r rule.Rule) sarifRule {
	s := sarifRule{ID: r.Code, Name: r.Name, Short: sarifMessage{Text: r.Summary}}
	page := rulePage(r)
	s.Help = sarifMessage{Text: page, Markdown: page}
	s.Default.Level = level(r)
	return s
}

// rulePage returns the page of a rule in Markdown. Tests make sure that each rule has one.
func rulePage(r rule.Rule) string {
	page, err := docs.Rules.ReadFile("rules/" + r.Code + ".md")
	if err != nil {
		return r.Summary
	}
	return string(page)
}

// level returns error for files and commands that could not be judged, otherwise warning.
func level(r rule.Rule) string {
	if strings.HasPrefix(r.Code, "SF0") {
		return "error"
	}
	return "warning"
}

// excerptSARIF keeps the replacements of a fix.
func excerptSARIF(r *Report, result *rewrite.Result, f *Finding) {
	setFingerprint(r, result, f)
	f.replacements = replacements(result.Source, *f.Finding)
}

func (r *Report) toSARIF(kept Finding) sarifResult {
	f := *kept.Finding
	artifact := r.artifact(f.File)
	s := sarifResult{
		RuleID: f.Rule.Code, Level: level(f.Rule), Message: sarifMessage{Text: messageWithAdvice(f)},
		Locations: []sarifLocation{{Physical: sarifPhysical{artifact, toRegion(f.Start, f.End)}}},
	}
	if name := describePlace(f); name != "" {
		s.Locations[0].Logical = []sarifLogical{{name}}
	}
	if len(kept.replacements) > 0 {
		s.Fixes = []sarifFix{{sarifMessage{Text: f.Message}, []sarifChange{{artifact, kept.replacements}}}}
	}
	return s
}

// messageWithAdvice returns a finding's message and its advice, each on a line of its own.
func messageWithAdvice(f rewrite.Finding) string {
	lines := append([]string{f.Message}, advice(f)...)
	if f.Suggestion != "" {
		lines = append(lines, "paste:", f.Suggestion)
	}
	return strings.Join(lines, "\n")
}

// artifact returns the location of a file relative to the folder in which shellfree ran.
func (r *Report) artifact(name string) sarifArtifact {
	rel, inside := r.relativePath(name)
	if !inside {
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: rel}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: rel}).String(), Base: "SRCROOT"}
}

func toRegion(start, end source.Position) sarifRegion {
	return sarifRegion{start.Line, start.Column, end.Line, end.Column}
}

// replacements returns the edits of a fix. It leaves out a fix whose text is not UTF-8, since
// JSON can't hold that text unchanged.
func replacements(src *source.Source, f rewrite.Finding) []sarifReplacement {
	if f.Fix == nil {
		return nil
	}
	var all []sarifReplacement
	for _, e := range f.Fix.Edits {
		if !utf8.ValidString(e.New) {
			return nil
		}
		at := toRegion(src.Position(e.Start), src.Position(e.End))
		all = append(all, sarifReplacement{at, sarifMessage{Text: e.New}})
	}
	return all
}
