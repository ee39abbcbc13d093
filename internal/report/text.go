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

// WriteFinding prints one finding as Text does when the output is not a terminal.
func WriteFinding(w io.Writer, src *source.Source, f rewrite.Finding) error {
	b := bufio.NewWriter(w)
	textWriter{b, Style{}}.writeFinding(locateFinding(src, &f))
	return b.Flush()
}

// locatedFinding is a finding with its source line, and the blanks before the caret below it.
type locatedFinding struct {
	*rewrite.Finding
	line, caret string
}

func locateFinding(src *source.Source, f *rewrite.Finding) locatedFinding {
	line, caret := sourceLine(src, f.Start)
	return locatedFinding{f, line, caret}
}

// textWriter prints findings in a style.
type textWriter struct {
	io.Writer
	Style
}

func (t textWriter) writeFinding(p locatedFinding) {
	f := *p.Finding
	t.writeHead(f)
	if place := describePlace(f); place != "" {
		fmt.Fprintf(t, "  in %s\n", ReplaceUnprintable(place))
	}
	if p.line != "" {
		fmt.Fprintf(t, "  | %s\n  | %s%s\n", p.line, p.caret, t.colorByState(f, "^"))
	}
	for _, s := range f.Sentences() {
		fmt.Fprintf(t, "  %s %s\n", t.colorize(yellow, "review:"), ReplaceUnprintable(s))
	}
	for _, p := range f.Placeholders {
		writeProducerLines(t, "  producer: ", p.Producers)
	}
	for _, s := range f.Notes {
		fmt.Fprintf(t, "  note: %s\n", ReplaceUnprintable(s))
	}
	if f.Suggestion != "" {
		fmt.Fprintln(t, "  paste:")
		for line := range strings.Lines(f.Suggestion) {
			fmt.Fprintf(t, "    %s\n", ReplaceUnprintable(strings.TrimSuffix(line, "\n")))
		}
	}
}

// writeHead prints the place and the message of a finding.
func (t textWriter) writeHead(f rewrite.Finding) {
	place := fmt.Sprintf("%d:%d", f.Start.Line, f.Start.Column)
	name := t.makeBold(f.Rule.Code + " " + f.Rule.Name)
	label := t.colorByState(f, "["+describeState(f)+"]")
	if t.Grouped {
		fmt.Fprintf(t, "%s %s %s\n  %s\n", place, name, label, ReplaceUnprintable(f.Message))
		return
	}
	fmt.Fprintf(t, "%s:%s: %s: %s %s\n", ReplaceUnprintable(f.File), place, name, ReplaceUnprintable(f.Message), label)
}

// Colours of a terminal (ECMA-48 SGR). These basic ones follow the user's own choice of
// colours.
const (
	boldText = "1"
	red      = "31"
	green    = "32"
	yellow   = "33"
)

func (s Style) colorize(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s Style) makeBold(text string) string { return s.colorize(boldText, text) }

// colorByState colours text green for a safe fix, yellow for one to review, red for an
// obstacle.
func (s Style) colorByState(f rewrite.Finding, text string) string {
	switch {
	case f.Fix == nil:
		return s.colorize(red, text)
	case f.Fix.Grade == rewrite.NeedsReview:
		return s.colorize(yellow, text)
	}
	return s.colorize(green, text)
}

// describePlace returns the place of a finding in words: Pod kube-proxy, container
// kube-proxy.
func describePlace(f rewrite.Finding) string {
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

// lineLimit is the number of characters of a source line that are shown.
const lineLimit = 120

// sourceLine returns the shown part of the source line of a place, and the blanks before the
// caret below it. Tabs stay tabs, so that both lines have the same indentation, and a wide
// character takes two blanks. An ellipsis marks the ends at which the line continues. A line
// may be megabytes long and have thousands of findings, so only the shown part is read.
func sourceLine(src *source.Source, at source.Position) (shown, before string) {
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
	shown = strings.TrimRight(ReplaceUnprintable(string(runes)), " ")
	if goesOn {
		shown += "…"
	}
	return shown, blanksLike(ReplaceUnprintable(string(head)))
}

// blanksLike returns blanks as wide as a text.
func blanksLike(text string) string {
	// runewidth's default condition depends on the user's environment.
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

// ReplaceUnprintable returns s with U+FFFD in the place of unprintable characters, except
// tabs. Control characters of a manifest or a file name must not reach the terminal.
func ReplaceUnprintable(s string) string { return strings.Map(replaceIfUnprintable, s) }

// replaceUnprintableInLines is ReplaceUnprintable for a text of several lines.
func replaceUnprintableInLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return r
		}
		return replaceIfUnprintable(r)
	}, s)
}

func replaceIfUnprintable(r rune) rune {
	if r != '\t' && r != ' ' && !unicode.IsPrint(r) {
		return '\ufffd'
	}
	return r
}

// sentence returns the last line of the text format.
func (r *Report) sentence() string {
	text := r.Summary.counts()
	if r.Summary.Fixable > 0 {
		text += "; see the fixes with " + ReplaceUnprintable(r.rerunCommand("diff"))
	}
	return text
}

// counts returns the summary in words.
func (s Summary) counts() string {
	files := pluralize(s.Files, "file")
	if s.Skipped > 0 {
		files += fmt.Sprintf(", %d of them not parsed", s.Skipped)
	}
	switch {
	case s.Findings > 0:
		return fmt.Sprintf("%s in %s: %d fixable (%d to review), %d not", pluralize(s.Findings, "finding"), files,
			s.Fixable, s.Review, s.Findings-s.Fixable) + s.countAccepted()
	case s.Excepted+s.Baselined > 0:
		return "nothing to report in " + files + s.countAccepted()
	case s.Files == 0:
		return "no file was checked"
	}
	return "no shell commands in " + files
}

// countAccepted returns in words how many findings exceptions and the baseline cover.
func (s Summary) countAccepted() string {
	text := ""
	if s.Excepted > 0 {
		text += fmt.Sprintf("; %d excepted", s.Excepted)
	}
	if s.Baselined > 0 {
		text += fmt.Sprintf("; %d in the baseline", s.Baselined)
	}
	return text
}

func pluralize(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
