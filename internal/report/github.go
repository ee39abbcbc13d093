package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteGitHub prints a workflow command for each finding, which GitHub's runner
// shows as an annotation of the file.
func WriteGitHub(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	for kept := range r.keptFindings() {
		f := *kept.Finding
		name, _ := r.relativePath(f.File)
		fmt.Fprintf(b, "::%s file=%s,line=%d,endLine=%d,col=%d,title=%s::%s\n", level(f.Rule),
			escapeGitHubProperty(name), f.Start.Line, f.End.Line, f.Start.Column,
			escapeGitHubProperty(f.Rule.Code+" "+f.Rule.Name+" ["+describeState(f)+"]"), escapeGitHubData(replaceUnprintableInLines(messageWithAdvice(f))))
	}
	return b.Flush()
}

// escapeGitHubData escapes a message in the way that the runner undoes (actions/runner
// ActionCommand.cs): a line break would begin another command.
func escapeGitHubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeGitHubProperty escapes a property: a colon or a comma would end it. It replaces
// control characters except line breaks, since people read the log.
func escapeGitHubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeGitHubData(replaceUnprintableInLines(s)))
}
