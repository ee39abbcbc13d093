package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"shellfree/rewrite"
)

type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name     string         `xml:"name,attr"`
	Class    string         `xml:"classname,attr"`
	Failures []junitFailure `xml:"failure"`
	Skipped  *junitSkipped  `xml:"skipped"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// WriteJUnit prints the report as JUnit XML: a test case for each file, with a failure for
// each finding. Characters that XML can't hold become U+FFFD.
func WriteJUnit(w io.Writer, r *Report) error {
	suite := junitSuite{Name: "shellfree", Tests: len(r.Files), Cases: []junitCase{}}
	for _, file := range r.Files {
		c := junitCase{Name: file.Name, Class: "shellfree", Failures: junitFailures(file.Findings)}
		if len(file.Findings) > 0 {
			suite.Failures++
		} else if !file.Parsed {
			c.Skipped = &junitSkipped{"not parsed, and holds no shell command as far as can be seen"}
			suite.Skipped++
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(junitSuites{Suite: suite}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitFailures(findings []rewrite.Finding) []junitFailure {
	var all []junitFailure
	for _, f := range findings {
		all = append(all, junitFailure{
			Type: f.Rule.Code, Message: f.Rule.Name + ": " + f.Message,
			Text: fmt.Sprintf("%s:%d:%d [%s]\n%s\n%s", f.File, f.Start.Line, f.Start.Column, describeState(f), describePlace(f), messageWithAdvice(f)),
		})
	}
	return all
}
