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

// inFile returns the exceptions that a file makes for itself, and findings about
// those that can't be understood.
func inFile(r *rewrite.Result) (exceptions []*Exception, bad []rewrite.Finding) {
	next := linesBelow(r.Source, r.Directives)
	for i, d := range r.Directives {
		var made []*Exception
		var err error
		if d.Key == "" {
			made, err = comment(d, next[i])
		} else {
			made, err = annotation(d)
		}
		for _, e := range made {
			e.File, e.At, e.offset, e.unread = r.Source.Name, d.Start, d.StartOffset, d.Unread
		}
		exceptions = append(exceptions, made...)
		if err != nil {
			e := Exception{File: r.Source.Name, At: d.Start, offset: d.StartOffset}
			bad = append(bad, e.finding(rule.BadException, err.Error()))
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
			covers: func(f rewrite.Finding) bool { return covers(f) && named(e.container, f.Container) },
		})
	}
	return all
}

var (
	marked = regexp.MustCompile(`^([^\s:/]+)([ \t]*[:/][ \t]*)([A-Za-z_-]+)(?s:(.*))$`)
	code   = regexp.MustCompile(`(?i)\bSF[0-9]`)
)

// comment reads `shellfree:ignore CODE REASON`. A comment that looks like it and
// is spelt otherwise is an error, since it would silently do nothing. below is the
// next line that is no comment.
func comment(d rewrite.Directive, below int) ([]*Exception, error) {
	m := marked.FindStringSubmatch(d.Text)
	if m == nil {
		return nil, nil
	}
	if m[1]+m[2]+m[3] != "shellfree:ignore" {
		meant := near(m[1], "shellfree") && near(m[3], "ignore") && code.MatchString(m[4])
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
		first, last := lines(f)
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

// near reports whether a word is the one that is meant, or nearly.
func near(word, meant string) bool { return word == meant || suggestion.Misspelt(word, meant) }

// lines returns the lines of a finding's command, from the first of its keys on.
func lines(f rewrite.Finding) (first, last int) {
	first, last = f.Start.Line, f.End.Line
	if f.KeyLine > 0 {
		first = min(first, f.KeyLine)
	}
	if f.End.Column == 1 && last > f.Start.Line {
		last-- // it ends with the line break
	}
	return first, last
}

// linesBelow returns for each directive the next line below it that is no comment.
// It begins at the end, since comments often stand in a row.
func linesBelow(src *source.Source, all []rewrite.Directive) []int {
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

// isComment reports whether a line begins like a comment of YAML or a template.
func isComment(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "{#") || strings.HasPrefix(line, "{{/*") || strings.HasPrefix(line, "{{- /*")
}
