package rewrite

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// readBranches reads each branch of an if/else that stands inside a command for
// itself. Side by side the branches are one list of which only the first decides
// what starts, and a shell in the second would be overlooked. Where they can't be
// read one by one the command is an obstacle, whichever of them has the shell.
func (f *file) readBranches() {
	for _, r := range slices.Clone(f.readings) {
		split := map[int]bool{} // of each command with branches: each was read
		for _, group := range f.groups(r, split) {
			f.readTogether(r, group, split)
		}
		var whole []command
		for i, c := range r.commands {
			if read, parted := split[i]; !read {
				c.unsplit = parted
				whole = append(whole, c)
			}
		}
		r.commands = whole
	}
}

// branched is a place in which control tags stand between items.
type branched struct {
	extent   span.Span
	choices  dialect.Choices
	document *document.Document
	commands []int // several where they are reached through aliases
}

// groups returns the commands whose branches are read, in groups. What control
// blocks hold of one command of a group has nothing in common with what they
// hold of another, so a group takes no more readings than one command does. Where
// blocks go over many commands there are many groups, and those beyond what is
// tried of failures too stay whole.
func (f *file) groups(r *reading, split map[int]bool) [][]branched {
	var groups [][]branched
	for _, b := range f.branched(r, split) {
		at := slices.IndexFunc(groups, func(g []branched) bool { return g[len(g)-1].choices.End <= b.choices.Start })
		switch {
		case at >= 0:
			groups[at] = append(groups[at], b)
		case len(groups) < f.tries():
			groups = append(groups, []branched{b})
		}
	}
	return groups
}

// branched returns the places of a reading's commands with branches, by what
// the control blocks hold. It notes in split which commands have some.
func (f *file) branched(r *reading, split map[int]bool) []branched {
	var found []branched
	var conditions *dialect.Conditions
	known := map[span.Span]int{} // in found
	for i, c := range r.commands {
		if !r.parted(c, f.compared) {
			continue
		}
		split[i] = false
		if conditions == nil {
			conditions = r.mask.Conditions()
		}
		extent := c.extent()
		if at, ok := known[extent]; ok {
			found[at].commands = append(found[at].commands, i)
			continue
		}
		choices := conditions.Between(extent.Start, extent.End, readingLimit)
		if len(choices.Hidden) > 0 {
			known[extent] = len(found)
			found = append(found, branched{extent, choices, c.document, []int{i}})
		}
	}
	slices.SortStableFunc(found, func(a, b branched) int { return a.choices.Start - b.choices.Start })
	return found
}

// readTogether reads the first branch of each of some commands, then the second
// and so on, with nothing but what the commands are there. Where a branch
// doesn't parse each half is read on its own, and what is left alone stays
// whole, as does all when the readings have taken as much as they may.
func (f *file) readTogether(r *reading, parted []branched, split map[int]bool) {
	f.branchReads++
	if all := r.branches(parted, f.whole); all != nil {
		markShared(all)
		f.readings = append(f.readings, all...)
		for _, b := range parted {
			for _, i := range b.commands {
				split[i] = true
			}
		}
		return
	}
	if len(parted) > 1 && f.branchReads <= f.tries() {
		f.readTogether(r, parted[:len(parted)/2], split)
		f.readTogether(r, parted[len(parted)/2:], split)
	}
}

// branches returns the readings of the branches of some commands, none where
// one of them doesn't parse. A branch may go on below its command, so what is
// worth reading around the command is chosen anew.
func (r *reading) branches(parted []branched, whole bool) []*reading {
	var all []*reading
	documents := documentsOf(parted)
	for k := range readingLimit {
		var hidden [][2]int
		var shown []span.Span
		for _, b := range parted {
			if k < len(b.choices.Hidden) {
				hidden = append(hidden, b.choices.Hidden[k]...)
				shown = append(shown, b.extent)
			}
		}
		if len(shown) == 0 {
			break
		}
		at := places(shown).joined()
		p := func(text []byte) document.Stream { return document.ParseAround(text, documents, at) }
		if whole {
			p = again(documents)
		}
		b := read(r.mask.Without(hidden), p)
		if len(b.errors) > 0 {
			return nil
		}
		b.commands = slices.DeleteFunc(b.commands, func(c command) bool { return !at.holds(c.extent().Start) })
		b.branch = true
		all = append(all, b)
	}
	return all
}

// documentsOf returns the documents of some commands.
func documentsOf(parted []branched) []span.Span {
	var all []span.Span
	var last *document.Document
	for _, b := range parted {
		if b.document != last {
			last = b.document
			all = append(all, span.Span{Start: last.Start, End: last.End})
		}
	}
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
