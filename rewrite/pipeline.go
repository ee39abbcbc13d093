package rewrite

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
)

// pipeline takes one file through kyaml's pipeline, with a reader and a writer of
// our own: kyaml's would change bytes outside of the fixes.
type pipeline struct {
	engine *Engine
	source *source.Source
	all    bool      // what can't have a finding is read too
	file   *manifest // from Read on
	// documents are those that the nodes of the pipeline are copies of.
	documents map[*yaml.Node]*document.Document
}

func (p *pipeline) execute() error {
	return kio.Pipeline{
		Inputs: []kio.Reader{p}, Filters: []kio.Filter{&Filter{Engine: p.engine, of: p}}, Outputs: []kio.Writer{p},
		ContinueOnEmptyResult: true,
	}.Execute()
}

// Read reads the file and hands on one node for each document that holds a command.
func (p *pipeline) Read() ([]*yaml.RNode, error) {
	p.file = p.engine.read(p.source, 0, p.all)
	p.documents = map[*yaml.Node]*document.Document{}
	var nodes []*yaml.RNode
	for _, r := range p.file.text.Readings {
		for i := range r.Commands {
			d := r.Commands[i].Document
			if i > 0 && r.Commands[i-1].Document == d {
				continue
			}
			object := objectOf(d.Root)
			p.documents[object] = d
			nodes = append(nodes, yaml.NewRNode(object))
		}
	}
	return nodes, nil
}

// Write proves the fixes on the text, unless it will be read again.
func (p *pipeline) Write([]*yaml.RNode) error {
	if p.file.needsAll() {
		return nil
	}
	p.engine.judge.Review(p.file.text, p.file.fixes(func(edits []source.Edit) []source.Edit { return edits }))
	p.file.prove()
	return nil
}

// objectOf returns a mapping for the pipeline, which writes annotations into it and
// takes them out again: a copy of the document's own mapping and of its metadata.
// Where the pipeline could not annotate that, or would compare annotations that kyaml
// gives a meaning to, the document is a field of a mapping of ours.
func objectOf(root *yaml.Node) *yaml.Node {
	object := &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap, Line: root.Line, Column: root.Column}
	metadata := reading.ValueOf(root, "metadata")
	if root.Kind != yaml.MappingNode || metadata != nil && !annotatable(metadata) {
		object.Content = []*yaml.Node{scalarNode("document"), root}
		return object
	}
	object.Content = slices.Clone(root.Content)
	for i := 1; i < len(object.Content); i += 2 {
		if object.Content[i] == metadata {
			object.Content[i] = shallowMetadata(metadata)
		}
	}
	return object
}

// annotatable reports metadata that kyaml can annotate: a mapping without aliases
// and merges, whose annotations say nothing to kyaml.
func annotatable(metadata *yaml.Node) bool {
	if metadata.Kind != yaml.MappingNode || reading.ValueOf(metadata, "<<") != nil {
		return false
	}
	annotations := reading.ValueOf(metadata, "annotations")
	if annotations == nil {
		return true
	}
	return annotations.Kind == yaml.MappingNode && !slices.ContainsFunc(annotations.Content, func(n *yaml.Node) bool {
		return n.Kind != yaml.ScalarNode || n.Value == "<<" || strings.HasPrefix(n.Value, "config.k")
	})
}

// shallowMetadata copies the mappings that the pipeline writes to.
func shallowMetadata(metadata *yaml.Node) *yaml.Node {
	copied := *metadata
	copied.Content = slices.Clone(metadata.Content)
	for i := 1; i < len(copied.Content); i += 2 {
		if copied.Content[i-1].Value == "annotations" {
			annotations := *copied.Content[i]
			annotations.Content = slices.Clone(annotations.Content)
			copied.Content[i] = &annotations
		}
	}
	return &copied
}

func scalarNode(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagString, Value: value}
}

// Filter judges the commands of Kubernetes objects. It is a filter of kyaml's
// pipelines. Nodes without source bytes get the new arrays in the place of the old
// ones; the nodes of the engine's own pipeline stay as they are, for there the fixes
// are edits of the bytes.
type Filter struct {
	Engine *Engine
	// Findings are those of the nodes without source bytes, in their order. The
	// places are those in the YAML that kyaml prints of a node.
	Findings []Finding

	of *pipeline // the engine's own, or nil
}

var _ kio.Filter = (*Filter)(nil)

// Filter implements kio.Filter.
func (f *Filter) Filter(nodes []*yaml.RNode) ([]*yaml.RNode, error) {
	documents := map[*document.Document]bool{}
	for _, n := range nodes {
		if f.of != nil && f.of.documents[n.YNode()] != nil {
			documents[f.of.documents[n.YNode()]] = true
		} else if err := f.rewrite(n); err != nil {
			return nil, err
		}
	}
	if f.of != nil {
		f.Engine.judgeText(f.of.file, func(c *reading.Command) bool { return documents[c.Document] })
	}
	return nodes, nil
}

// rewrite puts the new arrays into a node.
func (f *Filter) rewrite(n *yaml.RNode) error {
	text, err := n.String()
	if err != nil {
		return err
	}
	result := f.Engine.File("object.yaml", []byte(text))
	f.Findings = append(f.Findings, result.Findings...)
	fixed, err := result.Fixed(func(Finding) bool { return true })
	if err != nil {
		return err
	}
	if documents, errors := document.Parse(fixed); len(documents) == 1 && len(errors) == 0 {
		graft(n.YNode(), documents[0].Root)
	}
	return nil
}

// graft makes a node equal to another where they differ in values, items and keys.
func graft(to, from *yaml.Node) {
	if to.Kind != from.Kind || len(to.Content) != len(from.Content) || to.Kind == yaml.AliasNode {
		to.Kind, to.Tag, to.Style, to.Content = from.Kind, from.Tag, from.Style, from.Content
	}
	to.Value = from.Value
	for i := range to.Content {
		if to.Content[i] != from.Content[i] {
			graft(to.Content[i], from.Content[i])
		}
	}
}
