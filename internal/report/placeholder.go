package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/producer"
)

// FilledPlaceholder is a placeholder of one form, with all files and lines that must change
// together.
type FilledPlaceholder struct {
	rewrite.Placeholder
	Files []string // the files whose fixes hold it
}

// Placeholders returns the placeholders of all fixes, each once for each form.
func (r *Report) Placeholders() []FilledPlaceholder {
	return GatherPlaceholders(r.withPlaceholders)
}

// GatherPlaceholders returns the placeholders of findings, each once for each form, in the
// order of the findings.
func GatherPlaceholders(findings []*rewrite.Finding) []FilledPlaceholder {
	type key struct {
		text, file string
		form       rewrite.Form
	}
	var all []FilledPlaceholder
	var parts [][]producer.Found // for each of all
	index, seen := map[key]int{}, map[key]bool{}
	for _, f := range findings {
		for _, p := range f.Placeholders {
			i, known := index[key{text: p.Text, form: p.Form}]
			if !known {
				i, all, parts = len(all), append(all, FilledPlaceholder{Placeholder: p}), append(parts, nil)
				index[key{text: p.Text, form: p.Form}] = i
			}
			parts[i] = append(parts[i], p.Found)
			if at := (key{p.Text, f.File, p.Form}); !seen[at] {
				seen[at] = true
				all[i].Files = append(all[i].Files, f.File)
			}
		}
	}
	for i := range all {
		all[i].Found = producer.Join(parts[i])
	}
	return all
}

// WritePlaceholders prints for each placeholder the files that hold it and the lines that
// fill it, then the helper that makes the new text. It prints nothing without placeholders.
func WritePlaceholders(w io.Writer, all []FilledPlaceholder) error {
	if len(all) == 0 {
		return nil
	}
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "placeholders to change:")
	for _, p := range all {
		writePlaceholder(b, p)
	}
	if slices.ContainsFunc(all, func(p FilledPlaceholder) bool { return p.Form != rewrite.Item }) {
		fmt.Fprintln(b, "helper for the scripts that fill them:")
		for line := range strings.Lines(producer.Helper) {
			if line != "\n" {
				fmt.Fprint(b, "  ")
			}
			fmt.Fprint(b, line)
		}
	}
	return b.Flush()
}

func writePlaceholder(b *bufio.Writer, p FilledPlaceholder) {
	fmt.Fprintf(b, "  %s must be filled with %s\n", ReplaceUnprintable(p.Text), describeFilling(p.Form))
	for _, file := range p.Files {
		fmt.Fprintf(b, "    in %s\n", ReplaceUnprintable(file))
	}
	writeProducerLines(b, "    producer: ", p.Producers)
	writeProducerLines(b, "    quotes: ", p.Quoted)
	if len(p.Producers) == 0 {
		fmt.Fprintln(b, "    no producer was found in the given paths")
	}
}

func writeProducerLines(b io.Writer, head string, lines []producer.Line) {
	for _, l := range lines {
		fmt.Fprintf(b, "%s%s:%d: %s\n", head, ReplaceUnprintable(l.File), l.Number, ReplaceUnprintable(l.Text))
	}
}

// describeFilling returns in words the text that must fill a placeholder after the fix.
func describeFilling(form rewrite.Form) string {
	switch form {
	case rewrite.Glued:
		return `, "--a", "--b" or nothing: manifest_items glued prints it`
	case rewrite.Upstream:
		return `"--a", "--b" and never nothing: manifest_items upstream prints it`
	}
	return "one word, without the shell's quotes"
}
