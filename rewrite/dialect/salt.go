package dialect

import "strings"

// salt is filled in by sed scripts and Salt. Kubernetes' own cluster manifests
// (cluster/gce/manifests, cluster/saltbase) are written in it. A bare name is salt
// even beside the tags of other dialects, since those manifests mix both.
var salt = Dialect{
	Name:  "salt",
	Doc:   "{{name}} and {{ pillar['x'] }}, filled by sed or Salt",
	Lone:  Words,
	forms: []form{expressionForm(saltKind, true)},
}

func saltKind(inner string) (Kind, bool) {
	if isIdentifier(inner) {
		return Value, !isCamelCase(inner) && !isLoneKeyword(inner)
	}
	for _, head := range []string{"pillar", "grains", "salt"} {
		if rest, ok := strings.CutPrefix(inner, head); ok && isSelector(rest) {
			return Value, true
		}
	}
	return Value, false
}

// isIdentifier reports a bare name. Hyphens are allowed, as sed allows them.
func isIdentifier(s string) bool {
	if s == "" || !isLetter(s[0]) && s[0] != '_' {
		return false
	}
	for i := range len(s) {
		if !isName(s[i]) && s[i] != '-' {
			return false
		}
	}
	return true
}

// isSelector reports a chain of [..], (..) and .name with no text behind it.
func isSelector(s string) bool {
	if s == "" {
		return false
	}
	for s != "" {
		switch {
		case s[0] == '[' || s[0] == '(':
			end := bracketEnd(s)
			if end < 0 {
				return false
			}
			s = s[end:]
		case s[0] == '.' && len(s) > 1 && isName(s[1]):
			s = s[1+len(leadingName(s[1:])):]
		default:
			return false
		}
	}
	return true
}

// leadingName returns the letters, digits and underscores that s begins with.
func leadingName(s string) string {
	for i := range len(s) {
		if !isName(s[i]) {
			return s[:i]
		}
	}
	return s
}

// bracketEnd returns the length of the bracketed text that s begins with, -1 where
// the closing bracket is missing.
func bracketEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[', '(':
			depth++
		case ']', ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			end := templateQuoteEnd([]byte(s), i)
			if end < 0 {
				return -1
			}
			i = end - 1
		}
	}
	return -1
}
