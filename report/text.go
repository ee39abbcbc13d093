package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// WriteText prints each finding with its source line and a caret, then a
// summary that says what to run next. Before it stand the placeholders whose
// producers must change.
func WriteText(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	for _, result := range r.Results {
		for _, f := range result.Findings {
			writeFinding(b, result.Source, f)
		}
	}
	if err := WritePlaceholders(b, r.Placeholders()); err != nil {
		return err
	}
	fmt.Fprintln(b, r.Summary.sentence())
	return b.Flush()
}

// WriteFinding prints one finding as WriteText does.
func WriteFinding(w io.Writer, src *source.Source, f rewrite.Finding) error {
	b := bufio.NewWriter(w)
	writeFinding(b, src, f)
	return b.Flush()
}

func writeFinding(b *bufio.Writer, src *source.Source, f rewrite.Finding) {
	state := "obstacle"
	if f.Fix != nil {
		state = "fix, " + string(f.Fix.Grade)
	}
	fmt.Fprintf(b, "%s:%d:%d: %s %s: %s [%s]\n", Printable(f.File), f.Start.Line, f.Start.Column, f.Rule.Code, f.Rule.Name, Printable(f.Message), state)
	if f.Container != "" || f.Object != "" {
		fmt.Fprintf(b, "  in %s\n", Printable(where(f)))
	}
	line, caret := pointer(strings.TrimPrefix(src.Line(f.Start.Line), "\ufeff"), f.Start.Column)
	if line != "" {
		fmt.Fprintf(b, "  | %s\n  | %s^\n", line, caret)
	}
	for _, s := range f.Review {
		fmt.Fprintf(b, "  review: %s\n", Printable(s))
	}
	for _, p := range f.Placeholders {
		writeLines(b, "  producer: ", p.Producers)
	}
	for _, s := range f.Notes {
		fmt.Fprintf(b, "  note: %s\n", Printable(s))
	}
	if f.Suggestion != "" {
		fmt.Fprintln(b, "  paste:")
		for line := range strings.Lines(f.Suggestion) {
			fmt.Fprintf(b, "    %s\n", Printable(strings.TrimSuffix(line, "\n")))
		}
	}
}

// where names the place as people do: Pod kube-proxy, container kube-proxy.
func where(f rewrite.Finding) string {
	var parts []string
	if f.Object != "" {
		parts = append(parts, strings.TrimSpace(f.Kind+" "+f.Object))
	}
	if f.Container != "" {
		parts = append(parts, "container "+f.Container)
	}
	if f.Site != "" && f.Site != "container" {
		parts = append(parts, f.Site)
	}
	return strings.Join(parts, ", ")
}

// lineLimit is how many characters of a source line are shown.
const lineLimit = 120

// pointer returns the shown part of a source line, and what stands before the
// caret below it: tabs stay tabs, so that both lines are indented alike. An
// ellipsis stands where the line goes on.
func pointer(line string, column int) (shown, before string) {
	runes := []rune(line)
	at := min(column-1, len(runes))
	start := 0
	if at > lineLimit-20 {
		start = at - 20
		runes[start] = '…'
	}
	var b strings.Builder
	for _, r := range runes[start:at] {
		if r == '\t' {
			b.WriteRune('\t')
		} else {
			b.WriteRune(' ')
		}
	}
	end := min(len(runes), start+lineLimit)
	shown = strings.TrimRight(Printable(string(runes[start:end])), " ")
	if end < len(runes) {
		shown += "…"
	}
	return shown, b.String()
}

// Printable returns s with U+FFFD for each character but tab that is not printed:
// control characters of a manifest or a file name must not reach the terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		if !unicode.IsPrint(r) && r != ' ' {
			return '\ufffd'
		}
		return r
	}, s)
}

// sentence is the last line of the text format.
func (s Summary) sentence() string {
	files := count(s.Files, "file")
	if s.Skipped > 0 {
		files += fmt.Sprintf(", %d of them not parsed", s.Skipped)
	}
	if s.Findings == 0 && s.Excepted+s.Baselined > 0 {
		return "nothing to report in " + files + s.accepted()
	}
	if s.Findings == 0 {
		return "no shell commands in " + files
	}
	text := fmt.Sprintf("%s in %s: %d fixable (%d to review), %d not", count(s.Findings, "finding"), files,
		s.Fixable, s.Review, s.Findings-s.Fixable) + s.accepted()
	if s.Fixable > 0 {
		text += "; see the fixes with shellfree diff"
	}
	return text
}

// accepted says how many findings are not reported.
func (s Summary) accepted() string {
	text := ""
	if s.Excepted > 0 {
		text += fmt.Sprintf("; %d excepted", s.Excepted)
	}
	if s.Baselined > 0 {
		text += fmt.Sprintf("; %d in the baseline", s.Baselined)
	}
	return text
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
