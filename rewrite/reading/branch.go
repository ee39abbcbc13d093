package reading

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/span"
)

// readBranches reads each branch of an if/else that stands inside a command for
// itself. Side by side the branches are one list of which only the first decides
// what starts, and a shell in the second would be overlooked. Where they can't be
// read one by one the command is an obstacle, whichever of them has the shell.
func (t *Text) readBranches() {
	for _, r := range slices.Clone(t.Readings) {
		split := map[int]bool{} // of each command with branches: each was read
		for _, group := range t.groups(r, split) {
			t.readTogether(r, group, split)
		}
		var whole []Command
		for i, c := range r.Commands {
			if read, parted := split[i]; !read {
				c.Undivided = parted
				whole = append(whole, c)
			}
		}
		r.Commands = whole
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
func (t *Text) groups(r *Reading, split map[int]bool) [][]branched {
	var groups [][]branched
	for _, b := range t.branched(r, split) {
		at := slices.IndexFunc(groups, func(g []branched) bool { return g[len(g)-1].choices.End <= b.choices.Start })
		switch {
		case at >= 0:
			groups[at] = append(groups[at], b)
		case len(groups) < t.Tries():
			groups = append(groups, []branched{b})
		}
	}
	return groups
}

// branched returns the places of a reading's commands with branches, by what
// the control blocks hold. It notes in split which commands have some.
func (t *Text) branched(r *Reading, split map[int]bool) []branched {
	var found []branched
	var conditions *dialect.Conditions
	known := map[span.Span]int{} // in found
	for i, c := range r.Commands {
		if !r.parted(c, t.Options.Compared) {
			continue
		}
		split[i] = false
		if conditions == nil {
			conditions = r.Mask.Conditions()
		}
		extent := c.Extent()
		if at, ok := known[extent]; ok {
			found[at].commands = append(found[at].commands, i)
			continue
		}
		choices := conditions.Between(extent.Start, extent.End, Limit)
		if len(choices.Hidden) > 0 {
			known[extent] = len(found)
			found = append(found, branched{extent, choices, c.Document, []int{i}})
		}
	}
	slices.SortStableFunc(found, func(a, b branched) int { return a.choices.Start - b.choices.Start })
	return found
}

// readTogether reads the first branch of each of some commands, then the second
// and so on, with nothing but what the commands are there. Where a branch
// doesn't parse each half is read on its own, and what is left alone stays
// whole, as does all when the readings have taken as much as they may.
func (t *Text) readTogether(r *Reading, parted []branched, split map[int]bool) {
	t.branchReads++
	if all := r.branches(parted, t.Options.All); all != nil {
		markShared(all)
		t.Readings = append(t.Readings, all...)
		for _, b := range parted {
			for _, i := range b.commands {
				split[i] = true
			}
		}
		return
	}
	if len(parted) > 1 && t.branchReads <= t.Tries() {
		t.readTogether(r, parted[:len(parted)/2], split)
		t.readTogether(r, parted[len(parted)/2:], split)
	}
}

// branches returns the readings of the branches of some commands, none where
// one of them doesn't parse. A branch may go on below its command, so what is
// worth reading around the command is chosen anew.
func (r *Reading) branches(parted []branched, whole bool) []*Reading {
	var all []*Reading
	documents := documentsOf(parted)
	for k := range Limit {
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
		at := Places(shown).Joined()
		p := func(text []byte) document.Stream { return document.ParseAround(text, documents, at) }
		if whole {
			p = parseOnly(documents)
		}
		b := read(r.Mask.Without(hidden), p)
		if len(b.Errors) > 0 {
			return nil
		}
		b.Commands = slices.DeleteFunc(b.Commands, func(c Command) bool { return !at.Hold(c.Extent().Start) })
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
func (r *Reading) parted(c Command, compared bool) bool {
	words := c.Values()
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
			s, ok := c.Document.Spans.Of(item)
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
func (r *Reading) control(start, end int) bool {
	return slices.ContainsFunc(r.Mask.Within(start, end), func(i int) bool {
		return r.Mask.Placeholders[i].Kind == dialect.Control
	})
}

// markShared marks the commands of branches that have an item in common: an
// edit there would be one of the other branch too.
func markShared(branches []*Reading) {
	commands := map[int][]*Command{} // by the place of an item
	for _, b := range branches {
		for i := range b.Commands {
			for _, s := range b.Commands[i].ItemSpans() {
				commands[s.Start] = append(commands[s.Start], &b.Commands[i])
			}
		}
	}
	for _, same := range commands {
		for _, c := range same {
			c.SharesItems = c.SharesItems || !slices.Equal(c.ItemSpans(), same[0].ItemSpans())
			same[0].SharesItems = same[0].SharesItems || c.SharesItems
		}
	}
}
