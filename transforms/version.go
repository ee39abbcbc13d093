package transforms

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Version is the version of a program: major, minor, patch and, where there is
// one, the pre-release. The zero value stands for no version.
type Version struct {
	// rank holds major, minor, patch, the kind of pre-release and its number;
	// a release ranks above its pre-releases.
	rank [5]int
	text string
}

// versionPattern matches the versions of image tags: v1.18.3, 1.36.0-alpha.1, and
// behind that the packager's own number (_coreos.0, -0, -gke.100), which is no
// part of the version. Three digits for major keep dates out.
var versionPattern = regexp.MustCompile(`^(v?(\d{1,3})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-(alpha|beta|rc)\.?(\d{0,9}))?)(?:[-_+][A-Za-z0-9_.+-]*)?$`)

// releaseRank is the rank of a version that is no pre-release.
const releaseRank = 4

// ParseVersion reads a version such as 1.25, v1.18.3 or 1.36.0-alpha.1, without
// the number that a packager appended.
func ParseVersion(s string) (Version, error) {
	m := versionPattern.FindStringSubmatch(s)
	if m == nil {
		return Version{}, fmt.Errorf("%q is no version: write it like 1.25 or v1.25.3", s)
	}
	v := Version{text: m[1]}
	for i, digits := range []string{m[2], m[3], m[4], "", m[6]} {
		v.rank[i], _ = strconv.Atoi(digits) // the pattern lets digits in only; none is 0
	}
	v.rank[3] = map[string]int{"alpha": 1, "beta": 2, "rc": 3, "": releaseRank}[m[5]]
	return v, nil
}

// String returns the version as it was written, without the packager's part;
// "" for no version.
func (v Version) String() string { return v.text }

// Known reports whether there is a version.
func (v Version) Known() bool { return v.text != "" }

// Before reports whether v is an earlier version than w. Where either is not
// known it is false.
func (v Version) Before(w Version) bool {
	return v.Known() && w.Known() && slices.Compare(v.rank[:], w.rank[:]) < 0
}

// isWithin reports whether v lies in [from, until); an unknown bound is no bound,
// and an unknown version lies within none but (no bound, no bound).
func (v Version) isWithin(from, until Version) bool {
	if !v.Known() {
		return !from.Known() && !until.Known()
	}
	return !v.Before(from) && (!until.Known() || v.Before(until))
}

// UnmarshalYAML reads a version of the catalogue.
func (v *Version) UnmarshalYAML(node *yaml.Node) error {
	parsed, err := ParseVersion(node.Value)
	*v = parsed
	return err
}

// ImageVersion returns the version that the tag of a container image names. It
// reports false where the tag is absent, a hash, a word such as latest, or
// holds a placeholder. A digest alone has no version; beside a tag it is left out.
func ImageVersion(image string) (Version, bool) {
	_, tag := splitImage(image)
	if strings.Contains(tag, "__") {
		return Version{}, false // a placeholder of letters: __TAG__
	}
	v, err := ParseVersion(tag)
	return v, err == nil
}

// splitImage returns the base name of an image (kube-proxy-amd64) and its tag.
// The colon of a registry's port stands before the last slash.
func splitImage(image string) (name, tag string) {
	name, _, _ = strings.Cut(image, "@")
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, tag, _ = strings.Cut(name, ":")
	return name, tag
}
