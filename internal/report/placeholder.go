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

// Placeholder is a placeholder of one form with all that its change touches.
type Placeholder struct {
	rewrite.Placeholder
	Files []string // of the fixes that hold it
}

// Placeholders returns those of all fixes, each once for each form.
func (r *Report) Placeholders() []Placeholder {
	return Gather(r.filled)
}

// Gather returns the placeholders of findings, each once for each form, in the
// order in which they come.
func Gather(findings []*rewrite.Finding) []Placeholder {
	type key struct {
		text, file string
		form       rewrite.Form
	}
	var all []Placeholder
	var parts [][]producer.Found // of each
	index, seen := map[key]int{}, map[key]bool{}
	for _, f := range findings {
		for _, p := range f.Placeholders {
			i, known := index[key{text: p.Text, form: p.Form}]
			if !known {
				i, all, parts = len(all), append(all, Placeholder{Placeholder: p}), append(parts, nil)
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

// WritePlaceholders prints what must change with the fixes: by placeholder the
// files that hold it and the lines that fill it, then the helper that makes the
// new text. It prints nothing without placeholders.
func WritePlaceholders(w io.Writer, all []Placeholder) error {
	if len(all) == 0 {
		return nil
	}
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "placeholders to change:")
	for _, p := range all {
		writePlaceholder(b, p)
	}
	if slices.ContainsFunc(all, func(p Placeholder) bool { return p.Form != rewrite.Item }) {
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

func writePlaceholder(b *bufio.Writer, p Placeholder) {
	fmt.Fprintf(b, "  %s must be filled with %s\n", Printable(p.Text), filling(p.Form))
	for _, file := range p.Files {
		fmt.Fprintf(b, "    in %s\n", Printable(file))
	}
	writeLines(b, "    producer: ", p.Producers)
	writeLines(b, "    quotes: ", p.Quoted)
	if len(p.Producers) == 0 {
		fmt.Fprintln(b, "    no producer was found in the given paths")
	}
}

func writeLines(b io.Writer, head string, lines []producer.Line) {
	for _, l := range lines {
		fmt.Fprintf(b, "%s%s:%d: %s\n", head, Printable(l.File), l.Number, Printable(l.Text))
	}
}

// filling says what fills a placeholder from now on.
func filling(form rewrite.Form) string {
	switch form {
	case rewrite.Glued:
		return `, "--a", "--b" or nothing: manifest_items glued prints it`
	case rewrite.Upstream:
		return `"--a", "--b" and never nothing: manifest_items upstream prints it`
	}
	return "one word, without the shell's quotes"
}
