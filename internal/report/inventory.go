package report

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"shellfree/rewrite"
	"shellfree/rewrite/rule"
)

// Inventory is the state of a migration: the images that manifests run, and the objects
// that run them.
type Inventory struct {
	Images     []*ImageRow     // by name
	Components []*ComponentRow // by name
	Unread     []string        // files that can't be read, so their containers are missing
}

// Status says whether an image may lose its shell.
type Status string

const (
	Ready      Status = "ready"     // no manifest starts a shell in it
	Blocked    Status = "blocked"   // some command starts a shell in it
	KeepsShell Status = "exception" // it keeps its shell because of an exception
	Unknown    Status = "unknown"   // its name is missing or templated
)

// Tally counts containers and their shell commands.
type Tally struct {
	Containers int `json:"containers"`
	Free       int `json:"free"`     // containers that start no shell
	Commands   int `json:"commands"` // shell commands in the other containers
	Fixable    int `json:"fixable"`  // shell commands with a fix
}

// ImageRow is one image, as manifests write it.
type ImageRow struct {
	Image      string   // "" if the container names none, as in a patch
	Components []string // the objects that run it
	RunsAs     []string // static pod, DaemonSet, add-on, …
	Places     []Place  // its containers
	Sinks      []SinkChange
	Exception  string // the reasons of the exceptions that let it keep its shell
	Tally

	templated bool
}

// Place is one container of a manifest.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Name string `json:"container"`
	Site string `json:"site"`
}

// String returns FILE:LINE.
func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// SinkChange says where a program's output goes before and after the fix.
type SinkChange struct {
	Before string `json:"before"` // the name of the rule for the shell's redirection
	After  string `json:"after"`  // the log sink, "" if the command stays
}

// String returns BEFORE → AFTER.
func (s SinkChange) String() string { return s.Before + " → " + cmp.Or(s.After, "stays") }

// ComponentRow is one object, or the containers with one name if their object has none.
type ComponentRow struct {
	Name, RunsAs string
	Images       []string
	Tally
}

// unnamed is shown for an object or container whose name a JSON patch does not say.
const unnamed = "(unnamed)"

// Inventory returns the images and components of all files.
func (r *Report) Inventory() *Inventory {
	images, components := map[string]*ImageRow{}, map[string]*ComponentRow{}
	var v Inventory
	for _, file := range r.Files {
		commands := findingsByContainer(file.Findings, file.Containers)
		excepted := file.exceptionReasons()
		if !file.Parsed && len(file.Findings) > 0 {
			v.Unread = append(v.Unread, file.Name)
		}
		for i, c := range file.Containers {
			c.Image = strings.TrimSpace(c.Image)
			if images[c.Image] == nil {
				images[c.Image] = &ImageRow{Image: c.Image, templated: c.Templated || !reference.MatchString(c.Image)}
			}
			as := findRunsAs(file.Name, c)
			name := cmp.Or(c.Object, c.Name, unnamed)
			key := as + "\x00" + name
			if components[key] == nil {
				components[key] = &ComponentRow{Name: name, RunsAs: as}
			}
			components[key].add(c, commands[i], excepted[i])
			images[c.Image].add(file.Name, c, name, as, commands[i], excepted[i])
		}
	}
	v.Images = slices.SortedFunc(maps.Values(images), func(a, b *ImageRow) int { return cmp.Compare(a.Image, b.Image) })
	v.Components = slices.SortedFunc(maps.Values(components), func(a, b *ComponentRow) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.RunsAs, b.RunsAs))
	})
	return &v
}

// reference matches the characters of an image reference. An image with other characters
// is templated, in a language that shellfree may not know.
var reference = regexp.MustCompile(`^[A-Za-z0-9._/:@+-]*$`)

// findingsByContainer returns the findings of each container.
func findingsByContainer(findings []rewrite.Finding, containers []rewrite.Container) map[int][]rewrite.Finding {
	all := map[int][]rewrite.Finding{}
	for _, finding := range findings {
		if i, ok := finding.In(containers); ok {
			all[i] = append(all[i], finding)
		}
	}
	return all
}

// exceptionReasons returns for each container the reasons of the exceptions that let it
// keep its shell.
func (f File) exceptionReasons() map[int][]string {
	all := map[int][]string{}
	for _, e := range f.Excepted {
		if i, ok := e.In(f.Containers); ok && !e.Rule.Advisory() {
			all[i] = appendNew(all[i], e.Reason)
		}
	}
	return all
}

// ByHand returns the number of commands without a fix, which a person must convert.
func (t Tally) ByHand() int { return t.Commands - t.Fixable }

func (t *Tally) add(findings []rewrite.Finding, reasons []string) {
	t.Containers++
	shells := 0
	for _, f := range findings {
		if f.Rule.Advisory() {
			continue
		}
		shells++
		if f.Fix != nil {
			t.Fixable++
		}
	}
	t.Commands += shells
	if shells == 0 && len(reasons) == 0 {
		t.Free++
	}
}

func (c *ComponentRow) add(in rewrite.Container, findings []rewrite.Finding, reasons []string) {
	c.Tally.add(findings, reasons)
	c.Images = appendNew(c.Images, in.Image)
}

func (i *ImageRow) add(file string, c rewrite.Container, component, as string, findings []rewrite.Finding, reasons []string) {
	i.Tally.add(findings, reasons)
	for _, reason := range reasons {
		if !strings.Contains(i.Exception, reason) {
			i.Exception = strings.TrimPrefix(i.Exception+"; "+reason, "; ")
		}
	}
	i.Components = appendNew(i.Components, component)
	i.RunsAs = appendNew(i.RunsAs, as)
	i.Places = append(i.Places, Place{file, c.Start.Line, c.Name, c.Site})
	for _, f := range findings {
		if f.Rule != rule.NoSink && (f.Sink == "" || f.Fix == nil) {
			continue // its output stays where it is, or it has another obstacle
		}
		i.Sinks = appendNew(i.Sinks, SinkChange{f.Rule.Name, f.Sink})
	}
}

func appendNew[T comparable](list []T, item T) []T {
	if slices.Contains(list, item) {
		return list
	}
	return append(list, item)
}

// Status returns whether the image may lose its shell, judged by the manifests alone.
func (i *ImageRow) Status() Status {
	switch {
	case i.Commands > 0:
		return Blocked
	case i.Exception != "":
		return KeepsShell
	case i.templated || i.Image == "":
		return Unknown
	}
	return Ready
}

// Verdict returns the status in words.
func (i *ImageRow) Verdict() string {
	switch i.Status() {
	case KeepsShell:
		return "exception: " + i.Exception
	case Blocked:
		return fmt.Sprintf("blocked by %s (%d fixable)", pluralize(i.Commands, "command"), i.Fixable)
	case Unknown:
		if i.Image == "" {
			return "unknown: no image is named"
		}
		return "unknown: the image is templated"
	}
	return "ready for distroless"
}

// findRunsAs returns how a container gets onto a node, similar to the column of Kubernetes'
// table of rebased images. A Pod in a file is a static pod, which the kubelet starts.
// Kubernetes keeps add-ons in folders of that name.
func findRunsAs(file string, c rewrite.Container) string {
	for _, part := range strings.Split(strings.ToLower(path.Dir(file)), "/") {
		if strings.HasPrefix(part, "addon") || strings.HasPrefix(part, "add-on") {
			return "add-on"
		}
	}
	switch c.Kind {
	case "Pod":
		return "static pod"
	case "DaemonSet":
		return c.Kind
	}
	return "other"
}

// sentence returns a summary of the inventory in one sentence.
func (v *Inventory) sentence() string {
	n := map[Status]int{}
	for _, i := range v.Images {
		n[i.Status()]++
	}
	text := fmt.Sprintf("%s: %d ready for distroless, %d blocked, %d unknown", pluralize(len(v.Images), "image"), n[Ready], n[Blocked], n[Unknown])
	if n[KeepsShell] > 0 {
		text += fmt.Sprintf(", %d with an exception", n[KeepsShell])
	}
	if len(v.Unread) > 0 {
		text += "; " + pluralize(len(v.Unread), "file") + " could not be read"
	}
	return text
}
