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
	for kept := range r.kept() {
		f := *kept.Finding
		name, _ := r.relative(f.File)
		fmt.Fprintf(b, "::%s file=%s,line=%d,endLine=%d,col=%d,title=%s::%s\n", level(f.Rule),
			githubProperty(name), f.Start.Line, f.End.Line, f.Start.Column,
			githubProperty(f.Rule.Code+" "+f.Rule.Name+" ["+state(f)+"]"), githubData(printableLines(message(f))))
	}
	return b.Flush()
}

// githubData escapes a message as the runner unescapes it (actions/runner
// ActionCommand.cs): a line break would begin a command of its own.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty escapes a property: a colon or a comma would end it. Control
// characters but line breaks are replaced, for the log that people read.
func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubData(printableLines(s)))
}
