package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/doubt"
)

// WritePullRequest prints the description of a pull request with the fixes that keep
// accepts: its purpose, the containers, the sentences that a person must check, and the
// commands that stay in shell.
func WritePullRequest(w io.Writer, r *Report, keep func(rewrite.Finding) bool) error {
	p := pullRequest{keep: keep}
	for _, result := range r.Results {
		for _, f := range result.Findings {
			p.addFinding(*f.Finding)
			if f.Fix != nil && keep(*f.Finding) {
				p.made = append(p.made, f.Finding)
			}
		}
	}
	for _, filled := range GatherPlaceholders(p.made) {
		p.addPlaceholder(filled)
	}
	b := bufio.NewWriter(w)
	p.write(b, r)
	return b.Flush()
}

// pullRequest collects the lines of each part.
type pullRequest struct {
	keep                                   func(rewrite.Finding) bool
	fixes, review, producers, left, advice []string

	made   []*rewrite.Finding
	shells int  // number of fixes that remove a shell
	held   bool // there is a fix that keep does not accept
}

func (p *pullRequest) addFinding(f rewrite.Finding) {
	place := markdownCode(fmt.Sprintf("%s:%d", f.File, f.Start.Line))
	if f.Fix == nil || !p.keep(f) {
		reason := f.Message
		if f.Fix != nil {
			p.held = true
			reason = "held back by --safe-only: " + reason
		}
		line := fmt.Sprintf("- %s %s %s: %s", place, f.Rule.Code, markdownText(f.Rule.Name), markdownText(reason))
		if f.Rule.Advisory() {
			p.advice = append(p.advice, line)
		} else {
			p.left = append(p.left, line)
		}
		return
	}
	if !f.Rule.Advisory() {
		p.shells++
	}
	cell := place
	if where := describePlace(f); where != "" {
		cell += "<br>" + markdownCode(where)
	}
	p.fixes = append(p.fixes, fmt.Sprintf("| %s | %s → %s | %s | %s |", cell,
		markdownCode(shorten(quoteWords(f.Old))), markdownCode(shorten(quoteWords(f.Argv))), markdownText(f.Sink), markdownText(f.Version)))
	for _, r := range f.Review {
		if r.Doubt == doubt.ListItems.Name || r.Doubt == doubt.UnknownProducer {
			continue // the part about placeholders has this
		}
		p.review = append(p.review, fmt.Sprintf("- [ ] %s %s", place, markdownText(r.Sentence)))
	}
}

// addPlaceholder adds a placeholder with the files of its fixes and the lines that fill it.
func (p *pullRequest) addPlaceholder(filled FilledPlaceholder) {
	p.producers = append(p.producers, fmt.Sprintf("- [ ] %s in %s: %s", markdownCode(filled.Text),
		markdownCode(strings.Join(filled.Files, ", ")), markdownText(describeFilling(filled.Form))))
	for _, l := range filled.Producers {
		p.producers = append(p.producers, fmt.Sprintf("  - %s %s", markdownCode(fmt.Sprintf("%s:%d", l.File, l.Number)), markdownCode(shorten(l.Text))))
	}
}

// quoteWords returns the items of a command on one line for people to read. Items with
// blanks are in quotes, except placeholders.
func quoteWords(items []string) string {
	shown := make([]string, len(items))
	for i, item := range items {
		fields := strings.Fields(item)
		shown[i] = strings.Join(fields, " ")
		if len(fields) == 1 || strings.HasPrefix(item, "{{") && strings.HasSuffix(item, "}}") {
			continue
		}
		quote := `"`
		if strings.Contains(item, quote) {
			quote = "'"
		}
		shown[i] = quote + shown[i] + quote
	}
	return strings.Join(shown, " ")
}

// shortLimit is the number of characters of a command that a cell shows.
const shortLimit = 160

func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= shortLimit {
		return s
	}
	return string(runes[:shortLimit]) + "…"
}

func (p *pullRequest) write(b *bufio.Writer, r *Report) {
	fmt.Fprintf(b, "## Start %s without a shell\n\n", pluralize(p.shells, "program"))
	fmt.Fprintln(b, "Kubernetes' images move to bases that have no shell, and these containers start their program through one.")
	fmt.Fprintln(b, "Each program now starts directly, with the words that the shell gave it; a log file is kept by the sink that the table names. Nothing else of the files changes.")
	rewrite := "rewrite"
	if p.held {
		rewrite += " --safe-only"
	}
	fmt.Fprintf(b, "Made by %s; %s says what is left.\n", markdownCode(r.rerunCommand(rewrite)), markdownCode(r.rerunCommand("check")))
	if len(p.fixes) > 0 {
		fmt.Fprintf(b, "\n| container | before → after | sink | version |\n|---|---|---|---|\n%s\n", strings.Join(p.fixes, "\n"))
	}
	writePart(b, "To review", p.review)
	writePart(b, "Placeholders whose producers must change", p.producers)
	writePart(b, "What stays in shell, and why", p.left)
	writePart(b, "What else the manifests need", p.advice)
}

func writePart(b *bufio.Writer, title string, lines []string) {
	if len(lines) > 0 {
		fmt.Fprintf(b, "\n### %s\n\n%s\n", title, strings.Join(lines, "\n"))
	}
}
