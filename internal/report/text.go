package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"shellfree/rewrite"
	"shellfree/rewrite/source"
)

// WriteFinding prints one finding as Text does on no terminal.
func WriteFinding(w io.Writer, src *source.Source, f rewrite.Finding) error {
	b := bufio.NewWriter(w)
	textWriter{b, Style{}}.finding(excerpted(src, &f))
	return b.Flush()
}

// pointed is a finding with its source line and what stands before the caret.
type pointed struct {
	*rewrite.Finding
	line, caret string
}

func excerpted(src *source.Source, f *rewrite.Finding) pointed {
	line, caret := pointer(src, f.Start)
	return pointed{f, line, caret}
}

// textWriter prints findings in a style.
type textWriter struct {
	io.Writer
	Style
}

func (t textWriter) finding(p pointed) {
	f := *p.Finding
	t.head(f)
	if place := where(f); place != "" {
		fmt.Fprintf(t, "  in %s\n", Printable(place))
	}
	if p.line != "" {
		fmt.Fprintf(t, "  | %s\n  | %s%s\n", p.line, p.caret, t.stateColor(f, "^"))
	}
	for _, s := range f.Sentences() {
		fmt.Fprintf(t, "  %s %s\n", t.color(yellow, "review:"), Printable(s))
	}
	for _, p := range f.Placeholders {
		writeLines(t, "  producer: ", p.Producers)
	}
	for _, s := range f.Notes {
		fmt.Fprintf(t, "  note: %s\n", Printable(s))
	}
	if f.Suggestion != "" {
		fmt.Fprintln(t, "  paste:")
		for line := range strings.Lines(f.Suggestion) {
			fmt.Fprintf(t, "    %s\n", Printable(strings.TrimSuffix(line, "\n")))
		}
	}
}

// head prints where a finding is and what it says.
func (t textWriter) head(f rewrite.Finding) {
	place := fmt.Sprintf("%d:%d", f.Start.Line, f.Start.Column)
	name := t.bold(f.Rule.Code + " " + f.Rule.Name)
	label := t.stateColor(f, "["+state(f)+"]")
	if t.Grouped {
		fmt.Fprintf(t, "%s %s %s\n  %s\n", place, name, label, Printable(f.Message))
		return
	}
	fmt.Fprintf(t, "%s:%s: %s: %s %s\n", Printable(f.File), place, name, Printable(f.Message), label)
}

// The colours of a terminal (ECMA-48 SGR), of which most people have chosen
// what they look like.
const (
	boldText = "1"
	red      = "31"
	green    = "32"
	yellow   = "33"
)

func (s Style) color(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s Style) bold(text string) string { return s.color(boldText, text) }

// stateColor is green for a fix, yellow for one to review, red for an obstacle.
func (s Style) stateColor(f rewrite.Finding, text string) string {
	switch {
	case f.Fix == nil:
		return s.color(red, text)
	case f.Fix.Grade == rewrite.NeedsReview:
		return s.color(yellow, text)
	}
	return s.color(green, text)
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

// pointer returns the shown part of a place's source line, and what stands
// before the caret below it: tabs stay tabs, so that both lines are indented
// alike, and a wide character takes two blanks. An ellipsis stands where the
// line goes on. A line may be megabytes long and hold thousands of places, so no
// more than the shown part is looked at.
func pointer(src *source.Source, at source.Position) (shown, before string) {
	back := at.Column - 1
	cut := back > lineLimit-20
	if cut {
		back = 20
	}
	text, ahead := src.Around(src.Offset(at), back, lineLimit-back+1)
	runes, head := []rune(text), []rune(ahead)
	goesOn := len(runes) > lineLimit
	runes = runes[:min(len(runes), lineLimit)]
	if cut && len(runes) > 0 && len(head) > 0 {
		runes[0], head[0] = '…', '…'
	}
	shown = strings.TrimRight(Printable(string(runes)), " ")
	if goesOn {
		shown += "…"
	}
	return shown, indent(Printable(string(head)))
}

// indent returns blanks as wide as a text.
func indent(text string) string {
	// Not runewidth's default, which asks the environment of whoever runs this.
	width := runewidth.Condition{StrictEmojiNeutral: true}
	var b strings.Builder
	for i, part := range strings.Split(text, "\t") {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(strings.Repeat(" ", width.StringWidth(part)))
	}
	return b.String()
}

// Printable returns s with U+FFFD for each character but tab that is not printed:
// control characters of a manifest or a file name must not reach the terminal.
func Printable(s string) string { return strings.Map(printable, s) }

// printableLines is Printable for a text of several lines.
func printableLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return r
		}
		return printable(r)
	}, s)
}

func printable(r rune) rune {
	if r != '\t' && r != ' ' && !unicode.IsPrint(r) {
		return '\ufffd'
	}
	return r
}

// sentence is the last line of the text format.
func (r *Report) sentence() string {
	text := r.Summary.counts()
	if r.Summary.Fixable > 0 {
		text += "; see the fixes with " + Printable(r.command("diff"))
	}
	return text
}

// counts says what was found, in words.
func (s Summary) counts() string {
	files := count(s.Files, "file")
	if s.Skipped > 0 {
		files += fmt.Sprintf(", %d of them not parsed", s.Skipped)
	}
	switch {
	case s.Findings > 0:
		return fmt.Sprintf("%s in %s: %d fixable (%d to review), %d not", count(s.Findings, "finding"), files,
			s.Fixable, s.Review, s.Findings-s.Fixable) + s.accepted()
	case s.Excepted+s.Baselined > 0:
		return "nothing to report in " + files + s.accepted()
	case s.Files == 0:
		return "no file was checked"
	}
	return "no shell commands in " + files
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
