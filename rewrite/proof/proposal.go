// Package proof checks fixes before they are offered: whether the new array starts
// the same program as the script (Start), and whether the edited text reads as
// before but for the intended nodes (Text).
package proof

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/invocation"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
)

// Proposal is a change of a text, with what it is meant to leave there: the fix of
// a command, or the fixes of a manifest in a string.
type Proposal struct {
	Edits []source.Edit
	// Lists are the rewritten sequences, command or args.
	Lists []List
	// Inserted holds the nodes added to mappings and lists: env and workingDir.
	Inserted []Insertion
	// Strings are the manifests in strings.
	Strings []String
	// Dropped holds the placeholders that fall away, as in the text.
	Dropped []string
	// Command is the one that is fixed, nil where strings are; its placeholders are
	// those of Old, or of its items where Old is nil.
	Command *reading.Command
	Old     []invocation.Word
	// New holds all words that are written, those of other fields too.
	New []invocation.Word
}

// List is a sequence and the words that it has to hold.
type List struct {
	Node  *yaml.Node
	Words []invocation.Word
	Hook  bool // the kubelet does not expand them
}

// Insertion is an addition to the content of a node: nodes from index At on. Their
// values are as in the file, placeholders included.
type Insertion struct {
	Node  *yaml.Node
	At    int
	Nodes []*yaml.Node
}

// String is a string and the manifest that it has to hold.
type String struct {
	Node *yaml.Node
	Text []byte
}

// intended holds the nodes of a text after some proposals, where they differ.
type intended struct {
	lists    map[*yaml.Node]List
	strings  map[*yaml.Node][]byte
	inserted map[*yaml.Node]Insertion
	dropped  []string
	edits    []source.Edit
}

func intendedBy(proposals []Proposal) intended {
	all := intended{lists: map[*yaml.Node]List{}, strings: map[*yaml.Node][]byte{}, inserted: map[*yaml.Node]Insertion{}}
	for _, p := range proposals {
		for _, l := range p.Lists {
			all.lists[l.Node] = l
		}
		for _, s := range p.Strings {
			all.strings[s.Node] = s.Text
		}
		for _, i := range p.Inserted {
			all.inserted[i.Node] = i
		}
		all.dropped = append(all.dropped, p.Dropped...)
		all.edits = append(all.edits, p.Edits...)
	}
	return all
}
