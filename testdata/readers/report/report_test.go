package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"shellfree/internal/config"
	"shellfree/internal/files"
	"shellfree/internal/report"
	"shellfree/rewrite"
	"shellfree/rewrite/dialect"
	"shellfree/transforms"
)

// folder is the working folder in the reports of these tests.
const folder = "/src/manifests"

// newEngine returns the engine of check without flags.
func newEngine(t testing.TB) *rewrite.Engine {
	t.Helper()
	catalogue, err := transforms.Load()
	if err != nil {
		t.Fatal(err)
	}
	converter, err := transforms.New(catalogue, transforms.Options{Sink: "auto", Configured: (&config.Config{}).ImageSettings()})
	if err != nil {
		t.Fatal(err)
	}
	dialects, err := dialect.Named([]string{"auto"})
	if err != nil {
		t.Fatal(err)
	}
	return rewrite.New(rewrite.Options{Converter: converter, Dialects: dialects, ReadAll: true})
}

// manifest is a file of a report.
type manifest struct{ name, text string }

// run is a report with the texts of its results.
type run struct {
	*report.Report
	texts [][]byte
}

// reportOf returns the report of a run over files.
func reportOf(t testing.TB, manifests []manifest) *run {
	t.Helper()
	return reportWith(t, manifests, func(*rewrite.Finding) {})
}

// reportWith is reportOf with a function that changes the findings first.
func reportWith(t testing.TB, manifests []manifest, change func(*rewrite.Finding)) *run {
	t.Helper()
	engine := newEngine(t)
	r := &run{Report: &report.Report{Version: "(devel)", Folder: folder, RerunArguments: ".",
		Formats: report.Formats(), Texts: []*report.Text{report.NewText(report.Style{})}}}
	for _, m := range manifests {
		result := engine.File(m.name, []byte(m.text))
		for i := range result.Findings {
			change(&result.Findings[i])
		}
		r.Add(result)
		if len(result.Findings) > 0 {
			r.texts = append(r.texts, result.Source.Text)
		}
	}
	return r
}

// nasty are texts that are syntax in some format.
var nasty = []string{
	"a\nb", "a\r\nb", "::error::x", "100%", "a,b:c", "<script>alert(1)</script>", `"quoted" 'twice'`, "a|b", "`tick` ``two``",
	"@octocat #1 !2 ~3 &amp; https://example.com", "\x1b[31mred\x07", "\x00nul", "ctl\u0085\u2028\u202e", "bad\xff\xfeutf8", "]]>", "-->",
	`\|`, "$(id)", "{{x}}", "=1+1", "*bold* _it_ [l](u) ![i](u)", "</style></textarea>", "日本 café 😀", " lead and trail ", "\ufeffbom", "javascript:alert(1)",
	"````\n</pre>", "\t- indented",
}

// hostile returns manifests with each nasty text in all places for text: in the file's name,
// in names and images, in the script, beside the finding.
func hostile() []manifest {
	var all []manifest
	for _, s := range nasty {
		quoted := jsonString(s)
		for _, script := range []string{"exec /web " + s, "/web | grep '" + s + "'", "/web '" + s + "' >>/var/log/web.log 2>&1"} {
			all = append(all, manifest{"dir/" + s + ".json", `{"kind": "Pod", "metadata": {"name": ` + quoted + `}, "spec": {"containers": [
  {"name": ` + quoted + `, "image": ` + quoted + `, "command": ["sh", "-c", ` + jsonString(script) + `]}, {"name": "quiet", "image": ` + quoted + `}]}}
`})
		}
		all = append(all, manifest{s + ".yaml", "kind: Pod\nmetadata: {name: raw}\nspec:\n  containers:\n  - name: raw\n    command: [sh, -c, \"exec /web " + s + "\"] # " + s + "\n"})
	}
	return append(all, manifest{"/elsewhere/out.yaml", "command: [sh, -c, x\n"}, manifest{"../up.yaml", "kind: Pod\nspec: {containers: [{command: [sh, -c, exec /web]}]}\n"})
}

// jsonString quotes a text for JSON, and escapes only the bytes that JSON does not allow.
func jsonString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteString("\\" + string(c))
		case c < ' ':
			b.WriteString(`\u00` + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + `"`
}

// golden returns the texts of the golden cases, which have findings of every rule.
func golden(t testing.TB) []manifest {
	t.Helper()
	paths, err := filepath.Glob("../../golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	var all []manifest
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "before.") {
				all = append(all, manifest{filepath.Base(path) + "/" + f.Name, string(f.Data)})
			}
		}
	}
	return all
}

// corpus returns real manifests, or skips the test if there are none.
func corpus(t testing.TB) []manifest {
	t.Helper()
	dir := os.Getenv("SHELLFREE_CORPUS")
	if dir == "" {
		dir = "../../../../shared/corpus"
	}
	dir = filepath.Join(dir, "wild")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpus of real manifests: set SHELLFREE_CORPUS to its folder")
	}
	found, errs := files.Find([]string{dir}, files.Options{NoIgnore: true})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var all []manifest
	for _, f := range found {
		text, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, manifest{filepath.ToSlash(f.Path), string(text)})
	}
	return all
}

// readers returns a function for each format, which checks that an output is valid in that
// format and has every file and finding.
func readers(t *testing.T) map[string]func(*testing.T, *run, []byte) {
	schema := sarifSchema(t)
	return map[string]func(*testing.T, *run, []byte){
		"text": readText, "json": readJSON, "github": readGitHub, "gitlab": readGitLab, "junit": readJUnit,
		"markdown": readMarkdown, "html": readHTML,
		"sarif": func(t *testing.T, r *run, out []byte) { readSARIF(t, schema, r, out) },
	}
}

// TestFormats asserts that the output of every format is valid for hostile files, all golden
// cases and real manifests.
func TestFormats(t *testing.T) {
	read := readers(t)
	for _, set := range []struct {
		name      string
		manifests func(testing.TB) []manifest
	}{
		{"hostile", func(testing.TB) []manifest { return hostile() }}, {"golden", golden}, {"corpus", corpus},
		{"none", func(testing.TB) []manifest { return nil }},
	} {
		t.Run(set.name, func(t *testing.T) {
			r := reportWith(t, set.manifests(t), suggest())
			if set.name != "none" && r.Summary.Findings < 50 {
				t.Fatalf("only %d findings", r.Summary.Findings)
			}
			for _, f := range report.Formats() {
				t.Run(f.Name, func(t *testing.T) {
					check := read[f.Name]
					if check == nil {
						t.Fatalf("no test reads format %s", f.Name)
					}
					check(t, r, write(t, f, r))
				})
			}
			for _, f := range report.InventoryFormats() {
				t.Run("inventory-"+f.Name, func(t *testing.T) { readInventory(t, f.Name, r, write(t, f, r)) })
			}
			t.Run("pull-request", func(t *testing.T) {
				var out bytes.Buffer
				if err := report.WritePullRequest(&out, r.Report, func(rewrite.Finding) bool { return true }); err != nil {
					t.Fatal(err)
				}
				markdownPage(t, out.Bytes())
			})
		})
	}
}

// suggest returns a function that gives every third finding a text to paste, with the nasty
// texts in turn.
func suggest() func(*rewrite.Finding) {
	n := 0
	return func(f *rewrite.Finding) {
		if n++; n%3 == 0 {
			f.Suggestion = "PASTE: |\n  " + nasty[n/3%len(nasty)]
		}
	}
}

// TestSuggestion asserts that every format with room for it prints the text to paste, line by
// line.
func TestSuggestion(t *testing.T) {
	r := reportWith(t, []manifest{{"pod.yaml", "kind: Pod\nspec: {containers: [{command: [sh, -c, exec /web]}]}\n"}},
		func(f *rewrite.Finding) { f.Suggestion = "httpGet:\n  path: /healthz" })
	line := map[string]string{"json": `httpGet:\n  path: /healthz`, "sarif": `httpGet:\n  path: /healthz`, "github": "httpGet:%0A  path: /healthz", "junit": "httpGet:&#xA;  path: /healthz"}
	for _, f := range report.Formats() {
		want := "  path: /healthz"
		if line[f.Name] != "" {
			want = line[f.Name]
		}
		if out := write(t, f, r); f.Name != "gitlab" && !bytes.Contains(out, []byte(want)) {
			t.Errorf("%s has no %q:\n%s", f.Name, want, out)
		}
	}
}

func write(t *testing.T, f report.Format, r *run) []byte {
	t.Helper()
	var out bytes.Buffer
	print := f.Write
	if print == nil {
		print = r.Texts[0].Finish
	}
	if err := print(&out, r.Report); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// findings returns the findings of a report, each with the text of its file.
func findings(r *run) (all []rewrite.Finding, texts [][]byte) {
	for i, result := range r.Results {
		for _, f := range result.Findings {
			all, texts = append(all, *f.Finding), append(texts, r.texts[i])
		}
	}
	return all, texts
}
