package doubt

import (
	"cmp"

	"shellfree/rewrite/reading"
)

// UnreadableFields is the doubt "unreadable-fields".
var UnreadableFields = Doubt{About[Case]{
	Name: "unreadable-fields",
	Doc: "the script sets variables or a directory, and it can't be told which fields the container has: its env is shared through an anchor, it merges another mapping, has a key twice, or a placeholder may bring fields. " +
		"Settled by setting env or workingDir by hand.",
	Look: func(c Case) Raised {
		if !c.Fields.Any() {
			return Raised{}
		}
		if why := c.unreadableFields(); why != "" {
			return c.Fields.Refused("but " + why)
		}
		return Raised{}
	},
}, Start}

// unreadableFields says why it can't be told which fields the container has, ""
// where each key is there once and its own, and no placeholder may bring more.
func (c Case) unreadableFields() string {
	n := c.Command.Mapping
	if env := reading.ValueOf(n, "env"); env != nil && len(c.Fields.Env) > 0 && (env.Alias != nil || c.Command.AnchorOf(env).Used) {
		return "env is shared through the anchor &" + cmp.Or(env.Value, env.Anchor) + ", and other containers would get the variables too: declare them by hand"
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		switch {
		case key == "<<":
			return "the container merges another (<<), which may have env or workingDir: set them by hand"
		case c.Command.Templated(key):
			return "the template names the container's key " + c.Command.Shown(key) + ": set env or workingDir by hand"
		case seen[key]:
			return "the container has " + key + " twice: set env or workingDir by hand"
		}
		seen[key] = true
	}
	if _, ok := c.Command.Document.Spans.Of(n); !ok {
		return "the container's bytes can't be placed: set env or workingDir by hand"
	}
	if p, found := c.Command.StrayPlaceholder(); found {
		return "`" + reading.OneLine(p.Text) + "` may bring fields of the container, such as env or workingDir: set them by hand"
	}
	return ""
}
