package doubt

import (
	"regexp"
	"slices"
	"strings"

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
// %%NAME%%, and fields in braces: {name}, #{name}.
var foreignSyntax = regexp.MustCompile(`@[A-Za-z][A-Za-z0-9_]*@|%%[A-Za-z][A-Za-z0-9_]*%%|[#%]?\{[A-Za-z][A-Za-z0-9_]*\}`)

// foreign returns the first text of a template, "" for none. %{name} is a format, such
// as that of curl.
func foreign(text string) string {
	for _, found := range foreignSyntax.FindAllString(text, -1) {
		if !strings.HasPrefix(found, "%{") {
			return found
		}
	}
	return ""
}

func unknownTemplate(c Case) Raised {
	var sentences []string
	if text := reading.TerraformDirective.FindString(c.script()); text != "" {
		sentences = append(sentences, "`"+text+"` looks like a directive of a template language that is not known here: check that it is text")
	}
	for _, w := range c.writtenWords() {
		for _, p := range w.Parts {
			if sentence := c.unknownPart(p); sentence != "" {
				sentences = append(sentences, sentence)
			}
		}
	}
	return Reviews(sentences...)
}

// writtenWords returns the words of the script that the fix writes somewhere.
func (c Case) writtenWords() []invocation.Word {
	inv := c.Invocation
	return slices.Concat(inv.Words, []invocation.Word{inv.Stdout.Path, inv.Stderr.Path}, c.Fields.Values())
}

// unknownPart says what a part of a word may be in a template language, "" for nothing.
func (c Case) unknownPart(p invocation.Part) string {
	text := foreign(p.Text)
	switch {
	case p.Kind == invocation.Literal && text != "" && !p.Quoted:
		return "`" + text + "` looks like a placeholder of a template language that is not known here: check that it stands for one word, or for nothing else than this text"
	case p.Kind == invocation.Placeholder && isSection(p.Text):
		return "`" + p.Text + "` opens a section of a template: check that it is never empty, which would leave an empty argument, and never comes several times"
	case p.Kind == invocation.Variable && c.Text.HoldsTerraform():
		return "`${" + p.Text + "}` may be filled by the template, whose directives (%{ … }) stand in this file, instead of being a variable of the container: check what it is"
	}
	return ""
}

// script returns the text of the shell's script, "" where there is none.
func (c Case) script() string {
	if !c.Command.StartsShell || c.Command.Shell.Script < 0 {
		return ""
	}
	return c.Command.Items[c.Command.Shell.Script].Value
}

// isSection reports the tag that opens a section of mustache: {{#x}}, {{^x}}.
func isSection(text string) bool {
	name := strings.TrimLeft(strings.TrimPrefix(text, "{{"), " ")
	return strings.HasPrefix(text, "{{") && name != "" && strings.IndexByte("#^", name[0]) >= 0
}
