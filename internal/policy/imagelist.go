package policy

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/transforms"
)

// imageRow is an image in Kubernetes' list of base image exceptions.
type imageRow struct {
	section          string // heading
	name, base       string
	owner            string
	reasons          []string
	firstParty, core bool
}

// WriteImageList writes the images that exceptions cover, in the format of
// Kubernetes' list of images without a distroless base (kubernetes/sig-release,
// release-engineering/reference/baseimage-exception-list.md, the format since 2020):
// a table for each base of release images, one for other images of the Kubernetes
// organisation, and one for all other images.
func WriteImageList(w io.Writer, exceptions []*Exception, c *transforms.Catalogue) error {
	rows := imageRows(exceptions, c)
	section := ""
	for _, r := range rows {
		if r.section != section {
			if _, err := io.WriteString(w, r.heading(section)); err != nil {
				return err
			}
			section = r.section
		}
		if _, err := io.WriteString(w, r.line()); err != nil {
			return err
		}
	}
	return nil
}

// imageRows returns a row for each image, in the order of the list.
func imageRows(exceptions []*Exception, c *transforms.Catalogue) []*imageRow {
	var rows []*imageRow
	for _, e := range exceptions {
		for _, f := range e.Covered {
			r := newImageRow(f, c)
			if r.name == "" {
				continue
			}
			same := func(o *imageRow) bool { return o.section == r.section && o.name == r.name }
			if i := slices.IndexFunc(rows, same); i >= 0 {
				r = rows[i]
			} else {
				rows = append(rows, r)
			}
			r.owner = cmp.Or(r.owner, e.Owner)
			if !slices.Contains(r.reasons, e.Reason) {
				r.reasons = append(r.reasons, e.Reason)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *imageRow) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.section, b.section), cmp.Compare(a.name, b.name))
	})
	return rows
}

// newImageRow returns the row for a finding's image. If the container has no image, as
// in a patch, the row has the container's name.
func newImageRow(f rewrite.Finding, c *transforms.Catalogue) *imageRow {
	name := transforms.ImageName(f.Image)
	r := &imageRow{name: path.Base(cmp.Or(name, f.Container, ".")), firstParty: isFirstParty(name)}
	if r.name == "." {
		r.name = ""
	}
	p := c.ByImage(r.name)
	if p == nil {
		p = c.Lookup(r.name)
	}
	switch {
	case p == nil:
	case p.BaseImage != nil:
		r.base = p.BaseImage.Name
	case p.Core && p.Runner != nil:
		r.base = "go-runner" // the base that brings the log runner
	}
	r.core = p != nil && p.Core && r.base != "" && r.firstParty
	switch {
	case r.core:
		r.section = "### Release: `" + r.base + "`"
	case r.firstParty:
		r.section = "## Non-release images"
	default:
		r.section = "## Non-org images"
	}
	return r
}

// isFirstParty reports whether an image comes from a registry of Kubernetes, or names
// no registry.
func isFirstParty(image string) bool {
	host, rest, found := strings.Cut(image, "/")
	switch {
	case !found || !strings.ContainsAny(host, ".:"):
		return !found
	case host == "gcr.io":
		return strings.HasPrefix(rest, "google_containers/") || strings.HasPrefix(rest, "google-containers/") || strings.HasPrefix(rest, "k8s-")
	}
	return host == "registry.k8s.io" || host == "k8s.gcr.io"
}

// rank returns the position of the row's section in the list.
func (r *imageRow) rank() int {
	switch {
	case r.core:
		return 0
	case r.firstParty:
		return 1
	}
	return 2
}

// heading returns the heading of the section and of its table; before is the section
// above, "" for the first one.
func (r *imageRow) heading(before string) string {
	text := ""
	if before != "" {
		text = "\n"
	}
	if r.core {
		if before == "" {
			text += "## Release images\n\n"
		}
		return text + r.section + "\n\n| Image Name | Reasons for exception |\n|---|---|\n"
	}
	return text + r.section + "\n\n| Image Name | Base Image | OWNER | Supported? (Yes/No/Unknown) | Reasons for exception |\n|---|---|---|---|---|\n"
}

// line returns the line of the table. Whether the image is supported is not known, so
// that cell is U for unknown.
func (r *imageRow) line() string {
	reasons := tableCell(strings.Join(r.reasons, "; "))
	if r.core {
		return fmt.Sprintf("| %s | %s |\n", tableCell(r.name), reasons)
	}
	base := ""
	if r.base != "" {
		base = "`" + r.base + "`"
	}
	return fmt.Sprintf("| %s | %s | %s | U | %s |\n", tableCell(r.name), base, tableCell(r.owner), reasons)
}

// tableCell returns text for a cell of a Markdown table.
func tableCell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
