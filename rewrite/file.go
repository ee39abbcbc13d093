package rewrite

import (
	"bytes"
	"regexp"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/invocation"
	"shellfree/rewrite/prefilter"
	"shellfree/rewrite/rule"
	"shellfree/rewrite/site"
	"shellfree/rewrite/source"
	"shellfree/rewrite/span"
)

// file is one file on its way through the pipeline.
type file struct {
	engine      *Engine
	depth       int  // how many strings the text stands in
	compared    bool // with another version of it, instead of being judged
	result      *Result
	readings    []*reading
	json        bool // the masked text begins with a brace
	proofs      int  // made so far
	branchReads int  // made so far of branches inside commands
	whole       bool // what can't have a finding is read too
	directed    bool // it may hold a directive
	partial     bool // a decision needs more of a container than was read
}

// reading is one way to read a template: its mask, its documents and what was
// found in them. Most files have one; where the branches of an if/else don't
// parse side by side, each branch has its own.
type reading struct {
	mask      *dialect.Mask
	documents []document.Document
	errors    []*document.Error
	read      []span.Span // what of the text was decoded
	left      bool        // a document was left out
	object    bool        // what was left out has an object of Kubernetes
	commands  []command
	manifests []manifest // in strings
	branch    bool       // of a template, inside a command
	found     []container
}

// command is a place with a command, and the document it stands in.
type command struct {
	site.Command
	nodes    []*yaml.Node // the items of command, then those of args
	document *document.Document
	found    invocation.Shell
	shell    bool     // it starts one
	advice   *Finding // what stands beside its finding, or is all there is to say
	finding  *Finding // nil where there is nothing to say of the command
	written  written  // what the fix writes
	dropped  []string // placeholders of a redirection that fell away
	twin     *command // the same command as an earlier reading has it
	shared   bool     // another branch of the template has some of its items
	unsplit  bool     // some branch starts a shell, and they can't be read one by one

	migration *invocation.Migration // what is to be said of a command without a shell
	array     []arrayItem           // its items
}

func (f *file) dialects() []dialect.Dialect {
	return dialect.In(f.result.Source.Name, f.engine.options.Dialects)
}

// conflict matches the markers of an unresolved merge.
var conflict = regexp.MustCompile(`(?ms)^<{7}[ \r\n].*^>{7}[ \r\n]`)

// conflictMarker returns the place of the markers, nil without any.
func conflictMarker(text []byte) []int {
	if !bytes.Contains(text, []byte("<<<<<<<")) {
		return nil
	}
	return conflict.FindIndex(text)
}

// readingLimit bounds how many ways a template is read.
const readingLimit = 8

// Read masks and parses the file. It implements kio.Reader, and gives the pipeline
// no nodes: it would add its annotations to them, and take them off again around
// every step. The documents stay with the file.
func (f *file) Read() ([]*yaml.RNode, error) {
	text := f.result.Source.Text
	if at := conflictMarker(text); at != nil {
		f.unparsable(0, len(text), f.result.Source.Position(at[0]), "a merge left its conflict markers: resolve it")
		return nil, nil
	}
	first := read(dialect.New(text, f.dialects()), f.parser())
	f.readings = []*reading{first}
	if len(first.errors) > 0 {
		f.readOtherwise(first)
	}
	f.json = bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(first.mask.Text, []byte("\ufeff")), " \t\r\n"), []byte("{"))
	f.result.Parsed = len(f.readings[0].documents) > 0 || f.readings[0].left || len(f.readings[0].errors) == 0
	for _, e := range f.readings[0].errors {
		f.unparsable(e.Start, e.End, source.Position{Line: e.Line, Column: e.Column}, e.Message+": mend it, or name its template language with --dialect")
	}
	f.findManifests()
	f.readBranches()
	for _, s := range f.omitted() {
		f.unparsable(s.Start, s.End, source.Position{}, "this branch of the template does not parse beside the rest: give its control blocks lines of their own")
	}
	f.result.Foreign = f.result.Parsed && !f.kubernetes()
	f.directives()
	f.result.Containers = f.containers()
	return nil, nil
}

// readOtherwise tries further masks and keeps those under which all parses.
func (f *file) readOtherwise(first *reading) {
	var whole []*reading
	for mask := range first.mask.Variants() {
		if r := read(mask, f.parser()); len(r.errors) == 0 {
			whole = append(whole, r)
		}
		if len(whole) == readingLimit {
			break
		}
	}
	if len(whole) > 0 {
		f.readings = whole
	}
}

// parser reads the documents of a masked text.
type parser func(text []byte) document.Stream

// parser returns the one that reads what may have a finding, or everything. The
// bytes of the file itself tell: what a mask leaves out may belong to a string that
// is read for itself.
func (f *file) parser() parser {
	if f.whole {
		return whole
	}
	hot := func(part span.Span) bool { return prefilter.MayReport(f.result.Source.Text[part.Start:part.End]) }
	return func(text []byte) document.Stream { return document.ParseHot(text, hot) }
}

func whole(text []byte) document.Stream {
	return document.ParseRead(text, []span.Span{{End: len(text)}})
}

// again returns a parser that reads what was read of a text.
func again(read []span.Span) parser {
	return func(text []byte) document.Stream { return document.ParseRead(text, read) }
}

// read parses a masked text. A placeholder that was blanked but turns out to
// stand inside a command's item becomes a word, or it would vanish silently.
func read(mask *dialect.Mask, p parser) *reading {
	r := parse(mask, p)
	if hidden := r.hidden(); len(hidden) > 0 {
		if better := parse(mask.WithWords(hidden), again(r.read)); len(better.errors) <= len(r.errors) {
			return better
		}
	}
	return r
}

func parse(mask *dialect.Mask, p parser) *reading {
	s := p(mask.Text)
	r := &reading{mask: mask, documents: s.Documents, errors: s.Errors, read: s.Read, left: s.Left, object: s.Object}
	for i := range r.documents {
		d := &r.documents[i]
		finder := site.Reader{Masked: r.masked, Visit: func(c site.Command, node *yaml.Node) {
			r.found = append(r.found, container{c, node, d})
		}}
		found, ok := finder.Find(d.Root)
		if !ok {
			r.errors = append(r.errors, &document.Error{
				Line: d.Root.Line, Column: 1, Start: d.Start, End: d.End,
				Message: "its aliases and merges stand for more than can be looked at",
			})
		}
		for _, c := range found {
			r.commands = append(r.commands, command{Command: c, nodes: items(c), document: d})
		}
	}
	slices.SortStableFunc(r.errors, func(a, b *document.Error) int { return a.Start - b.Start })
	return r
}

// hidden returns the value placeholders that stand inside items of commands and
// are not whole words there.
func (r *reading) hidden() []int {
	if len(r.mask.Placeholders) == 0 {
		return nil
	}
	var all []int
	for _, c := range r.commands {
		for _, item := range c.nodes {
			s, ok := c.document.Spans.Of(item)
			if !ok {
				continue
			}
			for _, i := range r.mask.Within(s.Start, r.reach(item, s.End)) {
				p := r.mask.Placeholders[i]
				if _, word := r.mask.Word(i); (!word || r.mask.Detached(i)) && p.Kind == dialect.Value && !p.OutsideScripts {
					all = append(all, i)
				}
			}
		}
	}
	return all
}

// reach returns how far an item may go: what is blank behind a plain scalar on
// its last line may be placeholders that belong to it.
func (r *reading) reach(item *yaml.Node, end int) int {
	if item.Kind != yaml.ScalarNode || item.Style&^yaml.TaggedStyle != 0 {
		return end
	}
	rest := r.mask.Text[end:]
	return end + len(rest) - len(bytes.TrimLeft(rest, " \t"))
}

// items returns the items of command, then those of args.
func items(c site.Command) []*yaml.Node {
	switch {
	case c.Command == nil:
		return c.Args.Content
	case c.Args == nil:
		return c.Command.Content
	}
	return slices.Concat(c.Command.Content, c.Args.Content)
}

// masked reports whether a value holds a placeholder.
func (r *reading) masked(value string) bool {
	return value != "" && r.unmask(value) != value || angle.MatchString(value)
}

// angle is the one placeholder that the mask leaves as it stands.
var angle = regexp.MustCompile(`<[A-Za-z][A-Za-z0-9_.-]*>`)

// kubernetes reports whether some document is an object or holds a command.
func (f *file) kubernetes() bool {
	for _, r := range f.readings {
		if len(r.commands) > 0 || r.object {
			return true
		}
		for _, d := range r.documents {
			for i := 0; d.Root.Kind == yaml.MappingNode && i < len(d.Root.Content); i += 2 {
				if d.Root.Content[i].Value == "apiVersion" {
					return true
				}
			}
		}
	}
	return false
}

// unparsable reports SF001 where the unread bytes may hold a shell command.
func (f *file) unparsable(start, end int, at source.Position, message string) {
	text := bytes.ReplaceAll(f.result.Source.Text[start:end], []byte{0}, nil) // UTF-16 reads like ASCII then
	if !hasCommandKey(string(text)) && !scriptFlag.Match(text) || !shellWord.Match(text) || f.depth > 0 && !podSpecKey.Match(f.result.Source.Text) {
		return
	}
	offset := start + max(0, bytes.IndexFunc(text, func(r rune) bool { return r > ' ' }))
	if at.Line == 0 {
		at = f.result.Source.Position(offset)
	}
	f.result.Findings = append(f.result.Findings, Finding{
		Rule: rule.Unparsable, File: f.result.Source.Name, Start: at, End: at, StartOffset: offset, EndOffset: offset,
		Message: "may hold a shell command but can't be read: " + message,
	})
}

// span returns the place of a command: from its first item to the end of the
// last item of command or args.
func (c command) span() (span.Span, bool) {
	items := c.nodes
	place, ok := c.document.Spans.Of(items[0])
	for _, item := range items[1:] {
		s, found := c.document.Spans.Of(item)
		ok = ok && found
		place.End = max(place.End, s.End)
	}
	return place, ok
}

// extent returns the bytes from the first item in the text to the last,
// whichever of command and args stands first.
func (c command) extent() span.Span {
	place, _ := c.span()
	for _, item := range c.nodes {
		if s, ok := c.document.Spans.Of(item); ok {
			place.Start = min(place.Start, s.Start)
		}
	}
	return place
}

// places returns the span of each item.
func (c command) places() []span.Span {
	var all []span.Span
	for _, item := range c.nodes {
		s, _ := c.document.Spans.Of(item)
		all = append(all, s)
	}
	return all
}
