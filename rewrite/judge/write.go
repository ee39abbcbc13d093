package judge

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/doubt"
	"shellfree/rewrite/edit"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/proof"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/rule"
)

// written returns the verdict with the edits of its proposal.
func (j Judge) written(v Verdict, k doubt.Case) Verdict {
	c, p := k.Command, *v.Proposal
	args := c.Args
	if c.Shell.Script < len(c.Command.Command.Content) {
		args = nil
	}
	edits, command, rest, err := edit.Array(edit.Request{
		Text: k.Text.Source.Text, Spans: c.Document.Spans, Command: c.Command.Command, Args: args, Keep: c.Shell.Index,
		Script: c.Items[c.Shell.Script], Argv: p.Conversion.Argv, Upstream: j.Upstream,
		JSON: k.Text.JSON, Hook: p.hook(c),
	})
	if err != nil {
		return v.Refused(rule.Unlocatable, err.Error())
	}
	p.Command, p.Args, p.Divided = command, rest, args != nil
	if p.Fields.Any() {
		fields, err := edit.Insert(edit.Fields{
			Text: k.Text.Source.Text, Spans: c.Document.Spans, Container: c.Mapping, JSON: k.Text.JSON,
			Env: p.Fields.Env, Dir: p.Fields.Dir,
		})
		if err != nil {
			bad := p.Fields.Refused("but " + err.Error()).Obstacle
			return v.Refused(bad.Rule, bad.Message)
		}
		edits = append(edits, fields...)
	}
	p.Edits, p.Argv = edits, p.texts(p.hook(c))
	v.Proposal = &p
	return v
}

func (p Proposal) hook(c *reading.Command) bool { return c.Place == expansion.Hook }

// insertions returns what is added beside the lists: entries at the end of env, or
// keys behind command and args.
func (p Proposal) insertions(c *reading.Command) []proof.Insertion {
	if !p.Fields.Any() {
		return nil
	}
	var all []proof.Insertion
	var keys []*yaml.Node
	if len(p.Fields.Dir.Parts) > 0 {
		keys = append(keys, stringNode("workingDir"), stringNode(edit.Value(p.Fields.Dir, true)))
	}
	entries := p.entries()
	if list := reading.ValueOf(c.Mapping, "env"); list != nil && entries != nil {
		all = append(all, proof.Insertion{Node: list, At: len(list.Content), Nodes: entries})
	} else if entries != nil {
		keys = append(keys, stringNode("env"), &yaml.Node{Kind: yaml.SequenceNode, Tag: yaml.NodeTagSeq, Content: entries})
	}
	if keys != nil {
		all = append(all, proof.Insertion{Node: c.Mapping, At: behindCommand(c.Mapping), Nodes: keys})
	}
	return all
}

// entries returns the new entries of env.
func (p Proposal) entries() []*yaml.Node {
	var entries []*yaml.Node
	for _, a := range p.Fields.Env {
		entries = append(entries, &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap, Content: []*yaml.Node{
			stringNode("name"), stringNode(a.Name), stringNode("value"), stringNode(edit.Value(a.Value, false)),
		}})
	}
	return entries
}

func stringNode(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: s}
}

// behindCommand returns the index in a container's content behind command and args,
// the later of the two.
func behindCommand(container *yaml.Node) int {
	at := 0
	for i := 0; i+1 < len(container.Content); i += 2 {
		if key := container.Content[i].Value; key == "command" || key == "args" {
			at = i + 2
		}
	}
	return at
}
