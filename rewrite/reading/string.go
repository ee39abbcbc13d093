package reading

import (
	"cmp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/embedded"
	"shellfree/rewrite/span"
)

// String is a string of the text that may hold a manifest, as ConfigMaps, cloud
// configurations and kustomizations have them.
type String struct {
	Node    *yaml.Node
	Content span.Span // of the string in the text
	Text    embedded.Text
	JSON    bool // the document around it is JSON
}

// DepthLimit bounds how deep manifests stand in strings of manifests.
const DepthLimit = 4

// lastApplied is the annotation in which kubectl apply keeps its last input.
// Nothing starts the commands in it, and the next apply writes it anew.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

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

// stringsOf returns the strings of a reading that may hold a manifest. The items
// of commands are scripts, also where they print manifests. A string in which some reading has
// a command of the text itself, whose offsets are given in order, is left out.
func (t *Text) stringsOf(r *Reading, commands []int) []String {
	script := map[*yaml.Node]bool{}
	for _, c := range r.Commands {
		for _, item := range c.Items {
			script[item] = true
		}
	}
	var found []String
	for i := range r.Documents {
		d := &r.Documents[i]
		eachString(d.Root, func(n *yaml.Node) {
			content, ok := d.Spans.Content(n)
			if !ok || script[n] || !mayBeManifest(r.Unmask(n.Value)) || holdsAny(content, commands) {
				return
			}
			found = append(found, String{Node: n, Content: content, JSON: d.JSON,
				Text: embedded.Read(t.Source.Text, r.Mask.Text, n, content)})
		})
	}
	return found
}

// findStrings finds the strings of all readings that may hold a manifest.
func (t *Text) findStrings() {
	commands := t.commandOffsets()
	for _, r := range t.Readings {
		r.Strings = t.stringsOf(r, commands)
	}
	t.keepLongest()
	if t.Options.Depth < DepthLimit {
		return
	}
	for _, r := range t.Readings {
		t.TooDeep = append(t.TooDeep, r.Strings...)
		r.Strings = nil
	}
}

// keepLongest leaves each string to one reading. Where readings leave out
// different branches of the template, the string may go on further in one of
// them: the text is the file's own, so that one has all that the others have.
func (t *Text) keepLongest() {
	var all []*String
	for _, r := range t.Readings {
		for i := range r.Strings {
			all = append(all, &r.Strings[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *String) int {
		return cmp.Or(a.Content.Start-b.Content.Start, b.Content.End-a.Content.End)
	})
	kept := map[*yaml.Node]bool{}
	end := 0
	for _, s := range all {
		if s.Content.Start >= end {
			kept[s.Node], end = true, s.Content.End
		}
	}
	for _, r := range t.Readings {
		r.Strings = slices.DeleteFunc(r.Strings, func(s String) bool { return !kept[s.Node] })
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

// MayHoldShell reports a string with a list of containers and a shell's name.
func (s String) MayHoldShell() bool {
	text := unescaped.Replace(string(s.Text.Bytes))
	return shellWord.MatchString(text) && strings.Contains(text, "ontainers")
}

// Style names the style of the string, for messages.
func (s String) Style() string {
	style := s.Node.Style
	switch {
	case s.JSON:
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
