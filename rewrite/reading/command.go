package reading

import (
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/expansion"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/site"
	"shellfree/rewrite/span"
)

// Command is a place with a command, in one reading of its text. The names and
// the image hold their placeholders as in the file; the values of the nodes, and
// of Env, have words in the place of them (see Shown).
type Command struct {
	site.Command
	Items    []*yaml.Node // of command, then of args
	Document *document.Document
	Shell    invocation.Shell
	// StartsShell is false for a command without a shell, whose Shell is empty.
	StartsShell bool
	// SharesItems is set where another branch of the template has some of the items.
	SharesItems bool
	// Undivided is set where some branch starts a shell, and the branches could
	// not be read one by one.
	Undivided bool

	reading *Reading
}

// Reading returns the reading that the command is of.
func (c *Command) Reading() *Reading { return c.reading }

// undividedShell is the shell of a command of which it can't be told in which
// branch of the template it starts.
var undividedShell = invocation.Shell{Script: -1, Obstacle: &invocation.Obstacle{
	Rule: rule.TemplateControl, Message: "the template's branches inside the command can't be read one by one, and some start a shell: convert each branch by hand",
}}

// restore looks for the command's shell and puts the placeholders back into what
// is said of the command.
func (c *Command) restore() {
	c.Shell, c.StartsShell = c.findShell()
	if c.Undivided {
		c.Shell, c.StartsShell = undividedShell, true
	}
	if len(c.reading.Mask.Placeholders) == 0 {
		return
	}
	for _, text := range []*string{&c.Kind, &c.Object, &c.Container, &c.Image, &c.Pod.HostNetwork, &c.Pod.Grace} {
		*text = c.Shown(*text)
	}
	if c.Shell.Obstacle != nil {
		c.Shell.Obstacle = &invocation.Obstacle{Rule: c.Shell.Obstacle.Rule, Message: c.Shown(c.Shell.Obstacle.Message)}
	}
}

// findShell returns the command's shell, false where it starts none.
func (c *Command) findShell() (invocation.Shell, bool) {
	if c.Command.Command == nil {
		return invocation.FindShellInArgs(c.Values())
	}
	return invocation.FindShell(c.Values())
}

// Values returns the values of the items as they were read, "" for an item that
// is no scalar.
func (c *Command) Values() []string {
	values := make([]string, len(c.Items))
	for i, item := range c.Items {
		if item.Kind == yaml.AliasNode && item.Alias != nil {
			item = item.Alias
		}
		if item.Kind == yaml.ScalarNode {
			values[i] = item.Value
		}
	}
	return values
}

// Words returns the values of the items with their placeholders.
func (c *Command) Words() []string {
	words := c.Values()
	for i, w := range words {
		words[i] = c.Shown(w)
	}
	return words
}

// Shown puts the placeholders back into a text that was read.
func (c *Command) Shown(text string) string { return c.reading.Unmask(text) }

// Templated reports whether a text that was read holds a placeholder.
func (c *Command) Templated(text string) bool { return c.reading.masked(text) }

// Unmask puts the placeholders back into a value of the masked text.
func (r *Reading) Unmask(value string) string {
	if len(r.Mask.Placeholders) == 0 {
		return value
	}
	found := r.Mask.Occurrences(value)
	if len(found) == 0 {
		return value
	}
	var b strings.Builder
	at := 0
	for _, o := range found {
		b.WriteString(value[at:o.Start])
		b.WriteString(r.Mask.Placeholders[o.Index].Text)
		at = o.End
	}
	return b.String() + value[at:]
}

// masked reports whether a value holds a placeholder.
func (r *Reading) masked(value string) bool {
	return value != "" && r.Unmask(value) != value || angle.MatchString(value)
}

// angle is the one placeholder that the mask leaves as it stands.
var angle = regexp.MustCompile(`<[A-Za-z][A-Za-z0-9_.-]*>`)

// Span returns the place of the command, false where an item can't be placed.
// It begins with the first item and ends with the last of command or args.
func (c *Command) Span() (span.Span, bool) {
	place, ok := c.Document.Spans.Of(c.Items[0])
	for _, item := range c.Items[1:] {
		s, found := c.Document.Spans.Of(item)
		ok = ok && found
		place.End = max(place.End, s.End)
	}
	return place, ok
}

// Extent returns the bytes from the first item in the text to the last,
// whichever of command and args stands first.
func (c *Command) Extent() span.Span {
	place, _ := c.Span()
	for _, item := range c.Items {
		if s, ok := c.Document.Spans.Of(item); ok {
			place.Start = min(place.Start, s.Start)
		}
	}
	return place
}

// ItemSpans returns the span of each item.
func (c *Command) ItemSpans() []span.Span {
	var all []span.Span
	for _, item := range c.Items {
		s, _ := c.Document.Spans.Of(item)
		all = append(all, s)
	}
	return all
}

// Location returns where the command is reported: its own place, or that of the
// alias through which it is reached. Where its bytes can't be placed, it is the
// first item, or the document.
func (c *Command) Location() (place span.Span, ok bool) {
	place, ok = c.Span()
	if c.Indirect != nil {
		place, ok = c.Document.Spans.Of(c.Indirect)
	}
	if ok {
		return place, true
	}
	place = span.Span{Start: c.Document.Start, End: c.Document.Start}
	if s, found := c.Document.Spans.Of(c.Items[0]); found {
		place = span.Span{Start: s.Start, End: s.Start}
	}
	return place, false
}

// Policies say how a placeholder, and a variable, that is a whole word is filled.
type Policies interface {
	Placeholder(p dialect.Placeholder, filledLate bool) invocation.Policy
	Variable(name string) invocation.Policy
}

// Script gathers what the meaning of the shell's script depends on.
func (c *Command) Script(p Policies, upstream bool) invocation.Script {
	return invocation.Script{
		Text: c.Items[c.Shell.Script].Value, Shell: c.Shell, Env: c.Env, Place: c.Place,
		Marks: c.Marks(p), Variable: p.Variable, Upstream: upstream,
	}
}

// Marks returns the placeholders that are words in the command's items.
func (c *Command) Marks(p Policies) []invocation.Mark { return c.marksIn(p, c.Extent()) }

// marksIn returns the placeholders that are words in a span of the command.
func (c *Command) marksIn(policies Policies, s span.Span) []invocation.Mark {
	var marks []invocation.Mark
	mask := c.reading.Mask
	for _, i := range mask.Within(s.Start, s.End) {
		p := mask.Placeholders[i]
		if word, ok := mask.Word(i); ok && p.Kind == dialect.Value {
			marks = append(marks, invocation.Mark{Word: word, Text: p.Text, Policy: policies.Placeholder(p, c.FilledLate), Quotes: p.Quotes(), Late: c.FilledLate})
		}
	}
	return marks
}

// Wrapper returns the words before the shell. They are kept as they stand, so
// only their placeholders and references are told apart.
func (c *Command) Wrapper(s invocation.Script) []invocation.Word {
	var words []invocation.Word
	for _, text := range c.Values()[:c.Shell.Index] {
		words = append(words, s.Item(text))
	}
	return words
}

// ScriptPlaceholders returns the names of the script's placeholders by text.
func (c *Command) ScriptPlaceholders() map[string]string {
	names := map[string]string{}
	if place, ok := c.Document.Spans.Of(c.Items[c.Shell.Script]); ok {
		for _, i := range c.reading.Mask.Within(place.Start, place.End) {
			names[c.reading.Mask.Placeholders[i].Text] = c.reading.Mask.Placeholders[i].Name
		}
	}
	return names
}

// Directory returns the container's own workingDir, "" without one.
func (c *Command) Directory() string {
	if dir := ValueOf(c.Mapping, "workingDir"); dir != nil {
		return c.Shown(dir.Value)
	}
	return ""
}

// SameItems reports whether two commands have their items at the same places.
func (c *Command) SameItems(other *Command) bool {
	return slices.Equal(c.ItemSpans(), other.ItemSpans())
}

// Lists returns the sequences of the command: command, then args, without one
// that is absent.
func (c *Command) Lists() []*yaml.Node {
	return slices.DeleteFunc([]*yaml.Node{c.Command.Command, c.Args}, func(n *yaml.Node) bool { return n == nil })
}

// InContainer reports whether the command is a container's own, and no probe's
// or hook's.
func (c *Command) InContainer() bool { return c.Place == expansion.Container }
