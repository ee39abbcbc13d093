package rewrite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/edit"
	"shellfree/rewrite/embedded"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// manifest is one that stands in a string of the file, as ConfigMaps, cloud
// configurations and kustomizations hold them.
type manifest struct {
	node    *yaml.Node
	content span.Span // of the string
	text    embedded.Text
	json    bool    // the document around it is JSON
	result  *Result // the text judged as a file of its own; its places are those in the text
}

// lastApplied is the annotation in which kubectl apply keeps what it was given.
// Nothing starts what stands there, and the next apply writes it anew.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// depthLimit bounds how deep manifests stand in strings of manifests.
const depthLimit = 4

// unescaped undoes what quotes of strings in strings do to a key.
var unescaped = strings.NewReplacer(`\n`, "\n", `\`, "", "''", "'")

// mayBeManifest is the cheap test before a string is parsed. The manifest may
// stand deeper still.
func mayBeManifest(value string) bool {
	if !strings.ContainsAny(value, "\n{") || strings.HasPrefix(value, "#!") {
		return false
	}
	if strings.Contains(value, `\`) || strings.Contains(value, "''") {
		value = unescaped.Replace(value)
	}
	return hasCommandKey(value) || hasPatchPath(value)
}

// manifests returns the strings of a reading that may hold a manifest. The
// items of commands are scripts, whatever they print. What some reading has as
// commands of the file itself, whose offsets are given, is left out.
func (f *file) manifests(r *reading, commands []int) []manifest {
	script := map[*yaml.Node]bool{}
	for _, c := range r.commands {
		for _, item := range c.nodes {
			script[item] = true
		}
	}
	var found []manifest
	for i := range r.documents {
		d := &r.documents[i]
		eachString(d.Root, func(n *yaml.Node) {
			content, ok := d.Spans.Content(n)
			if !ok || script[n] || !mayBeManifest(r.unmask(n.Value)) || holdsAny(content, commands) {
				return
			}
			found = append(found, manifest{node: n, content: content, json: d.JSON,
				text: embedded.Read(f.result.Source.Text, r.mask.Text, n, content)})
		})
	}
	return found
}

// findManifests finds the strings of all readings that may hold a manifest.
func (f *file) findManifests() {
	commands := f.commandOffsets()
	for _, r := range f.readings {
		r.manifests = f.manifests(r, commands)
	}
	f.keepLongest()
	if f.depth < depthLimit {
		return
	}
	for _, r := range f.readings {
		for _, m := range r.manifests {
			f.tooDeep(m)
		}
		r.manifests = nil
	}
}

// keepLongest leaves each string to one reading. Where readings leave out
// different branches of the template, the string may go on further in one of
// them: the text is the file's own, so that one has all that the others have.
func (f *file) keepLongest() {
	var all []*manifest
	for _, r := range f.readings {
		for i := range r.manifests {
			all = append(all, &r.manifests[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *manifest) int {
		return cmp.Or(a.content.Start-b.content.Start, b.content.End-a.content.End)
	})
	kept := map[*yaml.Node]bool{}
	end := 0
	for _, m := range all {
		if m.content.Start >= end {
			kept[m.node], end = true, m.content.End
		}
	}
	for _, r := range f.readings {
		r.manifests = slices.DeleteFunc(r.manifests, func(m manifest) bool { return !kept[m.node] })
	}
}

// eachString calls do for every scalar below n that is no key.
func eachString(n *yaml.Node, do func(*yaml.Node)) {
	if n.Kind == yaml.ScalarNode {
		do(n)
	}
	for i, child := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 && n.Content[i-1].Value != lastApplied {
			eachString(child, do)
		}
	}
}

// descend judges the manifests in strings as files of their own. It is a filter
// of the pipeline.
func (f *file) descend(nodes []*yaml.RNode) ([]*yaml.RNode, error) {
	for _, r := range f.readings {
		for i := range r.manifests {
			m := &r.manifests[i]
			m.result = f.engine.file(f.result.Source.Name, m.text.Bytes, f.depth+1)
			if !m.text.Exact {
				m.withhold()
			}
		}
	}
	return nodes, nil
}

// withhold makes obstacles of the fixes: only in a literal block the bytes of a
// string are those of its text.
func (m *manifest) withhold() {
	why := "the manifest stands in " + m.style() + ", whose bytes can't be edited exactly"
	if m.json {
		why += ": keep it in a file of its own, or convert it by hand"
	} else {
		why += ": write the string as a literal block (|) and run again, or convert it by hand"
	}
	for i := range m.result.Findings {
		m.refuseFix(&m.result.Findings[i], rule.Unlocatable, why)
	}
}

// refuseFix makes an obstacle of a finding with a fix. What an advisory finding
// says stays true without it.
func (m *manifest) refuseFix(f *Finding, r rule.Rule, why string) {
	if f.Fix == nil {
		return
	}
	if f.Rule.Advisory() {
		r, why = f.Rule, f.Message+", by hand: "+why
	} else {
		f.FixRule = f.Rule
	}
	f.Fix, f.Argv, f.Review, f.Notes, f.Placeholders, f.Validated = nil, nil, nil, nil, nil, false
	f.Rule, f.Message = r, why
}

func (m *manifest) style() string {
	style := m.node.Style
	switch {
	case m.json:
		return "a JSON string"
	case style&yaml.DoubleQuotedStyle != 0:
		return "a double-quoted string"
	case style&yaml.SingleQuotedStyle != 0:
		return "a single-quoted string"
	case style&yaml.FoldedStyle != 0:
		return "a folded block"
	case style&yaml.LiteralStyle != 0:
		return "a literal block that reads differently from its bytes"
	}
	return "a plain scalar"
}

// hold appends the findings of the manifest to those of the file, with their
// places and edits there.
func (f *file) hold(m *manifest) {
	src := f.result.Source
	for _, found := range m.result.Findings {
		m.place(&found, src)
		if found.Fix != nil {
			fix := *found.Fix
			fix.Edits = m.outward(fix.Edits)
			found.Fix = &fix
		}
		f.result.Findings = append(f.result.Findings, found)
	}
	for _, c := range m.result.Containers {
		c.StartOffset, c.EndOffset = m.text.Offset(c.StartOffset), m.text.Offset(c.EndOffset)
		c.Start = src.Position(c.StartOffset)
		f.result.Containers = append(f.result.Containers, c)
	}
	for _, d := range m.result.Directives {
		f.result.Directives = append(f.result.Directives, m.directive(d, src))
	}
	f.result.dropped = append(f.result.dropped, m.result.dropped...)
	f.result.Foreign = f.result.Foreign && (!m.result.Parsed || m.result.Foreign)
}

// place moves a finding from the text to the file. Where a text can't be read,
// the offset is that of a document, the line that of the error.
func (m *manifest) place(found *Finding, src *source.Source) {
	inner := m.result.Source
	start := found.StartOffset
	if found.Start != inner.Position(start) {
		start = inner.LineOffset(found.Start.Line) + found.Start.Column - 1
	}
	found.StartOffset, found.EndOffset = m.text.Offset(found.StartOffset), m.text.Offset(found.EndOffset)
	found.Start, found.End = src.Position(m.text.Offset(start)), src.Position(found.EndOffset)
	if found.Rule == rule.Unparsable {
		found.End = found.Start
	}
	if found.KeyLine > 0 {
		found.KeyLine = m.line(found.KeyLine, src)
	}
}

// line returns the line of the file on which a line of the manifest begins.
func (m *manifest) line(n int, src *source.Source) int {
	return src.Position(m.text.Offset(m.result.Source.LineOffset(n))).Line
}

// directive leads a directive of the manifest back to the file.
func (m *manifest) directive(d Directive, src *source.Source) Directive {
	d.StartOffset, d.ScopeStart, d.ScopeEnd = m.text.Offset(d.StartOffset), m.text.Offset(d.ScopeStart), m.text.Offset(d.ScopeEnd)
	d.Start, d.Last = src.Position(d.StartOffset), m.line(d.Last, src)
	return d
}

func (m *manifest) outward(edits []edit.Edit) []edit.Edit {
	out := make([]edit.Edit, len(edits))
	for i, e := range edits {
		out[i] = m.text.Edit(e)
	}
	return out
}

// tooDeep reports a string that is nested deeper than the limit and may hold a
// shell command.
func (f *file) tooDeep(m manifest) {
	if text := unescaped.Replace(string(m.text.Bytes)); !shellWord.MatchString(text) || !strings.Contains(text, "ontainers") {
		return
	}
	at := f.result.Source.Position(m.content.Start)
	f.result.Findings = append(f.result.Findings, Finding{
		Rule: rule.Unparsable, File: f.result.Source.Name, Start: at, End: at, StartOffset: m.content.Start, EndOffset: m.content.Start,
		Message: fmt.Sprintf("may hold a shell command but can't be read: it stands more than %d strings deep: keep the manifest in a file of its own", depthLimit),
	})
}

// edits implements proposal.
func (m *manifest) edits() []edit.Edit {
	return m.outward(m.result.Edits(func(Finding) bool { return true }))
}

// expect implements proposal: the string holds its text after the text's edits.
func (m *manifest) expect(e *expected) error {
	text, err := edit.Apply(m.text.Bytes, m.result.Edits(func(Finding) bool { return true }))
	e.strings[m.node] = text
	e.dropped = append(e.dropped, m.result.dropped...)
	return err
}

// refuse implements proposal.
func (m *manifest) refuse(err error) {
	for i := range m.result.Findings {
		m.refuseFix(&m.result.Findings[i], rule.InternalCheck, internalCheck(err))
	}
}

// stringHolds checks that a string of the new text holds what was meant.
func (c *comparison) stringHolds(a, b *yaml.Node, want []byte) error {
	content, ok := c.spans.Content(b)
	if !ok || a.Style != b.Style || a.Tag != b.Tag || a.Anchor != b.Anchor {
		return fmt.Errorf("line %d: the string would be no literal block any more", a.Line)
	}
	if got := embedded.Read(c.text, c.new.mask.Text, b, content); !got.Exact || string(got.Bytes) != string(want) {
		return fmt.Errorf("line %d: the string would not hold the manifest that was meant", a.Line)
	}
	return nil
}
