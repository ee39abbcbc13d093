package reading

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/document"
	"shellfree/rewrite/finding"
	"shellfree/rewrite/site"
	"shellfree/rewrite/span"
)

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
func (t *Text) findContainers() []finding.Container {
	var all []finding.Container
	seen := map[int]bool{}
	for _, r := range t.Readings {
		for _, c := range r.containers {
			place, ok := c.place()
			if !ok {
				place = span.Span{Start: c.document.Start, End: c.document.Start}
			}
			if !ok || !seen[place.Start] {
				seen[place.Start] = true
				all = append(all, t.container(r, c, place))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b finding.Container) int { return a.StartOffset - b.StartOffset })
	return all
}

func (t *Text) container(r *Reading, c container, place span.Span) finding.Container {
	return finding.Container{
		Kind: r.Unmask(c.Kind), Object: r.Unmask(c.Object), Name: r.Unmask(c.Command.Container), Site: c.Site,
		Image: r.Unmask(c.Image), Templated: r.masked(c.Image),
		Start: t.Source.Position(place.Start), StartOffset: place.Start, EndOffset: place.End,
	}
}
