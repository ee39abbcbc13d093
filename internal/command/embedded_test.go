package command_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shellfree/rewrite"
	"shellfree/rewrite/edit"
)

// TestEmbedded asserts that every golden case in a literal block of a ConfigMap gets the
// same findings and fixes as the file itself, four columns to the right and as many
// lines further down as the block begins.
func TestEmbedded(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, path := range paths {
		g := readGolden(t, path)
		name, before := g.section("before")
		if slices.Contains(g.bytes, "bom") || strings.Contains(path, "unparsable") || strings.Contains(path, "broken-input") || strings.Contains(path, "embedded-deep") {
			continue // a byte order mark inside a string is plain text; an unreadable file gets another finding in a string
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			_, after := g.section("after")
			if after == nil {
				after = before
			}
			g.checkEmbedded(t, name, before, after)
		})
	}
}

const blockHead = "apiVersion: v1\nkind: ConfigMap\ndata:\n  inner: |2\n"

func (g *goldenCase) checkEmbedded(t *testing.T, name string, before, after []byte) {
	file, outer := g.judge(t, name, before), g.judge(t, name, wrapInBlock(before))
	for i := range file.Findings {
		f := &file.Findings[i]
		f.Start.Line, f.Start.Column = f.Start.Line+4, f.Start.Column+4
		f.End.Line, f.End.Column = f.End.Line+4, f.End.Column+4
	}
	if diff := cmp.Diff(listed(file), listed(outer)); diff != "" {
		t.Errorf("findings as a file and in a string (-file +string):\n%s", diff)
	}
	got, err := edit.Apply(wrapInBlock(before), outer.Edits(func(rewrite.Finding) bool { return true }))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(wrapInBlock(after)), string(got)); diff != "" {
		t.Errorf("text after (-want +got):\n%s", diff)
	}
}

// wrapInBlock puts a text into a literal block.
func wrapInBlock(text []byte) []byte {
	var b bytes.Buffer
	b.WriteString(blockHead)
	for line := range bytes.Lines(text) {
		if len(bytes.TrimRight(line, "\r\n")) > 0 {
			b.WriteString("    ")
		}
		b.Write(line)
	}
	return b.Bytes()
}
