package doubt

import (
	"regexp"
	"strings"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
)

// UnknownTemplate is the doubt "unknown-template".
var UnknownTemplate = Doubt{About[Case]{
	Name: "unknown-template",
	Doc: "a word looks like syntax of a template language that is not known here (%{ if }, @NAME@, %%NAME%%, {name}, sections of mustache). What fills it may make several words of it or none. " +
		"Settled where the text is meant as it stands, or is always one word.",
	Look: unknownTemplate,
}, Fix}

// foreignSyntax matches text of templates: the names of autoconf and CMake (@NAME@),
// %%NAME%%, and fields in braces.
var foreignSyntax = regexp.MustCompile(`@[A-Za-z][A-Za-z0-9_]*@|%%[A-Za-z][A-Za-z0-9_]*%%|\{[A-Za-z][A-Za-z0-9_]*\}`)

func unknownTemplate(c Case) Raised {
	var raised Raised
	add := func(text, why string) {
		raised.Reviews = append(raised.Reviews, finding.Review{Sentence: "`" + text + "` " + why})
	}
	if text := reading.TerraformDirective.FindString(c.script()); text != "" {
		add(text, "looks like a directive of a template language that is not known here: check that it is text")
	}
	for _, w := range c.Invocation.Words {
		for _, p := range w.Parts {
			if text := foreignSyntax.FindString(p.Text); p.Kind == invocation.Literal && text != "" && !p.Quoted {
				add(text, "looks like a placeholder of a template language that is not known here: check that it stands for one word, or for nothing else than this text")
			}
			if p.Kind == invocation.Placeholder && isSection(p.Text) {
				add(p.Text, "is a section of a template: check that it is never empty, which would leave an empty argument, and never comes several times")
			}
			if p.Kind == invocation.Variable && c.Text.HoldsTerraform() {
				add("${"+p.Text+"}", "may be filled by the template, whose directives (%{ … }) stand in this file, instead of being a variable of the container: check what it is")
			}
		}
	}
	return raised
}

// script returns the text of the shell's script, "" where there is none.
func (c Case) script() string {
	if !c.Command.StartsShell || c.Command.Shell.Script < 0 {
		return ""
	}
	return c.Command.Items[c.Command.Shell.Script].Value
}

// isSection reports a tag of a mustache section: {{#x}}, {{^x}}, {{/x}}.
func isSection(text string) bool {
	name := strings.TrimLeft(strings.TrimPrefix(text, "{{"), " ")
	return strings.HasPrefix(text, "{{") && name != "" && strings.IndexByte("#^/", name[0]) >= 0 && !strings.HasPrefix(name, "/*")
}
