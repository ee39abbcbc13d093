package rewrite

import (
	"slices"

	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
)

// suggest gives an obstacle that is work for a shell the row which excepts its
// image, where that image is known to keep a shell.
func (f *file) suggest(r *reading, c *command) {
	needed := []rule.Rule{rule.SeveralCommands, rule.Compound, rule.ScriptFile}
	if c.finding.Fix != nil || c.Place != expansion.Container || !slices.Contains(needed, c.finding.Rule) {
		return
	}
	if e, ok := f.engine.options.Converter.(invocation.Excepter); ok {
		c.finding.Suggestion = e.Exception(invocation.Target{Image: r.unmask(c.Image), Output: true})
	}
}
