package site

import "sigs.k8s.io/kustomize/kyaml/yaml"

// addCommands adds the commands of a container or exec action: one for each key
// command, of which the branches of a template leave several in one mapping.
func addCommands(n *yaml.Node, c Command, found *[]Command) {
	var lists []Command
	for p := range allPairs(n) {
		if p.key.Value != "command" && p.key.Value != "args" {
			continue
		}
		list, indirect := resolveAlias(p.value)
		if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
			continue
		}
		one := c
		one.Key = p.key
		if indirect != nil {
			one.Indirect = indirect
		} else if p.merge != nil {
			one.Indirect = p.merge
		}
		if p.key.Value == "command" {
			one.Command = list
		} else {
			one.Args = list
		}
		lists = append(lists, one)
	}
	*found = append(*found, pairLists(lists)...)
}

// pairLists joins each command with its args. One command and one args belong
// together in either order. Of several, each args belongs to the command before it
// when commands and args alternate; otherwise the commands are marked Unpaired.
func pairLists(lists []Command) []Command {
	var withCommand, withArgs []Command
	for _, l := range lists {
		if l.Command != nil {
			withCommand = append(withCommand, l)
		} else {
			withArgs = append(withArgs, l)
		}
	}
	switch {
	case len(withCommand) == 0 || len(withArgs) == 0:
		return lists
	case len(withCommand) == 1 && len(withArgs) == 1, isAlternating(lists):
		for i := range withCommand {
			withCommand[i].Args = withArgs[i].Args
			withCommand[i].Key = firstKey(withCommand[i].Key, withArgs[i].Key)
			if withCommand[i].Indirect == nil {
				withCommand[i].Indirect = withArgs[i].Indirect
			}
		}
		return withCommand
	}
	for i := range withCommand {
		withCommand[i].Unpaired = true
	}
	return withCommand
}

// isAlternating reports whether command and args take turns, command first.
func isAlternating(lists []Command) bool {
	for i, l := range lists {
		if (l.Command != nil) != (i%2 == 0) {
			return false
		}
	}
	return len(lists)%2 == 0
}

// firstKey returns the key that stands first in the text.
func firstKey(a, b *yaml.Node) *yaml.Node {
	if b.Line < a.Line || b.Line == a.Line && b.Column < a.Column {
		return b
	}
	return a
}
