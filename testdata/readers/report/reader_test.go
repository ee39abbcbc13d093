package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"shellfree/internal/report"
)

// readText asserts that each finding has its line, and that there are no control characters.
func readText(t *testing.T, r *run, out []byte) {
	if i := bytes.IndexFunc(out, func(c rune) bool { return c != '\n' && c != '\t' && c != ' ' && !unicode.IsPrint(c) }); i >= 0 {
		t.Errorf("a control character: %q", out[max(0, i-20):min(len(out), i+20)])
	}
	heads := regexp.MustCompile(`(?m)^.+?:\d+:\d+: SF\d{3} [a-z-]+: `).FindAll(out, -1)
	if len(heads) != r.Summary.Findings {
		t.Errorf("%d lines of %d findings", len(heads), r.Summary.Findings)
	}
}

func readJSON(t *testing.T, r *run, out []byte) {
	var got struct{ Findings []struct{ Rule string } }
	if err := json.Unmarshal(out, &got); err != nil || len(got.Findings) != r.Summary.Findings {
		t.Errorf("%d findings of %d: %v", len(got.Findings), r.Summary.Findings, err)
	}
}

var annotation = regexp.MustCompile(`^::(error|warning) file=([^,:]*),line=\d+,endLine=\d+,col=\d+,title=[^,:]*::(.*)$`)

// readGitHub reads the lines as the runner does, for which each line that begins with two
// colons is a command.
func readGitHub(t *testing.T, r *run, out []byte) {
	lines := regexp.MustCompile(`\r\n|\r|\n`).Split(string(out), -1)
	lines = lines[:len(lines)-1]
	want, _ := findings(r)
	if len(lines) != len(want) {
		t.Fatalf("%d commands of %d findings", len(lines), len(want))
	}
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	for i, line := range lines {
		m := annotation.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no annotation: %q", line)
		}
		file := path.Join(folder, unescape.Replace(m[2]))
		if path.IsAbs(unescape.Replace(m[2])) {
			file = unescape.Replace(m[2])
		}
		wanted := want[i].File
		if !path.IsAbs(wanted) {
			wanted = path.Join(folder, wanted)
		}
		clean := func(s string) string {
			return strings.Map(func(c rune) rune {
				if strings.ContainsRune("\n\r\t", c) || unicode.IsPrint(c) {
					return c
				}
				return '\ufffd'
			}, s)
		}
		if file != clean(wanted) {
			t.Errorf("file %q, want %q", file, wanted)
		}
		if message := unescape.Replace(m[3]); clean(message) != message || !strings.HasPrefix(message, clean(want[i].Message)) {
			t.Errorf("message %q, want %q", message, want[i].Message)
		}
	}
}

func readGitLab(t *testing.T, r *run, out []byte) {
	var got []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil || got == nil {
		t.Fatalf("no list: %v\n%s", err, out)
	}
	want, _ := findings(r)
	if len(got) != len(want) {
		t.Fatalf("%d issues of %d findings", len(got), len(want))
	}
	seen := map[string]bool{}
	for i, issue := range got {
		if issue.Check != want[i].Rule.Code || issue.Location.Lines.Begin != want[i].Start.Line || seen[issue.Fingerprint] {
			t.Errorf("issue %d: %+v", i, issue)
		}
		seen[issue.Fingerprint] = true
		if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, issue.Severity) {
			t.Errorf("severity %q", issue.Severity)
		}
		if strings.HasPrefix(issue.Location.Path, "./") || issue.Location.Path == "" {
			t.Errorf("path %q", issue.Location.Path)
		}
	}
}

func readJUnit(t *testing.T, r *run, out []byte) {
	var got struct {
		Suites []struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Cases    []struct {
				Failures []struct {
					Type string `xml:"type,attr"`
					Text string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	failures := 0
	for _, c := range got.Suites[0].Cases {
		failures += len(c.Failures)
	}
	suite := got.Suites[0]
	if suite.Tests != len(r.Files) || len(suite.Cases) != len(r.Files) || suite.Failures != len(r.Results) || failures != r.Summary.Findings {
		t.Errorf("%d tests, %d cases, %d failed with %d failures; want %d files, %d with %d findings",
			suite.Tests, len(suite.Cases), suite.Failures, failures, len(r.Files), len(r.Results), r.Summary.Findings)
	}
}

func readMarkdown(t *testing.T, r *run, out []byte) {
	page := markdownPage(t, out)
	rules := 0
	walk(page, func(n *html.Node) {
		if n.Data == "strong" && strings.HasPrefix(textOf(n), "SF") {
			rules++
		}
	})
	if rules != r.Summary.Findings {
		t.Errorf("%d of %d findings", rules, r.Summary.Findings)
	}
}

// markdownPage renders Markdown as GitHub does, with raw HTML. It asserts that there are only
// elements that a report writes, that tables keep their cells, and that the page mentions no
// person.
func markdownPage(t *testing.T, out []byte) *html.Node {
	t.Helper()
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()))
	if err := md.Convert(out, &b); err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Fields("html head body h2 h3 p ul li strong code br input table thead tbody tr th td pre")
	walk(page, func(n *html.Node) {
		if n.Type == html.ElementNode && !slices.Contains(allowed, n.Data) {
			t.Errorf("an element <%s> came in: %s", n.Data, textOf(n))
		}
		if n.Type == html.TextNode && strings.ContainsAny(n.Data, "@#") && n.Parent.Data != "code" && n.Parent.Data != "pre" {
			t.Errorf("a mention came in: %q", n.Data)
		}
	})
	bars := 0
	for line := range strings.SplitSeq(string(out), "\n") {
		n := strings.Count(regexp.MustCompile(`\\.`).ReplaceAllString(line, ""), "|")
		if !strings.HasPrefix(line, "|") {
			n = 0
		} else if bars > 0 && n != bars {
			t.Errorf("%d cells below %d in %q", n-1, bars-1, line)
		}
		bars = n
	}
	return page
}

// readHTML asserts that the page has an article for each finding, and that texts added no
// element and no handler.
func readHTML(t *testing.T, r *run, out []byte) {
	page, err := html.Parse(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	ids := map[string]bool{}
	walk(page, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		count[n.Data]++
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			if a.Key == "id" && ids[a.Val] {
				t.Errorf("two elements have the id %s", a.Val)
			}
			ids[a.Val] = ids[a.Val] || a.Key == "id"
		}
	})
	if count["article"] != r.Summary.Findings || count["script"] != 1 || count["style"] != 1 || count["img"]+count["iframe"]+count["textarea"] > 0 {
		t.Errorf("elements: %v", count)
	}
	fixes := bytes.Count(out, []byte(`<table class="diff">`))
	if fixes != r.Summary.Fixable {
		t.Errorf("%d diffs of %d fixes", fixes, r.Summary.Fixable)
	}
}

// readInventory asserts that every container is in the inventory.
func readInventory(t *testing.T, format string, r *run, out []byte) {
	containers := 0
	for _, f := range r.Files {
		containers += len(f.Containers)
	}
	switch format {
	case "markdown":
		markdownPage(t, out)
	case "html":
		readHTML(t, r, out)
	case "csv":
		rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			for _, cell := range row {
				if strings.IndexAny(cell, "=+-@") == 0 {
					t.Errorf("a spreadsheet takes %q for a formula", cell)
				}
			}
		}
	case "json":
		var got struct {
			Images []struct{ Places []report.Place }
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		places := 0
		for _, i := range got.Images {
			places += len(i.Places)
		}
		if places != containers {
			t.Errorf("%d of %d containers", places, containers)
		}
	default:
		t.Errorf("no test reads %s", format)
	}
}

func walk(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := range n.ChildNodes() {
		walk(c, visit)
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	})
	return b.String()
}
