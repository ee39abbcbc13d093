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
	plain string // raw as plainText returns it
}

// way is one way to fill a placeholder.
type way struct {
	name  string // as the page on placeholders names it
	fills func(target, line) bool
	own   bool // a line fills placeholders of its own file only
}

// ways returns every way. A new one is a line here.
func ways() []way {
	return []way{
		{"sed", isSubstitution, false},
		{"sed address", isSedAddress, false},
		{"call", isReplaceCall, false},
		{"parameter expansion", isParameterExpansion, false},
		{"jinja set", isJinjaSet, true},
		{"pillar", isPillarKey, false},
		{"values.yaml", isHelmValue, false},
		{"--set", isHelmFlag, false},
		{"program", isProgramField, false},
	}
}

// isSubstitution reports s@{{x}}@value@ of sed, perl and the like, with any
// delimiter. The placeholder must stand in the pattern.
func isSubstitution(t target, l line) bool {
	places := t.placesIn(l.plain)
	if len(places) == 0 {
		return false
	}
	for i := 0; i+2 < len(l.plain); i++ {
		if l.plain[i] != 's' || i > 0 && isLetter(l.plain[i-1]) || !isDelimiter(l.plain[i+1]) {
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

// isDelimiter reports a byte that is common around the parts of an s command.
func isDelimiter(c byte) bool { return strings.IndexByte("@/|,#:!%~^+", c) >= 0 }

// isLetter reports a byte that a variable's name may begin with.
func isLetter(c byte) bool { return isNameByte(c) && (c < '0' || c > '9') }

// editorName matches the name of a program whose scripts have addresses and patterns
// in / /.
var editorName = regexp.MustCompile(`(?:^|[^A-Za-z0-9_.-])(?:g?sed|[gnm]?awk|perl)(?:$|[^A-Za-z0-9_.-])`)

// isSedAddress reports a command of an editor for the lines with the placeholder:
// /{{x}}/r file.
func isSedAddress(t target, l line) bool {
	places := t.placesIn(l.plain)
	if len(places) == 0 || !editorName.MatchString(l.joinedLines()) {
		return false
	}
	for _, p := range places {
		rest := l.plain[p+len(t.plain):]
		end := strings.IndexByte(rest, '/')
		if end < 0 || strings.LastIndexByte(l.plain[:p], '/') < 0 {
			continue
		}
		rest = strings.TrimLeft(rest[end+1:], " \t")
		if rest != "" && strings.IndexByte("acdirRs{", rest[0]) >= 0 && (len(rest) == 1 || !isNameByte(rest[1])) {
			return true
		}
	}
	return false
}

// joinedLines returns the line together with those that a backslash joins to it.
func (l line) joinedLines() string {
	first, last := l.index, l.index
	for first > 0 && l.index-first < joinLimit && strings.HasSuffix(l.lines[first-1], `\`) {
		first--
	}
	for last+1 < len(l.lines) && last-l.index < joinLimit && strings.HasSuffix(l.lines[last], `\`) {
		last++
	}
	return strings.Join(l.lines[first:last+1], "\n")
}

// joinLimit bounds how many lines are joined before a line and behind it.
const joinLimit = 30

// callers match the beginnings of calls that replace text, up to the placeholder,
// which is the text to replace.
var callers = []*regexp.Regexp{
	regexp.MustCompile("(?i)\\b(?:replace|replaceall|replace_all|str_replace|newreplacer)\\((?:[^()]|\\([^()]*\\))*[\"'/`]$"),
	regexp.MustCompile("\\b(?:g?sub|gensub)!?\\(\\s*r?[\"'/]$"),
	regexp.MustCompile("(?i)\\s-c?replace\\s+[\"']$"),
}

var (
	// valueArgument matches the text behind the placeholder in such a call: the value.
	valueArgument = regexp.MustCompile("^[\"'/`][a-z]*\\s*,\\s*\\S")
	// countArgument matches the text behind the placeholder in Go's strings.Replace
	// where the placeholder is the value: a count.
	countArgument = regexp.MustCompile("^[\"'`]\\s*,\\s*-?[0-9]+\\s*\\)")
)

// isReplaceCall reports .replace("{{x}}", value), gsub(/{{x}}/, value) and their like,
// in which a value stands behind the placeholder.
func isReplaceCall(t target, l line) bool {
	for _, p := range t.placesIn(l.plain) {
		rest := l.plain[p+len(t.plain):]
		if valueArgument.MatchString(rest) && !countArgument.MatchString(rest) &&
			slices.ContainsFunc(callers, func(c *regexp.Regexp) bool { return c.MatchString(l.plain[:p]) }) {
			return true
		}
	}
	return false
}

// expansionStart matches the beginning of bash's ${x//pattern/value}, up to the
// placeholder.
var expansionStart = regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z0-9_]*(?:\[[^]]*\])?//?[#%]?["']?$`)

// isParameterExpansion reports bash's ${text//\{\{x\}\}/value}.
func isParameterExpansion(t target, l line) bool {
	for _, p := range t.placesIn(l.plain) {
		rest := strings.TrimLeft(l.plain[p+len(t.plain):], `"'`)
		if expansionStart.MatchString(l.plain[:p]) && strings.HasPrefix(rest, "/") {
			return true
		}
	}
	return false
}
