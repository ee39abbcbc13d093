package finding

import (
	"slices"

	"shellfree/rewrite/source"
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
