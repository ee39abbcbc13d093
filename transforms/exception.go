package transforms

import (
	"regexp"
	"slices"
	"strings"

	"shellfree/rewrite/invocation"
)

// pillarDefault matches a salt placeholder that holds its own default, such as
// the image of etcd in Kubernetes' manifests for GCE.
var pillarDefault = regexp.MustCompile(`\{\{ *pillar\.get\('[^']*', *'([^']*)'\) *\}\}`)

// Exception returns the row of an image for Kubernetes' base image exception
// list: its name and why it stays on a base with a shell. "" for an image
// without a known reason, and for one whose base has none either. The format
// is that of kubernetes/sig-release baseimage-exception-list.md since 2020,
// | Image Name | Reasons for exception |. It implements [invocation.Excepter].
func (v *Converter) Exception(t invocation.Target) string {
	name, _ := splitImage(pillarDefault.ReplaceAllString(t.Image, "$1"))
	for _, arch := range []string{"-amd64", "-arm", "-arm64", "-ppc64le", "-s390x"} {
		name = strings.TrimSuffix(name, arch)
	}
	entry := v.catalogue.entryOfImage(name)
	if configured := imageOf(v.options.Configured.Images, t.Image); configured.Program != "" {
		entry = v.catalogue.Lookup(configured.Program)
	}
	if entry == nil || entry.BaseImage == nil || strings.HasPrefix(entry.BaseImage.Name, "distroless") {
		return ""
	}
	return "| " + markdownCell(name) + " | " + markdownCell(entry.BaseImage.Why) + " |"
}

// entryOfImage returns the first entry that lists an image by its very name.
func (c *Catalogue) entryOfImage(image string) *Program {
	i := slices.IndexFunc(c.Programs, func(p Program) bool { return slices.Contains(p.Images, image) })
	if i < 0 {
		return nil
	}
	return &c.Programs[i]
}

// markdownCell writes text for a cell of a Markdown table.
func markdownCell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}
