package doubt

import (
	"slices"

	"shellfree/rewrite/finding"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
)

// ConditionalEnv is the doubt "conditional-env".
var ConditionalEnv = Doubt{About[Case]{
	Name: "conditional-env",
	Doc: "the template declares a variable that the script uses under a condition, or may declare it again (toYaml, include, range). Where it is missing, the shell put nothing in its place and the array keeps $(NAME); where it is declared again, the last value counts. " +
		"Settled by declaring it once and always where the command stands.",
	Look: func(c Case) Raised {
		names := variablesIn(append([]invocation.Word{c.Invocation.Stdout.Path, c.Invocation.Stderr.Path}, c.Invocation.Words...))
		if len(names) == 0 {
			return Raised{}
		}
		var raised Raised
		for _, name := range names {
			if text := c.Command.DeclaredUnder(name); text != "" {
				raised.Reviews = append(raised.Reviews, finding.Review{Sentence: "$(" + name + ") depends on the template's `" + reading.OneLine(text) +
					"`, which may leave it out or declare it otherwise: check that env always has it once"})
			}
		}
		if len(raised.Reviews) == 0 {
			return Cleared("env declares " + listed(names) + " wherever the command stands")
		}
		return raised
	},
}, Fix}

// variablesIn returns the names of the variables in words, each once.
func variablesIn(words []invocation.Word) []string {
	var names []string
	for _, w := range words {
		for _, p := range w.Parts {
			if p.Kind == invocation.Variable && !slices.Contains(names, p.Text) {
				names = append(names, p.Text)
			}
		}
	}
	return names
}
