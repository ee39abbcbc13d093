package rewrite

import (
	"slices"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/producer"
)

// placeholders returns those of the new array that are whole words, each once:
// what fills them must print something else from now on. A word that stood
// before the shell is filled as it was.
func (f *file) placeholders(r *reading, c *command, argv []invocation.Word) []Placeholder {
	names := r.scriptPlaceholders(c)
	var all []Placeholder
	for _, w := range argv {
		if !lone(w) {
			continue
		}
		for _, p := range w.Parts {
			name, inScript := names[p.Text]
			known := slices.ContainsFunc(all, func(q Placeholder) bool { return q.Text == p.Text })
			if p.Kind == invocation.Placeholder && inScript && !known {
				all = append(all, Placeholder{Placeholder: producer.Placeholder{Text: p.Text, Name: name}, Form: f.form(w)})
			}
		}
	}
	return all
}

// lone reports a word of nothing but unquoted placeholders and variables: the
// shell split it and undid its quotes.
func lone(w invocation.Word) bool {
	return w.Several || len(w.Parts) > 0 && !slices.ContainsFunc(w.Parts, func(p invocation.Part) bool {
		return p.Kind == invocation.Literal || p.Quoted
	})
}

// form returns how the fix writes a word of placeholders.
func (f *file) form(w invocation.Word) Form {
	switch {
	case !w.Several:
		return Item
	case f.engine.options.Upstream:
		return Upstream
	}
	return Glued
}

// scriptPlaceholders returns the names of the script's placeholders by text.
func (r *reading) scriptPlaceholders(c *command) map[string]string {
	names := map[string]string{}
	if place, ok := c.document.Spans.Of(c.nodes[c.found.Script]); ok {
		for _, i := range r.mask.Within(place.Start, place.End) {
			names[r.mask.Placeholders[i].Text] = r.mask.Placeholders[i].Name
		}
	}
	return names
}

// newPlaceholder returns text of an item that the template language would take
// for a placeholder, since the script's quotes no longer keep it apart.
func (f *file) newPlaceholder(argv []invocation.Word, hook bool) string {
	for _, w := range argv {
		var own []string
		for _, p := range w.Parts {
			if p.Kind == invocation.Placeholder {
				own = append(own, p.Text)
			}
		}
		found := dialect.Find([]byte(edit.Value(w, hook)), f.dialects())
		found = slices.DeleteFunc(found, func(p dialect.Placeholder) bool { return p.OutsideScripts })
		if len(found) > len(own) {
			return found[0].Text
		}
	}
	return ""
}
