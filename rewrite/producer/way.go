package producer

import (
	"regexp"
	"slices"
	"strings"
)

// line is a line that holds a placeholder's key.
type line struct {
	*file
	index int
	raw   string
	plain string // without what patterns add
}

// way is one way to fill a placeholder.
type way struct {
	name  string // as the page on placeholders names it
	fills func(target, line) bool
	own   bool // a line fills placeholders of its own file only
}

// ways returns every way; a new one is a line here.
func ways() []way {
	return []way{
		{"sed", substitution, false},
		{"sed address", address, false},
		{"call", call, false},
		{"parameter expansion", parameter, false},
		{"jinja set", set, true},
		{"pillar", pillar, false},
		{"values.yaml", value, false},
		{"--set", flag, false},
		{"program", field, false},
	}
}

// substitution finds s@{{x}}@value@ of sed, perl and the like, with any
// delimiter: the placeholder must stand in the pattern.
func substitution(t target, l line) bool {
	places := t.at(l.plain)
	if len(places) == 0 {
		return false
	}
	for i := 0; i+2 < len(l.plain); i++ {
		if l.plain[i] != 's' || i > 0 && letter(l.plain[i-1]) || !delimiter(l.plain[i+1]) {
			continue
		}
		length := strings.IndexByte(l.plain[i+2:], l.plain[i+1])
		if length < 0 {
			continue
		}
		end := i + 2 + length
		if strings.IndexByte(l.plain[end+1:], l.plain[i+1]) < 0 && !strings.HasSuffix(l.raw, `\`) {
			continue // no value follows: a path such as /s/{{x}}/y
		}
		for _, p := range places {
			if i+2 <= p && p+len(t.plain) <= end {
				return true
			}
		}
	}
	return false
}

// delimiter reports a byte that people put around the parts of an s command.
func delimiter(c byte) bool { return strings.IndexByte("@/|,#:!%~^+", c) >= 0 }

func letter(c byte) bool { return nameByte(c) && (c < '0' || c > '9') }

// editor names the programs whose scripts have addresses and patterns in / /.
var editor = regexp.MustCompile(`(?:^|[^A-Za-z0-9_.-])(?:g?sed|[gnm]?awk|perl)(?:$|[^A-Za-z0-9_.-])`)

// address finds the lines on which an editor's command acts: /{{x}}/r file.
func address(t target, l line) bool {
	places := t.at(l.plain)
	if len(places) == 0 || !editor.MatchString(l.logical()) {
		return false
	}
	for _, p := range places {
		rest := l.plain[p+len(t.plain):]
		end := strings.IndexByte(rest, '/')
		if end < 0 || strings.LastIndexByte(l.plain[:p], '/') < 0 {
			continue
		}
		rest = strings.TrimLeft(rest[end+1:], " \t")
		if rest != "" && strings.IndexByte("acdirRs{", rest[0]) >= 0 && (len(rest) == 1 || !nameByte(rest[1])) {
			return true
		}
	}
	return false
}

// logical returns the line together with those that a backslash joins to it.
func (l line) logical() string {
	first, last := l.index, l.index
	for first > 0 && l.index-first < joined && strings.HasSuffix(l.lines[first-1], `\`) {
		first--
	}
	for last+1 < len(l.lines) && last-l.index < joined && strings.HasSuffix(l.lines[last], `\`) {
		last++
	}
	return strings.Join(l.lines[first:last+1], "\n")
}

// joined is how many lines before and after one are looked at.
const joined = 30

// callers are the begins of calls that replace text, up to the placeholder. In
// the second kind the text to replace comes first.
var callers = []*regexp.Regexp{
	regexp.MustCompile("(?i)\\b(?:replace|replaceall|replace_all|str_replace|newreplacer)\\((?:[^()]|\\([^()]*\\))*[\"'/`]$"),
	regexp.MustCompile("\\b(?:g?sub|gensub)!?\\(\\s*r?[\"'/]$"),
	regexp.MustCompile("(?i)\\s-c?replace\\s+[\"']$"),
}

var (
	// called is what follows the placeholder in such a call: the value.
	called = regexp.MustCompile("^[\"'/`][a-z]*\\s*,\\s*\\S")
	// counted is what follows it in Go's strings.Replace where it is the value.
	counted = regexp.MustCompile("^[\"'`]\\s*,\\s*-?[0-9]+\\s*\\)")
)

// call finds .replace("{{x}}", value), gsub(/{{x}}/, value) and their like. The
// value comes behind: a placeholder that is itself the value is none.
func call(t target, l line) bool {
	for _, p := range t.at(l.plain) {
		rest := l.plain[p+len(t.plain):]
		if called.MatchString(rest) && !counted.MatchString(rest) &&
			slices.ContainsFunc(callers, func(c *regexp.Regexp) bool { return c.MatchString(l.plain[:p]) }) {
			return true
		}
	}
	return false
}

// expanded is the begin of bash's ${x//pattern/value}, up to the placeholder.
var expanded = regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z0-9_]*(?:\[[^]]*\])?//?[#%]?["']?$`)

// parameter finds bash's ${text//\{\{x\}\}/value}.
func parameter(t target, l line) bool {
	for _, p := range t.at(l.plain) {
		rest := strings.TrimLeft(l.plain[p+len(t.plain):], `"'`)
		if expanded.MatchString(l.plain[:p]) && strings.HasPrefix(rest, "/") {
			return true
		}
	}
	return false
}
