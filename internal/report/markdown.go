package report

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
)

// WriteMarkdown prints a table of the rules that occur, then each finding with
// what a person must check, a file after the other.
func WriteMarkdown(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "## Shell commands\n\n%s\n", markdownText(r.Summary.counts()))
	if r.Summary.Fixable > 0 {
		fmt.Fprintf(b, "\nSee the fixes with %s.\n", markdownCode(r.command("diff")))
	}
	writeRuleTable(b, r)
	for _, result := range r.Results {
		fmt.Fprintf(b, "\n### %s\n", markdownCode(result.Name))
		for _, f := range result.Findings {
			writeMarkdownFinding(b, *f.Finding)
		}
	}
	return b.Flush()
}

func writeRuleTable(b *bufio.Writer, r *Report) {
	if len(r.Results) == 0 {
		return
	}
	fmt.Fprint(b, "\n| rule | what it finds | findings | fixable | to review |\n|---|---|--:|--:|--:|\n")
	for _, c := range r.byRule() {
		fmt.Fprintf(b, "| %s %s | %s | %d | %d | %d |\n", c.rule.Code, markdownText(c.rule.Name), markdownText(c.rule.Summary), c.Findings, c.Fixable, c.Review)
	}
}

// ruleCount counts the findings of one rule.
type ruleCount struct {
	rule rule.Rule
	Summary
}

// byRule counts the findings of the rules that occur, in the order of the codes.
func (r *Report) byRule() []ruleCount {
	var all []ruleCount
	for _, known := range rule.All() {
		c := ruleCount{rule: known}
		for _, result := range r.Results {
			for _, f := range result.Findings {
				if f.Rule.Code == known.Code {
					c.count(*f.Finding)
				}
			}
		}
		if c.Findings > 0 {
			all = append(all, c)
		}
	}
	return all
}

func writeMarkdownFinding(b *bufio.Writer, f rewrite.Finding) {
	fmt.Fprintf(b, "\n- **%s %s**, line %d, %s", f.Rule.Code, markdownText(f.Rule.Name), f.Start.Line, state(f))
	if place := where(f); place != "" {
		fmt.Fprintf(b, ", in %s", markdownCode(place))
	}
	fmt.Fprintf(b, "\n  <br>%s\n", markdownText(f.Message))
	for _, s := range f.Sentences() {
		fmt.Fprintf(b, "  - [ ] %s\n", markdownText(s))
	}
	for _, s := range f.Notes {
		fmt.Fprintf(b, "  - note: %s\n", markdownText(s))
	}
	if f.Suggestion != "" {
		fmt.Fprintf(b, "\n%s", markdownBlock("  ", f.Suggestion))
	}
}

// linked are words that GitHub or GitLab would make a link or a mention of.
var linked = []string{"@", "#", "://", "www.", "~", "!", "%", "&"}

// markdownText returns a text that Markdown prints as it is. A word that would
// mention a person or an issue becomes code, where nothing is looked up. Lines
// are joined.
func markdownText(s string) string {
	words := strings.Split(Printable(strings.ReplaceAll(s, "\n", " ")), " ")
	for i, word := range words {
		if slices.ContainsFunc(linked, func(mark string) bool { return strings.Contains(word, mark) }) {
			words[i] = markdownCode(word)
		} else {
			words[i] = markdownEscape(word)
		}
	}
	return strings.Join(words, " ")
}

// markdownEscape puts a backslash before the punctuation that Markdown knows
// (CommonMark 2.4); what only matters at the start of a line stays.
func markdownEscape(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\t", " ") {
		if strings.ContainsRune("\\`*_[]<>|$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markdownCode returns a code span. A text with a backquote, a bar or a
// backslash is written as HTML with character references, which holds in the
// cell of a table too.
func markdownCode(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(Printable(s), "\t", " "))
	if s == "" {
		return ""
	}
	if !strings.ContainsAny(s, "`|\\") {
		return "`" + s + "`"
	}
	var b strings.Builder
	for _, r := range html.EscapeString(s) {
		if strings.ContainsRune("`|\\*_[]~!:@$", r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return "<code>" + b.String() + "</code>"
}

// markdownBlock returns a fenced block whose fence is longer than any in it.
func markdownBlock(indent, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	var b strings.Builder
	b.WriteString(indent + fence + "\n")
	for line := range strings.Lines(text) {
		b.WriteString(indent + Printable(strings.TrimRight(line, "\r\n")) + "\n")
	}
	b.WriteString(indent + fence + "\n")
	return b.String()
}
