package rewrite

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"shellfree/rewrite/dialect"
	"shellfree/rewrite/document"
	"shellfree/rewrite/prefilter"
	"shellfree/rewrite/source"
)

// Directive is what a file says to this tool: a comment that begins like
// `shellfree:ignore`, or an annotation with a key like `shellfree/ignore`,
// rightly spelt or nearly. The engine finds directives; what they mean is for
// others to say.
type Directive struct {
	Key  string // of an annotation; "" for a comment
	Text string // of a comment without its delimiters, or the annotation's value
	// Start is that of the comment or of the annotation's key; Last is the last
	// line of the comment.
	Start       source.Position
	StartOffset int
	Last        int
	// Alone reports a comment with nothing before it on its line but the dash of
	// an item.
	Alone bool
	// Unread reports a comment in a document that could not be read: what it is
	// about was not looked for.
	Unread bool
	// ScopeStart and ScopeEnd are the bytes that an annotation is about: its
	// object, or the pod template that carries it.
	ScopeStart, ScopeEnd int
}

// Covers reports whether an annotation is about the byte at an offset.
func (d Directive) Covers(offset int) bool { return d.ScopeStart <= offset && offset < d.ScopeEnd }

// marker matches what may be meant for this tool: both words, or near misses.
const marker = `(?:Shellfree|sh(?i:ell[a-z._-]{1,9}|[a-z._-]{0,5}free[a-z._-]{0,3}))[ \t]*[:/][ \t]*(?i:[a-z_-]{4,9})\b`

var (
	anyMarker     = regexp.MustCompile(marker)
	hashMarker    = regexp.MustCompile(`(?m)(?:^|[ \t])(#+[ \t]*(` + marker + `[^\r\n]*))`)
	commentMarker = regexp.MustCompile(`^(?:\{\{-?[ \t]*/\*|\{#[-+]?|<%#)\s*(` + marker + `(?s:.*?))\s*(?:\*/[ \t]*-?\}\}|[-+]?#\}|-?%>)$`)
)

// directives finds the file's directives. Most files have none.
func (f *file) directives() {
	if !f.directed {
		return
	}
	var all []Directive
	for _, r := range f.readings {
		all = slices.Concat(all, f.comments(r), f.annotations(r))
	}
	for i := range all {
		all[i].Unread = f.unread(all[i].StartOffset)
	}
	f.result.Directives = distinctDirectives(all)
}

// distinctDirectives returns directives in the order of the text. Several
// readings find the same one, and so does a manifest in a string.
func distinctDirectives(all []Directive) []Directive {
	slices.SortStableFunc(all, func(a, b Directive) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	return slices.CompactFunc(all, func(a, b Directive) bool { return a.StartOffset == b.StartOffset })
}

// unread reports whether an offset is in a document that does not parse.
func (f *file) unread(offset int) bool {
	errors := f.readings[0].errors // in the order of the text
	i := sort.Search(len(errors), func(i int) bool { return errors[i].End > offset })
	return i < len(errors) && errors[i].Start <= offset
}

// mayDirect reports whether a text may hold a directive. The prefilter's look at it
// comes first, being many times faster.
func mayDirect(text []byte) bool { return prefilter.MayDirect(text) && anyMarker.Match(text) }

// comments returns the directives in comments of YAML and of the template.
func (f *file) comments(r *reading) []Directive {
	var found []Directive
	for _, p := range r.mask.Placeholders {
		if m := commentMarker.FindStringSubmatch(p.Text); p.Kind == dialect.Comment && m != nil {
			found = append(found, f.comment(p.Start, p.End, m[1]))
		}
	}
	strs, scripts := r.strings(), r.scripts()
	for _, m := range hashMarker.FindAllSubmatchIndex(f.result.Source.Text, -1) {
		d := f.comment(m[2], m[3], strings.TrimSpace(string(f.result.Source.Text[m[4]:m[5]])))
		if !strs.holds(m[2]) || d.Alone && scripts.holds(m[2]) {
			found = append(found, d)
		}
	}
	return found
}

func (f *file) comment(start, end int, text string) Directive {
	src := f.result.Source
	before := src.Text[src.LineStart(start):start]
	return Directive{
		Text: text, Start: src.Position(start), StartOffset: start, Last: src.Position(end).Line,
		Alone: len(bytes.Trim(before, " \t-\ufeff")) == 0,
	}
}

// strings returns the spans of the scalars: a # inside of one is no comment.
func (r *reading) strings() places {
	var all places
	for _, d := range r.documents {
		eachNode(d.Root, func(n *yaml.Node) {
			if s, ok := d.Spans.Of(n); ok && n.Kind == yaml.ScalarNode {
				all = append(all, s)
			}
		})
	}
	return all.sorted()
}

// scripts returns the spans of the block scalars of commands, where a # begins a
// comment of the shell, if nothing stands before it on its line.
func (r *reading) scripts() places {
	var all places
	for _, c := range r.commands {
		for _, n := range c.nodes {
			if s, ok := c.document.Spans.Of(n); ok && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
				all = append(all, s)
			}
		}
	}
	return all.sorted()
}

// annotations returns the directives in metadata.annotations of any mapping.
func (f *file) annotations(r *reading) []Directive {
	var found []Directive
	for _, d := range r.documents {
		eachNode(d.Root, func(n *yaml.Node) {
			notes := field(field(n, "metadata"), "annotations")
			for i := 0; notes != nil && notes.Kind == yaml.MappingNode && i+1 < len(notes.Content); i += 2 {
				if key := notes.Content[i]; strings.Contains(key.Value, "/") && anyMarker.MatchString(key.Value) {
					found = append(found, f.annotation(d, n, key, r.unmask(text(notes.Content[i+1]))))
				}
			}
		})
	}
	return found
}

func (f *file) annotation(d document.Document, object, key *yaml.Node, value string) Directive {
	scope, _ := d.Spans.Of(object)
	at, _ := d.Spans.Of(key)
	position := f.result.Source.Position(at.Start)
	return Directive{
		Key: key.Value, Text: value, Start: position, StartOffset: at.Start, Last: position.Line,
		ScopeStart: scope.Start, ScopeEnd: scope.End,
	}
}

// text returns the value of a scalar, through an alias too; "" of all else.
func text(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n.Value
}

// field returns the value of a mapping's key, nil when it has none.
func field(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// eachNode calls visit for n and all below it; aliases are not followed.
func eachNode(n *yaml.Node, visit func(*yaml.Node)) {
	visit(n)
	for _, child := range n.Content {
		eachNode(child, visit)
	}
}
