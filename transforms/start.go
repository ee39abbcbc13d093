package transforms

import (
	"cmp"
	"strings"

	"shellfree/rewrite/invocation"
)

// start gathers what is known about an invocation's program and image.
func (v *Converter) start(t invocation.Target, inv invocation.Invocation) start {
	s := start{
		located: v.catalogue.locate(inv.Words), target: t, inv: inv, shape: inv.Redirection(),
		asked: v.sink != nil, said: imageOf(v.configured.Images, t.Image), fatal: v.configured.FatalOnly,
	}
	if d, ok := inv.File(); ok {
		s.path, s.file = d.Path, d.Path.String()
	}
	if s.entry != nil && s.entry.ImageNeeded && !s.ownImage() {
		s.entry = nil
	}
	if s.entry == nil && s.said.Program != "" {
		s.entry = v.catalogue.Lookup(s.said.Program)
	}
	s.version = v.version(s)
	s.runner = v.runnerPath(s)
	return s
}

// version returns the version of the program. Of a core component it is that of
// the command line, since that says what the manifests move to, then the tag's;
// of any other program the configuration's wins, since its tag may be that of
// something else in the image.
func (v *Converter) version(s start) Version {
	tag, _ := ImageVersion(s.target.Image)
	if s.entry == nil || !s.entry.Core {
		return firstKnown(s.said.Version, tag)
	}
	return firstKnown(v.kubernetes, tag, s.said.Version, v.configured.KubernetesVersion)
}

func firstKnown(versions ...Version) Version {
	for _, v := range versions {
		if v.Known() {
			return v
		}
	}
	return Version{}
}

// runnerPath returns where the image carries the log runner: what is said about
// fewer images wins, and the command line over all.
func (v *Converter) runnerPath(s start) string {
	own := ""
	if s.entry != nil && s.entry.ownRunner {
		own = s.entry.Runner.Path
	}
	return cmp.Or(v.runner, s.said.Runner.Path, own, v.configured.RunnerPath, "/go-runner")
}

// ownImage reports whether the image is one that the program's makers publish.
func (s start) ownImage() bool {
	image, _ := splitImage(s.target.Image)
	return matches(s.entry.Images, image)
}

// readableImage reports whether the image's name is known: a placeholder may
// stand for any.
func (s start) readableImage() bool {
	image, _ := splitImage(s.target.Image)
	return image != "" && !strings.ContainsAny(image, "{}<>$#%")
}

// remarks returns what the catalogue remarks about the program whatever the sink.
func (s start) remarks(of func([]Remark, Version) []string) []string {
	if s.entry == nil {
		return nil
	}
	return of(s.entry.Remarks, s.version)
}

// baseImage notes that the exec form alone does not bring the image to the
// distroless base.
func (s start) baseImage() []string {
	if s.entry == nil || s.entry.BaseImage == nil || s.readableImage() && !s.ownImage() {
		return nil
	}
	base := s.entry.BaseImage
	return []string{s.name + " " + base.Why + ", so its published images stay on the base " + base.Name + ": the exec form alone does not make them distroless"}
}
