package report_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"shellfree/internal/report"
	"shellfree/rewrite"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/source"
)

// sarifSchema returns the schema that OASIS publishes.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open("sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// sarif is what these tests read of a log.
type sarif struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID   string
					Help struct{ Text string }
				}
			}
		}
		Results []sarifResult
	}
}

type sarifResult struct {
	RuleID       string
	RuleIndex    int
	Level        string
	Message      struct{ Text string }
	Fingerprints map[string]string `json:"partialFingerprints"`
	Locations    []struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI, URIBaseID string }
		}
	}
	Fixes []struct {
		ArtifactChanges []struct {
			Replacements []struct {
				DeletedRegion   sarifRegion
				InsertedContent struct{ Text string }
			}
		}
	}
}

type sarifRegion struct{ StartLine, StartColumn, EndLine, EndColumn int }

func readSARIF(t *testing.T, schema *jsonschema.Schema, r *run, out []byte) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Fatal(err)
	}
	var log sarif
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	want, texts := findings(r)
	run := log.Runs[0]
	if len(run.Results) != len(want) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(want))
	}
	seen := map[string]bool{}
	for i, got := range run.Results {
		rule := run.Tool.Driver.Rules[got.RuleIndex]
		if got.RuleID != want[i].Rule.Code || rule.ID != got.RuleID || !strings.HasPrefix(rule.Help.Text, "# "+rule.ID) {
			t.Errorf("finding %d is %s, and its rule %s", i, got.RuleID, rule.ID)
		}
		if (got.Level == "error") != strings.HasPrefix(got.RuleID, "SF0") {
			t.Errorf("%s has level %s", got.RuleID, got.Level)
		}
		print := got.Fingerprints["shellfree/v1"]
		if print == "" || seen[print] {
			t.Errorf("fingerprint %q is empty or not the only one", print)
		}
		seen[print] = true
		checkURI(t, got, want[i].File)
		checkFix(t, got, want[i], texts[i])
	}
}

// checkURI asserts that the URI leads from the folder of the run to the file.
func checkURI(t *testing.T, got sarifResult, file string) {
	t.Helper()
	artifact := got.Locations[0].PhysicalLocation.ArtifactLocation
	uri, err := url.Parse(artifact.URI)
	if err != nil {
		t.Fatal(err)
	}
	at := uri.Path
	if artifact.URIBaseID == "SRCROOT" {
		at = path.Join(folder, uri.Path)
	} else if uri.Scheme != "file" {
		t.Errorf("%q has neither a base nor a scheme", artifact.URI)
	}
	if want := path.Clean(file); at != want && at != path.Join(folder, file) {
		t.Errorf("%q leads to %q, not to %q", artifact.URI, at, want)
	}
}

// checkFix asserts that the replacements give the bytes which the edits give.
func checkFix(t *testing.T, got sarifResult, f rewrite.Finding, text []byte) {
	t.Helper()
	if f.Fix == nil || !utf8.Valid(text) {
		if f.Fix == nil && len(got.Fixes) > 0 {
			t.Errorf("an obstacle has a fix: %v", got.Fixes)
		}
		return
	}
	want, err := edit.Apply(text, f.Fix.Edits)
	if err != nil {
		t.Fatal(err)
	}
	var edits []edit.Edit
	for _, r := range got.Fixes[0].ArtifactChanges[0].Replacements {
		edits = append(edits, edit.Edit{
			Start: offset(text, r.DeletedRegion.StartLine, r.DeletedRegion.StartColumn),
			End:   offset(text, r.DeletedRegion.EndLine, r.DeletedRegion.EndColumn), New: r.InsertedContent.Text,
		})
	}
	fixed, err := edit.Apply(text, edits)
	if err != nil || !bytes.Equal(fixed, want) {
		t.Errorf("%s:%d: the replacements give other bytes (%v):\n%s", f.File, f.Start.Line, err, fixed)
	}
}

// offset is the byte at a line and a column, as SARIF counts them.
func offset(text []byte, line, column int) int {
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(text[at:], '\n') + 1
	}
	if at == 0 && bytes.HasPrefix(text, []byte("\ufeff")) {
		at = len("\ufeff")
	}
	for range column - 1 {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}

// TestFingerprints asserts that findings are known again when lines move or are
// indented anew, and that each has a name of its own.
func TestFingerprints(t *testing.T) {
	const pod = "kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: a\n    command: [sh, -c, exec /web]\n  - name: a\n    command: [sh, -c, exec /web]\n"
	names := func(m manifest) []string {
		var log sarif
		r := reportOf(t, []manifest{m})
		if err := json.Unmarshal(write(t, named(t, "sarif"), r), &log); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, result := range log.Runs[0].Results {
			all = append(all, result.Fingerprints["shellfree/v1"])
		}
		return all
	}
	first := names(manifest{"pod.yaml", pod})
	if len(first) != 2 || first[0] == first[1] {
		t.Fatalf("two commands have the fingerprints %v", first)
	}
	for what, m := range map[string]manifest{
		"lines before":     {"pod.yaml", "# one\n# two\n" + pod},
		"other path to it": {folder + "/./pod.yaml", pod},
		"wider lists":      {"pod.yaml", strings.ReplaceAll(pod, "-c, exec", "-c,   exec")},
	} {
		if got := names(m); strings.Join(got, " ") != strings.Join(first, " ") {
			t.Errorf("%s: %v became %v", what, first, got)
		}
	}
	for what, m := range map[string]manifest{
		"another file":    {"other.yaml", pod},
		"another command": {"pod.yaml", strings.ReplaceAll(pod, "/web", "/app")},
		"another name":    {"pod.yaml", strings.ReplaceAll(pod, "name: a", "name: b")},
	} {
		if got := names(m); got[0] == first[0] {
			t.Errorf("%s has the same fingerprint", what)
		}
	}
}

func named(t *testing.T, name string) report.Format {
	t.Helper()
	f, err := report.Named(name, report.Formats())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestSARIFColumns asserts that the columns of a fix count code points, on the
// lines that a CRLF ends and behind a byte order mark.
func TestSARIFColumns(t *testing.T) {
	text := "\ufeff{kind: Pod, metadata: {name: 日本😀}, spec: {containers: [{name: é, command: [sh, -c, exec /é]}]}}\r\n"
	r := reportOf(t, []manifest{{"pod.yaml", text}})
	var log sarif
	if err := json.Unmarshal(write(t, named(t, "sarif"), r), &log); err != nil {
		t.Fatal(err)
	}
	f := r.Results[0].Findings[0]
	checkFix(t, log.Runs[0].Results[0], *f.Finding, []byte(text))
	at := source.New("", []byte(text)).Position(f.Fix.Edits[0].Start)
	if got := log.Runs[0].Results[0].Fixes[0].ArtifactChanges[0].Replacements[0].DeletedRegion; got.StartColumn != at.Column || at.Column != 76 {
		t.Errorf("the fix begins in column %d, the edit in %d", got.StartColumn, at.Column)
	}
}
