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

// WriteMarkdown prints a table of the rules that occur, then the findings of each file with
// the sentences that a person must check.
func WriteMarkdown(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "## Shell commands\n\n%s\n", markdownText(r.Summary.counts()))
	if r.Summary.Fixable > 0 {
		fmt.Fprintf(b, "\nSee the fixes with %s.\n", markdownCode(r.rerunCommand("diff")))
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
	for _, c := range r.countByRule() {
		fmt.Fprintf(b, "| %s %s | %s | %d | %d | %d |\n", c.rule.Code, markdownText(c.rule.Name), markdownText(c.rule.Summary), c.Findings, c.Fixable, c.Review)
	}
}

// ruleCount counts the findings of one rule.
type ruleCount struct {
	rule rule.Rule
	Summary
}

// countByRule counts the findings of the rules that occur, in the order of the codes.
func (r *Report) countByRule() []ruleCount {
	var all []ruleCount
	for _, known := range rule.All() {
		c := ruleCount{rule: known}
		for _, result := range r.Results {
			for _, f := range result.Findings {
				if f.Rule.Code == known.Code {
					c.countFinding(*f.Finding)
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
	fmt.Fprintf(b, "\n- **%s %s**, line %d, %s", f.Rule.Code, markdownText(f.Rule.Name), f.Start.Line, describeState(f))
	if place := describePlace(f); place != "" {
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

// linkMarks occur in words that GitHub or GitLab would turn into a link or a mention.
var linkMarks = []string{"@", "#", "://", "www.", "~", "!", "%", "&"}

// markdownText escapes a text so that Markdown prints it unchanged. A word that could mention
// a person or an issue becomes code. Lines are joined.
func markdownText(s string) string {
	words := strings.Split(ReplaceUnprintable(strings.ReplaceAll(s, "\n", " ")), " ")
	for i, word := range words {
		if slices.ContainsFunc(linkMarks, func(mark string) bool { return strings.Contains(word, mark) }) {
			words[i] = markdownCode(word)
		} else {
			words[i] = markdownEscape(word)
		}
	}
	return strings.Join(words, " ")
}

// markdownEscape puts a backslash before punctuation that has a meaning in Markdown
// (CommonMark 2.4), except punctuation that has one only at the start of a line.
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

// markdownCode returns a code span. A text with a backquote, a bar or a backslash is written
// as HTML with character references, which works in the cell of a table too.
func markdownCode(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(ReplaceUnprintable(s), "\t", " "))
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
		b.WriteString(indent + ReplaceUnprintable(strings.TrimRight(line, "\r\n")) + "\n")
	}
	b.WriteString(indent + fence + "\n")
	return b.String()
}
