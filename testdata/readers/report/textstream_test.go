package report_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"weak"

	"shellfree/internal/report"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/source"
)

const (
	plainPod  = "kind: Pod\nspec: {containers: [{command: [sh, -c, exec /plain]}]}\n"
	filledPod = "kind: Pod\nspec: {containers: [{command: [sh, -c, 'exec /filled {{params}}']}]}\n"
)

// TestTextStreams asserts that a finding is printed when its file is added, but that the first
// one with placeholders, and all after it, wait for the end.
func TestTextStreams(t *testing.T) {
	engine, text := newEngine(t), report.NewText(report.Style{})
	r := &report.Report{Texts: []*report.Text{text}}
	var out bytes.Buffer
	for _, m := range []manifest{{"a.yaml", plainPod}, {"b.yaml", plainPod + "---\n" + filledPod}, {"c.yaml", plainPod}} {
		r.Add(engine.File(m.name, []byte(m.text)))
		text.Flush(&out)
	}
	if got := out.String(); !strings.Contains(got, "a.yaml:2:") || strings.Contains(got, "b.yaml") {
		t.Errorf("before the end:\n%s", got)
	}
	r.FindingsWithPlaceholders()[0].Review = append(r.FindingsWithPlaceholders()[0].Review, finding.Review{Sentence: "found at last"})
	if err := text.Finish(&out, r); err != nil {
		t.Fatal(err)
	}
	rest := out.String()
	for _, want := range []string{"a.yaml:2:", "b.yaml:2:", "b.yaml:5:", "review: found at last\n", "c.yaml:2:", "placeholders to change:", "4 findings in 3 files"} {
		_, behind, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("%q is missing or not in its place:\n%s", want, out.String())
		}
		rest = behind
	}
}

// TestKeepsNoText asserts that a report keeps in every format neither the text of a file nor
// its source, since a tree may be larger than memory.
func TestKeepsNoText(t *testing.T) {
	engine := newEngine(t)
	r := &report.Report{Formats: append(report.Formats(), report.InventoryFormats()...), Texts: []*report.Text{report.NewText(report.Style{})}}
	add := func(name, content string) (weak.Pointer[byte], weak.Pointer[source.Source]) {
		text := []byte(content)
		result := engine.File(name, text)
		r.Add(result)
		return weak.Make(&text[0]), weak.Make(result.Source)
	}
	for _, content := range []string{plainPod, filledPod, "kind: Pod\nspec: {containers: [{command: [sh, -c, a | b]}]}\n"} {
		text, src := add("pod.yaml", content+strings.Repeat("# more than a small object\n", 100))
		runtime.GC()
		if text.Value() != nil || src.Value() != nil {
			t.Errorf("kept of %q: text %t, source %t", content, text.Value() != nil, src.Value() != nil)
		}
	}
	runtime.KeepAlive(r)
}
