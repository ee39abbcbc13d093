package doubt

import "shellfree/rewrite/reading"

// UnreadableFields is the doubt "unreadable-fields".
var UnreadableFields = Doubt{About[Case]{
	Name: "unreadable-fields",
	Doc: "the script sets variables or a directory, and it can't be told which fields the container has: it is shared by an anchor, merges another mapping, has a key twice, or a placeholder may bring fields. " +
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
	if n.Anchor != "" {
		return "the container is shared by its anchor &" + n.Anchor + ": set env or workingDir by hand"
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		switch {
		case key == "<<":
			return "the container merges another (<<), which may have env or workingDir: set them by hand"
		case c.Command.Templated(key) || seen[key]:
			return "the container's key " + c.Command.Shown(key) + " comes from a template, or stands there twice: set env or workingDir by hand"
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
