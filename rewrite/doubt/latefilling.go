package doubt

import (
	"regexp"
	"slices"
	"strings"

	"shellfree/rewrite/rule"
)

// LateFilling is the doubt "late-filling".
var LateFilling = Doubt{About[Case]{
	Name: "late-filling",
	Doc: "a reference in the script is filled after the YAML was read, by the API of the object (Tekton's $(params.x), the ${X} of an OpenShift Template's parameters) or by Flux (${x}, which also stands in the object's name or image). " +
		"It may hold several words, and it is no variable of the container. Settled by converting it by hand.",
	Look: func(c Case) Raised {
		if text, by := c.filledLate(c.script()); text != "" {
			return Refused(rule.Placeholder, "`"+text+"` is filled by "+by+" after the file was read, and may hold several words or none: convert it by hand")
		}
		return Raised{}
	},
}, Reference}

var (
	tektonReference = regexp.MustCompile(`\$\((params|tasks|workspaces|context|inputs|outputs|resources|steps?|results|credentials|tt)[.\[][^)]*\)`)
	braceReference  = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\}`)
)

// filledLate returns a reference of the script that is filled late, and what fills it.
func (c Case) filledLate(script string) (text, by string) {
	if c.Command.Group == "tekton.dev" {
		if text := tektonReference.FindString(script); text != "" {
			return text, "Tekton"
		}
	}
	for _, m := range braceReference.FindAllStringSubmatchIndex(script, -1) {
		escaped := m[0] > 0 && script[m[0]-1] == '$'
		text, name := script[m[0]:m[1]], script[m[2]:m[3]]
		switch {
		case slices.Contains(c.Command.Parameters, name):
			return text, "the Template"
		case !escaped && (strings.Contains(c.Command.Image, "${") || strings.Contains(c.Command.Object, "${")):
			return text, "a substitution that also fills the object's name or image"
		}
	}
	return "", ""
}
