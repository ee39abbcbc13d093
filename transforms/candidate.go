package transforms

import (
	"strings"

	"shellfree/rewrite/invocation"
)

// candidate is an invocation whose log a sink may keep, with the facts about its
// program and its image.
type candidate struct {
	programPlace
	target        invocation.Target
	inv           invocation.Invocation
	shape         invocation.Redirection
	file          string // the redirection's file as a person reads it, "" if none
	path          invocation.Word
	version       Version
	configured    Image // the configuration's entry for the image
	options       Options
	flagTable     flagTable // the log flags to look for among the words
	userNamesSink bool
}

// candidate gathers the facts about an invocation's program and image.
func (v *Converter) candidate(t invocation.Target, inv invocation.Invocation) candidate {
	c := candidate{
		programPlace: v.catalogue.locateProgram(inv.Words), target: t, inv: inv, shape: inv.Redirection(),
		configured: imageOf(v.options.Configured.Images, t.Image), options: v.options, flagTable: v.flagTable, userNamesSink: v.sink != nil,
	}
	if d, ok := inv.File(); ok {
		c.path, c.file = d.Path, d.Path.String()
	}
	if c.entry != nil && c.entry.ImageNeeded && !c.isPublishedImage() {
		c.entry = nil
	}
	if c.entry == nil && c.configured.Program != "" {
		c.entry = v.catalogue.Lookup(c.configured.Program)
	}
	c.version = v.versionOf(c)
	return c
}

// versionOf returns the version of the program. Of a core component it is that
// of the command line, since that says what the manifests move to, then the
// tag's; of any other program the configuration's wins, since its tag may be that
// of something else in the image.
func (v *Converter) versionOf(c candidate) Version {
	tag, _ := ImageVersion(c.target.Image)
	if c.entry == nil || !c.entry.Core {
		return firstKnown(c.configured.Version, tag)
	}
	return firstKnown(v.kubernetes, tag, c.configured.Version, v.options.Configured.KubernetesVersion)
}

func firstKnown(versions ...Version) Version {
	for _, v := range versions {
		if v.Known() {
			return v
		}
	}
	return Version{}
}

// isPublishedImage reports whether the image is one that the program's makers
// publish.
func (c candidate) isPublishedImage() bool {
	image, _ := splitImage(c.target.Image)
	return matchesAny(c.entry.Images, image)
}

// hasReadableImage reports whether the image's name is known: a placeholder may
// stand for any.
func (c candidate) hasReadableImage() bool {
	image, _ := splitImage(c.target.Image)
	return image != "" && !strings.ContainsAny(image, "{}<>$#%")
}

// title names the program with its version, for messages.
func (c candidate) title() string {
	if c.version.Known() {
		return c.name + " " + c.version.String()
	}
	return c.name
}

// logFlags returns the log flags among the program's words.
func (c candidate) logFlags() flagList { return c.flagTable.findIn(c.inv.Words, c.flagsAt) }

// programNotes returns the catalogue's notes about the program that hold for
// every sink.
func (c candidate) programNotes() []string {
	if c.entry == nil {
		return nil
	}
	return append(notesFor(c.entry.Remarks, c.version), c.baseImageNotes()...)
}

// baseImageNotes says that the exec form alone does not bring the image to the
// distroless base.
func (c candidate) baseImageNotes() []string {
	if c.entry.BaseImage == nil || c.hasReadableImage() && !c.isPublishedImage() {
		return nil
	}
	base := c.entry.BaseImage
	return []string{c.name + " " + base.Why + ", so its published images stay on the base " + base.Name + ": the exec form alone does not make them distroless"}
}

// reviewsFor returns the reviews among the remarks about a version.
func reviewsFor(remarks []Remark, v Version) []string {
	var all []string
	for _, r := range remarks {
		if r.Review != "" && v.isWithin(r.From, r.Until) {
			all = append(all, r.Review)
		}
	}
	return all
}

// notesFor returns the notes among the remarks about a version.
func notesFor(remarks []Remark, v Version) []string {
	var all []string
	for _, r := range remarks {
		if r.Note != "" && v.isWithin(r.From, r.Until) {
			all = append(all, r.Note)
		}
	}
	return all
}
