package rewrite

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/site"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// Container is one container of a pod spec, with a shell or without.
type Container struct {
	Kind, Object string // kind and name of the object that it stands in
	Name         string // the container's own
	Site         string // container, initContainer or ephemeralContainer
	Image        string // as in the file, placeholders included; "" without one
	Templated    bool   // Image holds a placeholder
	// Start is the first character of its mapping, or of the part of it that a
	// JSON patch has. StartOffset and EndOffset are its bytes.
	Start                  source.Position
	StartOffset, EndOffset int
}

// container is a container as a reading of the file has it.
type container struct {
	site.Command
	node     *yaml.Node
	document *document.Document
}

// place returns the bytes of a container's mapping, or those of the one value
// that a JSON patch puts into a container.
func (c container) place() (span.Span, bool) {
	for n := c.node; ; n = n.Content[1] {
		if place, ok := c.document.Spans.Of(n); ok {
			return place, true
		}
		if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
			return span.Span{}, false
		}
	}
}

// containers returns the containers of all readings, each once. One whose bytes
// can't be placed stands where its document does.
func (f *file) containers() []Container {
	var all []Container
	seen := map[int]bool{}
	for _, r := range f.readings {
		for _, c := range r.found {
			place, ok := c.place()
			if !ok {
				place = span.Span{Start: c.document.Start, End: c.document.Start}
			}
			if !ok || !seen[place.Start] {
				seen[place.Start] = true
				all = append(all, f.container(r, c, place))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Container) int { return a.StartOffset - b.StartOffset })
	return all
}

func (f *file) container(r *reading, c container, place span.Span) Container {
	return Container{
		Kind: r.unmask(c.Kind), Object: r.unmask(c.Object), Name: r.unmask(c.Command.Container), Site: c.Site,
		Image: r.unmask(c.Image), Templated: r.masked(c.Image),
		Start: f.result.Source.Position(place.Start), StartOffset: place.Start, EndOffset: place.End,
	}
}

// In returns the index of the container that a finding stands in, of containers
// in the order of the text; false for a finding about a whole file.
func (f Finding) In(containers []Container) (int, bool) {
	i, found := slices.BinarySearchFunc(containers, f.StartOffset, func(c Container, offset int) int { return c.StartOffset - offset })
	if !found {
		i--
	}
	if i < 0 || f.StartOffset > containers[i].EndOffset || f.Site == "" {
		return 0, false
	}
	return i, true
}
