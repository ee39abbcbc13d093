package doubt

import (
	"strings"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// Fields is what of a script goes to other fields of its container than command
// and args.
type Fields struct {
	Env []invocation.Assignment // new entries of env
	Dir invocation.Word         // workingDir, without parts for none
}

// Any reports whether some field is written.
func (f Fields) Any() bool { return len(f.Env) > 0 || len(f.Dir.Parts) > 0 }

// Values returns the words that are written into the fields.
func (f Fields) Values() []invocation.Word {
	words := []invocation.Word{f.Dir}
	for _, a := range f.Env {
		words = append(words, a.Value)
	}
	return words
}

// names lists the variables.
func (f Fields) names() string {
	names := make([]string, len(f.Env))
	for i, a := range f.Env {
		names[i] = a.Name
	}
	return listed(names)
}

// listed writes a list as part of a sentence.
func listed(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Refused says that the script asks for the fields, and why they can't be written.
func (f Fields) Refused(why string) Raised {
	if len(f.Env) > 0 {
		return Refused(rule.Environment, "the script sets "+f.names()+", "+why)
	}
	return Refused(rule.Compound, "the script changes to "+f.Dir.String()+", "+why)
}
