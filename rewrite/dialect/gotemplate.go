package dialect

import "strings"

// gotemplate is Go's text/template, as Helm, kops and many operators use it.
var gotemplate = Dialect{
	Name:  "gotemplate",
	Doc:   "{{ .Values.x }}, {{- if }} and {{ include … }} of Go templates and Helm; {{ ClusterName }} of kops",
	forms: []form{expression(goKind, true)},
}

func goKind(inner string) (Kind, bool) {
	head := leadingName(inner)
	rest := inner[len(head):]
	switch {
	case strings.HasPrefix(inner, "/*"):
		return Comment, true
	case isLoneKeyword(inner), isKeyword(head) && rest != "" && strings.IndexByte(" \t\r\n($.\"", rest[0]) >= 0:
		return Control, true
	case strings.IndexByte(".$(\"`", inner[0]) >= 0, isIdentifier(inner) && isCamelCase(inner):
		return Value, true
	}
	return Value, takesArgument(head, rest) || pipesToGo(rest)
}

// isKeyword reports the keywords of text/template that take something.
func isKeyword(word string) bool {
	switch word {
	case "if", "else", "range", "with", "define", "template", "block":
		return true
	}
	return false
}

// isLoneKeyword reports the keywords that are a whole action.
func isLoneKeyword(word string) bool {
	switch word {
	case "else", "end", "break", "continue":
		return true
	}
	return false
}

// isCamelCase reports an exported Go name: kops calls its functions so. A name
// in capitals only is a sed placeholder.
func isCamelCase(name string) bool {
	return isUpper(name[0]) && strings.ContainsFunc(name, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// takesArgument reports a function with an argument after a blank. Jinja has
// only operators there.
func takesArgument(head, rest string) bool {
	argument := strings.TrimLeft(rest, " \t\r\n")
	if head == "" || argument == "" || len(argument) == len(rest) {
		return false
	}
	if isName(argument[0]) {
		word := leadingName(argument)
		return !strings.Contains(" if else in is and or not ", " "+word+" ")
	}
	return strings.IndexByte(".$\"`('", argument[0]) >= 0
}

// pipesToGo reports a pipe to a function of Go templates: one that takes its
// argument without parentheses, or whose name Jinja doesn't know.
func pipesToGo(rest string) bool {
	for {
		_, after, piped := strings.Cut(rest, "|")
		if !piped {
			return false
		}
		after = strings.TrimLeft(after, " \t\r\n")
		name := leadingName(after)
		rest = after[len(name):]
		switch name {
		case "nindent", "toYaml", "toJson", "quote", "squote", "b64enc":
			return true
		}
		if takesArgument(name, rest) {
			return true
		}
	}
}
