package dialect

import "strings"

// gotemplate is Go's text/template, as Helm, kops and many operators use it.
var gotemplate = Dialect{
	Name:  "gotemplate",
	Doc:   "{{ .Values.x }}, {{- if }} and {{ include … }} of Go templates and Helm; {{ ClusterName }} of kops",
	forms: []form{expressionForm(goKind, true)},

	blockVerbs: []string{"if", "range", "with", "define", "block"},
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

// isKeyword reports the keywords of text/template that take an argument.
func isKeyword(word string) bool {
	switch word {
	case "if", "else", "range", "with", "define", "template", "block":
		return true
	}
	return false
}

// isLoneKeyword reports the keywords of text/template that may be a whole action.
func isLoneKeyword(word string) bool {
	switch word {
	case "else", "end", "break", "continue":
		return true
	}
	return false
}

// isCamelCase reports an exported Go name, as kops gives its functions. A name in
// capitals only is taken for a placeholder of sed.
func isCamelCase(name string) bool {
	return isUpper(name[0]) && strings.ContainsFunc(name, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// takesArgument reports a function head that is followed by white space and an
// argument. In Jinja only operators follow white space.
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

// pipesToGo reports a pipe to a function of Go templates: one with an argument
// without parentheses, or with a name that Jinja doesn't know.
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
