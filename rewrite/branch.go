package rewrite

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// readBranches reads each branch of an if/else that stands inside a command for
// itself. Side by side the branches are one list of which only the first decides
// what starts, and a shell in the second would be overlooked.
func (f *file) readBranches() {
	for _, r := range slices.Clone(f.readings) {
		var whole []command
		for _, c := range r.commands {
			branches := f.branchesOf(r, c)
			if len(branches) == 0 {
				whole = append(whole, c)
			}
			f.readings = append(f.readings, branches...)
		}
		r.commands = whole
	}
}

// branchesOf returns a reading for each branch inside a command, with nothing
// but what the command is there. There are none where no branch starts a shell,
// or where one of them doesn't parse.
func (f *file) branchesOf(r *reading, c command) []*reading {
	if !r.parted(c, f.compared) {
		return nil
	}
	var all []*reading
	extent := c.extent()
	// A branch may go on below the command, so all of the document is read.
	whole := []span.Span{{Start: c.document.Start, End: c.document.End}}
	for mask := range r.mask.Branches(extent.Start, extent.End) {
		b := read(mask, again(whole))
		if len(b.errors) > 0 || len(all) == readingLimit {
			return nil
		}
		b.commands = slices.DeleteFunc(b.commands, func(d command) bool {
			at := d.extent().Start
			return at < extent.Start || at >= extent.End
		})
		b.branch = true
		all = append(all, b)
	}
	markShared(all)
	return all
}

// parted reports whether control tags stand between the items of a command and
// a shell at its start or right behind a tag. Of commands that are compared any
// program counts.
func (r *reading) parted(c command, compared bool) bool {
	words := c.words()
	starts := func(i int) bool {
		if c.Command.Command == nil {
			_, found := invocation.FindShellInArgs(words[i:])
			return found
		}
		_, found := invocation.FindShell(words[i:])
		return found
	}
	tags, shell := false, compared || len(words) > 0 && starts(0)
	i := 0
	for _, list := range []*yaml.Node{c.Command.Command, c.Args} {
		if list == nil {
			continue
		}
		end := -1
		for _, item := range list.Content {
			s, ok := c.document.Spans.Of(item)
			if !ok {
				return false
			}
			if end >= 0 && r.control(end, s.Start) {
				tags, shell = true, shell || starts(i)
			}
			end = s.End
			i++
		}
	}
	return tags && shell
}

// control reports a control tag between two offsets.
func (r *reading) control(start, end int) bool {
	return slices.ContainsFunc(r.mask.Within(start, end), func(i int) bool {
		return r.mask.Placeholders[i].Kind == dialect.Control
	})
}

// markShared marks the commands of branches that have an item in common: an
// edit there would be one of the other branch too.
func markShared(branches []*reading) {
	commands := map[int][]*command{} // by the place of an item
	for _, b := range branches {
		for i := range b.commands {
			for _, s := range b.commands[i].places() {
				commands[s.Start] = append(commands[s.Start], &b.commands[i])
			}
		}
	}
	for _, same := range commands {
		for _, c := range same {
			c.shared = c.shared || !slices.Equal(c.places(), same[0].places())
			same[0].shared = same[0].shared || c.shared
		}
	}
}

// like returns the mask of an edited text that leaves out what the reading
// leaves out.
func (r *reading) like(after *dialect.Mask, edits []edit.Edit) *dialect.Mask {
	if !r.branch {
		return after
	}
	moved := edit.Moved(edits)
	var parts [][2]int
	for start, end := range r.mask.Omitted() {
		parts = append(parts, [2]int{moved(start), moved(end)})
	}
	return after.Without(parts)
}
