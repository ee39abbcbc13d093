package transforms

import (
	"fmt"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Image holds the facts of a configuration about images that match a pattern.
type Image struct {
	// Pattern is a pattern of path.Match for the image as it is written, for
	// its name without tag and digest, or for the last part of that name.
	Pattern string `yaml:"image"`
	// Version is the version of the program in the image; none where it isn't known.
	Version Version `yaml:"version"`
	// Runner says whether the image carries a log runner, and where.
	Runner Carried `yaml:"runner"`
	// Program names the catalogue's entry for a program that it doesn't know by
	// its own name; "" for none.
	Program string `yaml:"program"`
	// Origin is where the entry stands, FILE:LINE, for messages.
	Origin string `yaml:"-"`
}

// Carried says whether an image carries a log runner. The zero value says
// nothing.
type Carried struct {
	Said bool   // the configuration says something
	Yes  bool   // there is one
	Path string // where it is; "" is where log runners are by default
}

// UnmarshalYAML reads true, false, or a path.
func (c *Carried) UnmarshalYAML(node *yaml.Node) error {
	c.Said = true
	if node.Tag == "!!bool" {
		return node.Decode(&c.Yes)
	}
	if !strings.HasPrefix(node.Value, "/") {
		return fmt.Errorf("runner %q is no absolute path: write one such as /go-runner, or true or false", node.Value)
	}
	c.Yes, c.Path = true, node.Value
	return nil
}

// checkAgainst reports the first mistake in the entry, with the catalogue that it
// may name a program of.
func (i Image) checkAgainst(c *Catalogue) error {
	if _, err := path.Match(i.Pattern, ""); err != nil || i.Pattern == "" {
		return fmt.Errorf("%s: image %q is no pattern: write an image name, with * at most", i.Origin, i.Pattern)
	}
	if i.Program != "" && c.Lookup(i.Program) == nil {
		return fmt.Errorf("%s: program %q is not known: %s", i.Origin, i.Program, c.Suggest(i.Program))
	}
	return nil
}

// Matches reports whether the entry is about an image.
func (i Image) Matches(image string) bool {
	name := ImageName(image)
	for _, form := range []string{image, name, path.Base(name)} {
		if ok, _ := path.Match(i.Pattern, form); ok && image != "" {
			return true
		}
	}
	return false
}

// ImageName returns an image without tag and digest.
func ImageName(image string) string {
	name, _, _ := strings.Cut(image, "@")
	if colon := strings.LastIndexByte(name, ':'); colon > strings.LastIndexByte(name, '/') {
		name = name[:colon]
	}
	return name
}

// imageOf returns the first entry that is about an image.
func imageOf(images []Image, image string) Image {
	for _, i := range images {
		if i.Matches(image) {
			return i
		}
	}
	return Image{}
}
