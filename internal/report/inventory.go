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

// Inventory is where a migration stands: the images that manifests run, and the
// objects that run them.
type Inventory struct {
	Images     []*ImageRow     // by name
	Components []*ComponentRow // by name
	Unread     []string        // files that may run anything, since they can't be read
}

// Status says whether an image may lose its shell.
type Status string

const (
	Ready   Status = "ready"     // no manifest starts a shell in it
	Blocked Status = "blocked"   // some command does
	Keeps   Status = "exception" // it keeps its shell, for a reason
	Unknown Status = "unknown"   // which image it is can't be read
)

// Tally counts containers by what their commands need.
type Tally struct {
	Containers int `json:"containers"`
	Free       int `json:"free"`     // containers that start no shell
	Commands   int `json:"commands"` // shell commands in the others
	Fixable    int `json:"fixable"`  // commands with a fix
}

// ImageRow is one image, as manifests write it.
type ImageRow struct {
	Image      string   // "" where a container names none, as in a patch
	Components []string // the objects that run it
	RunsAs     []string // static pod, DaemonSet, add-on, …
	Places     []Place  // its containers
	Sinks      []SinkChange
	Exception  string // the reason why it may keep its shell, "" without one
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

// SinkChange says where a program's output goes, and where it would go.
type SinkChange struct {
	Before string `json:"before"` // how the shell sends it there: the rule's name
	After  string `json:"after"`  // the log sink, "" where the command stays
}

// String returns BEFORE → AFTER.
func (s SinkChange) String() string { return s.Before + " → " + cmp.Or(s.After, "stays") }

// ComponentRow is one object, or the containers of a name where it has none.
type ComponentRow struct {
	Name, RunsAs string
	Images       []string
	Tally
}

// unnamed stands for the object and the container that a JSON patch does not name.
const unnamed = "(unnamed)"

// Inventory sums up the containers of all files.
func (r *Report) Inventory() *Inventory {
	images, components := map[string]*ImageRow{}, map[string]*ComponentRow{}
	var v Inventory
	for _, file := range r.Files {
		commands := commandsOf(file.Findings, file.Containers)
		excepted := file.excepted()
		if !file.Parsed && len(file.Findings) > 0 {
			v.Unread = append(v.Unread, file.Name)
		}
		for i, c := range file.Containers {
			c.Image = strings.TrimSpace(c.Image)
			if images[c.Image] == nil {
				images[c.Image] = &ImageRow{Image: c.Image, templated: c.Templated || !reference.MatchString(c.Image)}
			}
			as := runsAs(file.Name, c)
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

// reference matches the characters of an image reference; another one is that of
// a template, known or not.
var reference = regexp.MustCompile(`^[A-Za-z0-9._/:@+-]*$`)

// commandsOf returns the findings of each container.
func commandsOf(findings []rewrite.Finding, containers []rewrite.Container) map[int][]rewrite.Finding {
	all := map[int][]rewrite.Finding{}
	for _, finding := range findings {
		if i, ok := finding.In(containers); ok {
			all[i] = append(all[i], finding)
		}
	}
	return all
}

// excepted returns the reasons why the containers may keep their shells.
func (f File) excepted() map[int][]string {
	all := map[int][]string{}
	for _, e := range f.Excepted {
		if i, ok := e.In(f.Containers); ok && !e.Rule.Advisory() {
			all[i] = appendNew(all[i], e.Reason)
		}
	}
	return all
}

// ByHand counts the commands without a fix.
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
			continue // its output is no matter, or another obstacle comes first
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

// Status says whether the image may lose its shell as far as the manifests go.
func (i *ImageRow) Status() Status {
	switch {
	case i.Commands > 0:
		return Blocked
	case i.Exception != "":
		return Keeps
	case i.templated || i.Image == "":
		return Unknown
	}
	return Ready
}

// Verdict says the status in words.
func (i *ImageRow) Verdict() string {
	switch i.Status() {
	case Keeps:
		return "exception: " + i.Exception
	case Blocked:
		return fmt.Sprintf("blocked by %s (%d fixable)", count(i.Commands, "command"), i.Fixable)
	case Unknown:
		if i.Image == "" {
			return "unknown: no image is named"
		}
		return "unknown: the image is templated"
	}
	return "ready for distroless"
}

// runsAs says how a container comes to a node, as Kubernetes' table of rebased
// images tells master from node: a Pod that a file holds is the kubelet's own, a
// static pod. Kubernetes keeps its add-ons in folders of that name.
func runsAs(file string, c rewrite.Container) string {
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

// sentence sums the inventory up.
func (v *Inventory) sentence() string {
	n := map[Status]int{}
	for _, i := range v.Images {
		n[i.Status()]++
	}
	text := fmt.Sprintf("%s: %d ready for distroless, %d blocked, %d unknown", count(len(v.Images), "image"), n[Ready], n[Blocked], n[Unknown])
	if n[Keeps] > 0 {
		text += fmt.Sprintf(", %d with an exception", n[Keeps])
	}
	if len(v.Unread) > 0 {
		text += "; " + count(len(v.Unread), "file") + " could not be read"
	}
	return text
}
