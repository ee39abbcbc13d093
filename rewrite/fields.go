package rewrite

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/span"
)

// fields is what of a script goes to other fields of its container than
// command and args.
type fields struct {
	env []invocation.Assignment // new entries of env
	dir invocation.Word         // workingDir, without parts for none
}

func (n fields) any() bool { return len(n.env) > 0 || len(n.dir.Parts) > 0 }

// values returns the words that are written into the fields.
func (n fields) values() []invocation.Word {
	words := []invocation.Word{n.dir}
	for _, a := range n.env {
		words = append(words, a.Value)
	}
	return words
}

// names lists the variables.
func (n fields) names() string {
	names := make([]string, len(n.env))
	for i, a := range n.env {
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

// obstacle says that the script asks for the fields, and why they can't be
// written.
func (n fields) obstacle(why string) *invocation.Obstacle {
	if len(n.env) > 0 {
		return &invocation.Obstacle{Rule: rule.Environment, Message: "the script sets " + n.names() + ", " + why}
	}
	return &invocation.Obstacle{Rule: rule.Compound, Message: "the script changes to " + n.dir.String() + ", " + why}
}

// fields decides what goes to other fields of the container, and looks for
// what there speaks against it.
func (f *file) fields(r *reading, c *command, inv *invocation.Invocation) *invocation.Obstacle {
	asked := fields{env: inv.Env, dir: inv.Dir}
	if !asked.any() {
		return nil
	}
	if !f.whole {
		f.partial = true
		return asked.obstacle("which is decided when all of the container was read")
	}
	if _, found := c.document.Spans.Of(c.Mapping); !found { // of a JSON patch
		return asked.obstacle("and the patch gives a part of the container only: set that in a patch of its own")
	}
	n := asked
	if len(n.dir.Parts) > 0 {
		own := ownValue(c.Mapping, "workingDir")
		if own != nil && own.Kind == yaml.ScalarNode && r.unmask(own.Value) == n.dir.String() {
			n.dir = invocation.Word{} // it is that already
		} else if why := c.elsewhere(own); why != "" {
			return fields{dir: n.dir}.obstacle(why)
		}
	}
	for _, a := range n.env {
		if why := c.taken(r, a.Name); why != "" {
			return fields{env: []invocation.Assignment{a}}.obstacle(why)
		}
	}
	if why := r.unclear(c); why != "" {
		return asked.obstacle("but " + why)
	}
	if n.any() {
		inv.Review = append(inv.Review, n.reviews(c, *inv)...)
		c.written.fields = n
	}
	return nil
}

// reviews says what a person must check about the fields.
func (n fields) reviews(c *command, inv invocation.Invocation) []string {
	var list []string
	if len(n.dir.Parts) > 0 {
		failed := "where cd failed and the script went on in the image's own directory"
		if inv.DirRequired {
			failed = "where cd failed and the script ended"
		}
		list = append(list, "cd becomes workingDir "+n.dir.String()+": the runtime makes it when it is missing, "+failed)
	}
	if c.Image == "" {
		list = append(list, "the container has no image here: where this is a patch, check the env, workingDir, probes and hooks of what it is merged with")
	}
	if len(n.env) == 0 {
		return list
	}
	moves := " moves to the container's env, where whatever else is started in the container finds it too"
	if len(n.env) > 1 {
		moves = " move to the container's env, where whatever else is started in the container finds them too"
	}
	if len(c.Execs) > 0 {
		moves += ": check the commands of " + listed(c.Execs)
	}
	return append(list, n.names()+moves)
}

// elsewhere says what else would start in another directory, "" for nothing.
// own is the workingDir that is there, nil without one.
func (c *command) elsewhere(own *yaml.Node) string {
	first := c.words()[0]
	switch {
	case own != nil:
		return "and the container has a workingDir: write the directory there"
	case len(c.Execs) > 0:
		return "and workingDir would hold for " + listed(c.Execs) + " as well: set it, and check those commands"
	case c.found.Index > 0 && strings.Contains(first, "/") && !path.IsAbs(first):
		return "and " + first + " would be looked for from there on: name it by its whole path"
	}
	return ""
}

// taken says what in the container stands against a new variable. A reference
// means something else once the variable is declared, wherever it stands:
// command and args, other values of env, probes, subPathExpr.
func (c *command) taken(r *reading, name string) string {
	for _, v := range c.Env.Variables {
		if r.masked(v.Name) {
			return "and the template names a variable of env itself, " + r.unmask(v.Name) + ": declare it there by hand"
		}
	}
	if text, found := mention(c.Mapping, name); found {
		return "which the container refers to in `" + oneLine(r.unmask(text)) + "`: declare it in env and check what that means then"
	}
	return ""
}

// mention returns a scalar below a node that mentions a variable. It looks at
// each node once: an alias may stand inside of its own anchor.
func mention(n *yaml.Node, name string) (string, bool) {
	seen := map[*yaml.Node]bool{}
	var look func(n *yaml.Node) (string, bool)
	look = func(n *yaml.Node) (string, bool) {
		if n == nil || seen[n] {
			return "", false
		}
		seen[n] = true
		if n.Kind == yaml.ScalarNode && expansion.Mentions(n.Value, name) {
			return n.Value, true
		}
		for _, child := range n.Content {
			if text, found := look(child); found {
				return text, true
			}
		}
		return look(n.Alias)
	}
	return look(n)
}

// unclear says why nobody can tell which fields the container has, "" where it
// is plain: each key once and its own, and no placeholder that may bring some.
func (r *reading) unclear(c *command) string {
	n := c.Mapping
	if n.Anchor != "" {
		return "the container is shared by its anchor &" + n.Anchor + ": set env or workingDir by hand"
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		switch {
		case key == "<<":
			return "the container merges another (<<), which may have env or workingDir: set them by hand"
		case r.masked(key) || seen[key]:
			return "the container's key " + r.unmask(key) + " comes from a template, or stands there twice: set env or workingDir by hand"
		}
		seen[key] = true
	}
	if _, ok := c.document.Spans.Of(n); !ok {
		return "the container's bytes can't be placed: set env or workingDir by hand"
	}
	if p, found := r.loose(c); found {
		return "`" + oneLine(p.Text) + "` may bring fields of the container, such as env or workingDir: set them by hand"
	}
	return ""
}

// loose returns a placeholder that stands in the container and outside of its
// fields' values, or below it before anything else.
func (r *reading) loose(c *command) (dialect.Placeholder, bool) {
	whole, _ := c.document.Spans.Of(c.Mapping)
	end := whole.End
	if c.Mapping.Style&yaml.FlowStyle == 0 {
		rest := r.mask.Text[end:]
		end += len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
	}
	var values []span.Span
	for i := 0; i+1 < len(c.Mapping.Content); i += 2 {
		v := c.Mapping.Content[i+1]
		switch c.Mapping.Content[i].Value {
		case "env", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle": // these matter themselves
			if v.Kind != yaml.ScalarNode {
				values = append(values, scalars(c, v)...)
			}
			continue
		}
		if s, ok := c.document.Spans.Of(v); ok {
			values = append(values, s)
		}
	}
	slices.SortFunc(values, func(a, b span.Span) int { return a.Start - b.Start })
	for _, i := range r.mask.Within(whole.Start, end) {
		p := r.mask.Placeholders[i]
		next, _ := slices.BinarySearchFunc(values, p.Start+1, func(s span.Span, at int) int { return s.Start - at })
		inside := next > 0 && p.End <= values[next-1].End
		if p.Kind == dialect.Control || p.Kind == dialect.Value && !p.OutsideScripts && !inside {
			return p, true
		}
	}
	return dialect.Placeholder{}, false
}

// scalars returns the places of the scalars below a node.
func scalars(c *command, n *yaml.Node) []span.Span {
	if s, ok := c.document.Spans.Of(n); ok && n.Kind == yaml.ScalarNode {
		return []span.Span{s}
	}
	var all []span.Span
	for _, child := range n.Content {
		all = append(all, scalars(c, child)...)
	}
	return all
}

// ownValue returns the value of a mapping's own key, nil without it.
func ownValue(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// insertFields returns the edits that write the fields.
func (f *file) insertFields(c *command) ([]edit.Edit, error) {
	if !c.written.fields.any() {
		return nil, nil
	}
	return edit.Insert(edit.Fields{
		Text: f.result.Source.Text, Spans: c.document.Spans, Container: c.Mapping, JSON: f.json,
		Env: c.written.fields.env, Dir: c.written.fields.dir,
	})
}
