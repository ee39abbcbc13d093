package rewrite_test

import (
	"fmt"
	"slices"

	"shellfree/rewrite/edit"
)

// styleSetup is what a script sets before its program, and what the container
// must have for it.
type styleSetup struct {
	names  []string
	values []styleWord
	dir    string
}

func (s styleSetup) any() bool { return len(s.names) > 0 || s.dir != "" }

// setup draws variables and a directory, and returns the words of the script
// that set them.
func (g *styler) setup() (s styleSetup, tokens []string) {
	if !g.chance("setup", 8) {
		return s, nil
	}
	if g.IntN(3) == 0 {
		s.dir = []string{"/srv", "/srv/a b", "/srv/é#: 'x'", "/"}[g.IntN(4)]
		tokens = append(tokens, "cd", g.quote(s.dir), "&&")
	}
	var assignments []string
	for _, name := range []string{"S1", "N", "Yes_"}[:g.IntN(4)] {
		w := g.word()
		if g.IntN(6) == 0 {
			w = partWords[g.IntN(len(partWords))]
		}
		s.names, s.values = append(s.names, name), append(s.values, w)
		assignments = append(assignments, name+"="+w.shell)
	}
	if len(assignments) > 0 && g.IntN(2) == 0 {
		assignments = slices.Concat([]string{"export"}, assignments, []string{"&&"})
	}
	return s, append(tokens, assignments...)
}

// take removes what must have been added to the container, and returns what is
// wrong with it.
func (s styleSetup) take(container map[string]any, fill styleFill) error {
	if s.dir != "" {
		if container["workingDir"] != s.dir {
			return fmt.Errorf("workingDir is %q, want %q", container["workingDir"], s.dir)
		}
		delete(container, "workingDir")
	}
	if len(s.names) == 0 {
		return nil
	}
	env, _ := container["env"].([]any)
	at := len(env) - len(s.names)
	if at < 0 {
		return fmt.Errorf("env has %d entries, want %d more", len(env), len(s.names))
	}
	for i, name := range s.names {
		entry, _ := env[at+i].(map[string]any)
		value, ok := entry["value"].(string)
		if want := fill.text(s.values[i].value); !ok || len(entry) != 2 || entry["name"] != name || kubelet(value, nil) != want {
			return fmt.Errorf("env has %v, want %s=%q", entry, name, want)
		}
	}
	container["env"] = env[:at]
	if at == 0 {
		delete(container, "env")
	}
	return nil
}

// withoutInsertions applies the edits within the lists alone. The others must
// insert only, and only what the setup asks for.
func (c *styleCase) withoutInsertions(edits []edit.Edit) ([]byte, []edit.Edit, error) {
	inLists := slices.DeleteFunc(slices.Clone(edits), func(e edit.Edit) bool {
		inside := slices.ContainsFunc(c.lists, func(l [2]int) bool { return l[0] <= e.Start && e.End <= l[1] && e.Start < e.End })
		return c.script.setup.any() && e.Start == e.End && !inside
	})
	after, err := edit.Apply(c.text, inLists)
	return after, inLists, err
}
