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

// row is an image of Kubernetes' base image exception list.
type row struct {
	section          string // heading
	name, base       string
	owner            string
	reasons          []string
	firstParty, core bool
}

// WriteImageList writes the images that exceptions cover as Kubernetes keeps its
// list of images which are not on the distroless base (kubernetes/sig-release,
// release-engineering/reference/baseimage-exception-list.md, the format since
// 2020): a table for each base of release images, one for other images of the
// organisation, one for those of others.
func WriteImageList(w io.Writer, exceptions []*Exception, c *transforms.Catalogue) error {
	rows := rowsOf(exceptions, c)
	section := ""
	for _, r := range rows {
		if r.section != section {
			if _, err := io.WriteString(w, r.head(section)); err != nil {
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

// rowsOf returns a row for each image, in the order of the list.
func rowsOf(exceptions []*Exception, c *transforms.Catalogue) []*row {
	var rows []*row
	for _, e := range exceptions {
		for _, f := range e.Covered {
			r := newRow(f, c)
			if r.name == "" {
				continue
			}
			same := func(o *row) bool { return o.section == r.section && o.name == r.name }
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
	slices.SortStableFunc(rows, func(a, b *row) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.section, b.section), cmp.Compare(a.name, b.name))
	})
	return rows
}

// newRow returns the row of a finding's image; of a container without one, as in
// a patch, it has the container's name.
func newRow(f rewrite.Finding, c *transforms.Catalogue) *row {
	name := transforms.ImageName(f.Image)
	r := &row{name: path.Base(cmp.Or(name, f.Container, ".")), firstParty: firstParty(name)}
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

// firstParty reports whether an image is of a registry of Kubernetes, or names
// no registry.
func firstParty(image string) bool {
	host, rest, found := strings.Cut(image, "/")
	switch {
	case !found || !strings.ContainsAny(host, ".:"):
		return !found
	case host == "gcr.io":
		return strings.HasPrefix(rest, "google_containers/") || strings.HasPrefix(rest, "google-containers/") || strings.HasPrefix(rest, "k8s-")
	}
	return host == "registry.k8s.io" || host == "k8s.gcr.io"
}

// rank orders the parts of the list.
func (r *row) rank() int {
	switch {
	case r.core:
		return 0
	case r.firstParty:
		return 1
	}
	return 2
}

// head returns the heading and the head of the table, behind another section.
func (r *row) head(before string) string {
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

// line returns the row. Whether an image is supported nobody said: U.
func (r *row) line() string {
	reasons := cell(strings.Join(r.reasons, "; "))
	if r.core {
		return fmt.Sprintf("| %s | %s |\n", cell(r.name), reasons)
	}
	base := ""
	if r.base != "" {
		base = "`" + r.base + "`"
	}
	return fmt.Sprintf("| %s | %s | %s | U | %s |\n", cell(r.name), base, cell(r.owner), reasons)
}

// cell writes text into a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
