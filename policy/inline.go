package policy

import (
	"fmt"
	"regexp"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
	"shellfree/rewrite/suggestion"
)

// inFile returns the exceptions that a file makes for itself, and findings about
// those that can't be understood.
func inFile(r *rewrite.Result) (exceptions []*Exception, bad []rewrite.Finding) {
	for _, d := range r.Directives {
		read := comment
		if d.Key != "" {
			read = annotation
		}
		made, err := read(r.Source, d)
		exceptions = append(exceptions, made...)
		if err != nil {
			e := Exception{File: r.Source.Name, At: d.Start, offset: d.StartOffset}
			bad = append(bad, e.finding(rule.BadException, err.Error()))
		}
	}
	return exceptions, bad
}

// exceptions returns one exception for each rule of an entry.
func (e entry) exceptions(src *source.Source, d rewrite.Directive, origin string, covers func(rewrite.Finding) bool) []*Exception {
	var all []*Exception
	for _, r := range e.rules {
		all = append(all, &Exception{
			Rule: r, Reason: e.reason, Owner: e.owner, Until: e.until, Origin: origin, File: src.Name, At: d.Start, offset: d.StartOffset,
			covers: func(f rewrite.Finding) bool { return named(e.container, f.Container) && covers(f) },
		})
	}
	return all
}

var (
	marked = regexp.MustCompile(`^([^\s:/]+)([ \t]*[:/][ \t]*)([A-Za-z_-]+)(?s:(.*))$`)
	code   = regexp.MustCompile(`(?i)\bSF[0-9]`)
)

// comment reads `shellfree:ignore CODE REASON`. A comment that looks like it and
// is spelt otherwise is an error, since it would silently do nothing.
func comment(src *source.Source, d rewrite.Directive) ([]*Exception, error) {
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
	below := lineBelow(src, d)
	return e.exceptions(src, d, "comment", func(f rewrite.Finding) bool {
		first, last := lines(f)
		return d.Start.Line <= last && first <= d.Last || d.Alone && below == first
	}), nil
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

// lineBelow returns the next line below a comment that is no comment.
func lineBelow(src *source.Source, d rewrite.Directive) int {
	for n := d.Last + 1; ; n++ {
		line := strings.TrimLeft(src.Line(n), " \t")
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "{#") && !strings.HasPrefix(line, "{{/*") && !strings.HasPrefix(line, "{{- /*") {
			return n
		}
	}
}
