package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"shellfree/internal/suggestion"
	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
)

// fileExceptions returns the exceptions in a file's comments and annotations, and
// findings about those with mistakes.
func fileExceptions(r *rewrite.Result) (exceptions []*Exception, bad []rewrite.Finding) {
	next := nextCodeLines(r.Source, r.Directives)
	for i, d := range r.Directives {
		var made []*Exception
		var err error
		if d.Key == "" {
			made, err = parseComment(d, next[i])
		} else {
			made, err = parseAnnotation(d)
		}
		for _, e := range made {
			e.File, e.At, e.offset, e.unread = r.Source.Name, d.Start, d.StartOffset, d.Unread
		}
		exceptions = append(exceptions, made...)
		if err != nil {
			e := Exception{File: r.Source.Name, At: d.Start, offset: d.StartOffset}
			bad = append(bad, e.newFinding(rule.BadException, err.Error()))
		}
	}
	return exceptions, bad
}

// exceptions returns one exception for each rule of an entry.
func (e entry) exceptions(origin string, covers func(rewrite.Finding) bool) []*Exception {
	var all []*Exception
	for _, r := range e.rules {
		all = append(all, &Exception{
			Rule: r, Reason: e.reason, Owner: e.owner, Until: e.until, Origin: origin,
			covers: func(f rewrite.Finding) bool { return covers(f) && matchesName(e.container, f.Container) },
		})
	}
	return all
}

var (
	commentPattern = regexp.MustCompile(`^([^\s:/]+)([ \t]*[:/][ \t]*)([A-Za-z_-]+)(?s:(.*))$`)
	codePattern    = regexp.MustCompile(`(?i)\bSF[0-9]`)
)

// parseComment reads `shellfree:ignore CODE REASON`. A comment that looks like a
// misspelt exception is an error, since it would have no effect and give no hint of
// that. below is the next line that is not a comment.
func parseComment(d rewrite.Directive, below int) ([]*Exception, error) {
	m := commentPattern.FindStringSubmatch(d.Text)
	if m == nil {
		return nil, nil
	}
	if m[1]+m[2]+m[3] != "shellfree:ignore" {
		meant := resembles(m[1], "shellfree") && resembles(m[3], "ignore") && codePattern.MatchString(m[4])
		if meant || m[1]+m[2] == "shellfree:" {
			return nil, fmt.Errorf("%q is not known: did you mean shellfree:ignore?", m[1]+m[2]+m[3])
		}
		return nil, nil
	}
	e, err := parseEntry(m[4])
	if err != nil {
		return nil, err
	}
	made := e.exceptions("comment", func(f rewrite.Finding) bool {
		first, last := commandLines(f)
		return d.Start.Line <= last && first <= d.Last || d.Alone && below == first
	})
	for _, m := range made {
		for n := d.Start.Line; n <= d.Last; n++ {
			m.lines = append(m.lines, n)
		}
		if d.Alone {
			m.lines = append(m.lines, below)
		}
	}
	return made, nil
}

// resembles reports whether a word is equal to another one or a misspelling of it.
func resembles(word, meant string) bool { return word == meant || suggestion.Misspelt(word, meant) }

// commandLines returns the first and the last line of a finding's command, with its
// keys.
func commandLines(f rewrite.Finding) (first, last int) {
	first, last = f.Start.Line, f.End.Line
	if f.KeyLine > 0 {
		first = min(first, f.KeyLine)
	}
	if f.End.Column == 1 && last > f.Start.Line {
		last-- // the command ends with the line break before
	}
	return first, last
}

// nextCodeLines returns for each directive the next line below it that is not a
// comment. It goes from the last directive to the first, so that a block of many
// comments is not read again for each of them.
func nextCodeLines(src *source.Source, all []rewrite.Directive) []int {
	below := make([]int, len(all))
	for i, d := range slices.Backward(all) {
		n := d.Last + 1
		for isComment(src.Line(n)) {
			if i+1 < len(all) && all[i+1].Start.Line == n {
				n = below[i+1] - 1
			}
			n++
		}
		below[i] = n
	}
	return below
}

// isComment reports whether a line begins as a comment of YAML or of a template.
func isComment(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "{#") || strings.HasPrefix(line, "{{/*") || strings.HasPrefix(line, "{{- /*")
}
