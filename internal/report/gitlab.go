package report

import (
	"bufio"
	"errors"
	"io"

	"shellfree/rewrite"
)

// gitlabIssue is one entry of a code quality report (GitLab's subset of the
// Code Climate format).
type gitlabIssue struct {
	Description string         `json:"description"`
	Check       string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string `json:"path"` // relative, without ./ in front
	Lines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	} `json:"lines"`
}

// WriteGitLab prints the report as GitLab's code quality JSON.
func WriteGitLab(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	issues := func(yield func(any) bool) {
		for f := range r.keptFindings() {
			if !yield(r.toGitLab(f)) {
				return
			}
		}
	}
	return errors.Join(writeJSON(b, []gitlabIssue{}, "", issues), b.Flush())
}

func (r *Report) toGitLab(kept Finding) gitlabIssue {
	f := *kept.Finding
	i := gitlabIssue{
		Description: f.Rule.Name + ": " + f.Message, Check: f.Rule.Code,
		Fingerprint: kept.id, Severity: severity(f),
	}
	i.Location.Path, _ = r.relativePath(f.File)
	i.Location.Lines.Begin, i.Location.Lines.End = f.Start.Line, f.End.Line
	return i
}

// severity returns critical for files and commands that could not be judged, major for
// commands that a person must convert, and minor for fixes and advice.
func severity(f rewrite.Finding) string {
	switch {
	case level(f.Rule) == "error":
		return "critical"
	case f.Fix == nil && !f.Rule.Advisory():
		return "major"
	}
	return "minor"
}
