package doubt

import (
	"shellfree/rewrite/dialect"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// TemplateBetweenItems is the doubt "template-between-items".
var TemplateBetweenItems = Doubt{About[Case]{
	Name: "template-between-items",
	Doc: "a control tag or comment of the template stands inside the command, or a placeholder between its items or where it can't be told apart from the text around it. " +
		"Which items there will be is the template's decision then. Settled by converting each branch by hand, or by writing the placeholder into the script.",
	Look: templateBetweenItems,
}, Sight}

// templateBetweenItems asks about each placeholder from the first bracket or dash
// of the lists to their end.
func templateBetweenItems(c Case) Raised {
	items := reading.Places(c.Command.ItemSpans()).Joined()
	for _, list := range c.Command.Lists() {
		extent, ok := c.Command.Document.Spans.Of(list)
		if !ok {
			return Refused(rule.Unlocatable, "the end of the list can't be found: write it in a plainer style")
		}
		for _, p := range c.Command.Reading().Between(extent, items) {
			if bad := templateInCommand(p, c.Migration); bad.Obstacle != nil {
				return bad
			}
		}
	}
	return Raised{}
}

// templateInCommand judges one placeholder. Where the array itself stays, bare ones
// may stay in it.
func templateInCommand(p reading.Inside, stays bool) Raised {
	text := "`" + reading.OneLine(p.Text) + "`"
	switch {
	case p.OutsideScripts, stays && p.Kind != dialect.Control:
		return Raised{}
	case p.Kind == dialect.Control || p.Kind == dialect.Comment && p.InItem:
		return Refused(rule.TemplateControl, "the template's "+text+" stands inside the command: convert each branch by hand")
	case p.Kind == dialect.Value && p.InItem && !p.Word:
		return Refused(rule.Placeholder, text+" can't be told apart from the text around it: write it on one line, with three bytes or more, or convert by hand")
	case p.Kind == dialect.Value && !p.InItem:
		return Refused(rule.Placeholder, text+" stands between the items and may hold several: write it into the script, or convert by hand")
	}
	return Raised{}
}
