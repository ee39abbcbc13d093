// Package directive finds what a file says to this tool: comments and annotations
// that name it, rightly spelt or nearly. What they mean is decided elsewhere.
package directive

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
	"shellfree/rewrite/reading"
	"shellfree/rewrite/source"
)

// Directive is a word of a file to this tool: a comment that begins like
// `shellfree:ignore`, or an annotation with a key like `shellfree/ignore`,
// rightly spelt or nearly.
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

// In returns the directives of a text in its order. Most texts have none, as
// Possible tells.
func In(t *reading.Text) []Directive {
	var all []Directive
	for _, r := range t.Readings {
		all = slices.Concat(all, comments(t, r), annotations(t, r))
	}
	for i := range all {
		all[i].Unread = unread(t, all[i].StartOffset)
	}
	return Distinct(all)
}

// Distinct returns directives in the order of the text, each once: several readings
// find the same one, and so does a manifest in a string.
func Distinct(all []Directive) []Directive {
	slices.SortStableFunc(all, func(a, b Directive) int { return cmp.Compare(a.StartOffset, b.StartOffset) })
	return slices.CompactFunc(all, func(a, b Directive) bool { return a.StartOffset == b.StartOffset })
}

// unread reports whether an offset is in a document that does not parse.
func unread(t *reading.Text, offset int) bool {
	if len(t.Readings) == 0 {
		return false
	}
	errors := t.Readings[0].Errors // in the order of the text
	i := sort.Search(len(errors), func(i int) bool { return errors[i].End > offset })
	return i < len(errors) && errors[i].Start <= offset
}

// Possible reports whether a text may hold a directive. The prefilter's look at it
// comes first, being many times faster.
func Possible(text []byte) bool { return prefilter.MayDirect(text) && anyMarker.Match(text) }

// comments returns the directives in comments of YAML and of the template.
func comments(t *reading.Text, r *reading.Reading) []Directive {
	var found []Directive
	for _, p := range r.Mask.Placeholders {
		if m := commentMarker.FindStringSubmatch(p.Text); p.Kind == dialect.Comment && m != nil {
			found = append(found, comment(t.Source, p.Start, p.End, m[1]))
		}
	}
	scalars, scripts := scalarPlaces(r), scriptPlaces(r)
	for _, m := range hashMarker.FindAllSubmatchIndex(t.Source.Text, -1) {
		d := comment(t.Source, m[2], m[3], strings.TrimSpace(string(t.Source.Text[m[4]:m[5]])))
		if !scalars.Hold(m[2]) || d.Alone && scripts.Hold(m[2]) {
			found = append(found, d)
		}
	}
	return found
}

func comment(src *source.Source, start, end int, text string) Directive {
	before := src.Text[src.LineStart(start):start]
	return Directive{
		Text: text, Start: src.Position(start), StartOffset: start, Last: src.Position(end).Line,
		Alone: len(bytes.Trim(before, " \t-\ufeff")) == 0,
	}
}

// scalarPlaces returns the spans of the scalars: a # inside of one is no comment.
func scalarPlaces(r *reading.Reading) reading.Places {
	var all reading.Places
	for _, d := range r.Documents {
		reading.EachNode(d.Root, func(n *yaml.Node) {
			if s, ok := d.Spans.Of(n); ok && n.Kind == yaml.ScalarNode {
				all = append(all, s)
			}
		})
	}
	return all.Sorted()
}

// scriptPlaces returns the spans of the block scalars of commands, where a # begins a
// comment of the shell, if nothing stands before it on its line.
func scriptPlaces(r *reading.Reading) reading.Places {
	var all reading.Places
	for _, c := range r.Commands {
		for _, n := range c.Items {
			if s, ok := c.Document.Spans.Of(n); ok && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
				all = append(all, s)
			}
		}
	}
	return all.Sorted()
}

// annotations returns the directives in metadata.annotations of any mapping.
func annotations(t *reading.Text, r *reading.Reading) []Directive {
	var found []Directive
	for _, d := range r.Documents {
		reading.EachNode(d.Root, func(n *yaml.Node) {
			notes := reading.ValueOf(reading.ValueOf(n, "metadata"), "annotations")
			for i := 0; notes != nil && notes.Kind == yaml.MappingNode && i+1 < len(notes.Content); i += 2 {
				if key := notes.Content[i]; strings.Contains(key.Value, "/") && anyMarker.MatchString(key.Value) {
					found = append(found, annotation(t.Source, d, n, key, r.Unmask(valueOf(notes.Content[i+1]))))
				}
			}
		})
	}
	return found
}

func annotation(src *source.Source, d document.Document, object, key *yaml.Node, value string) Directive {
	scope, _ := d.Spans.Of(object)
	at, _ := d.Spans.Of(key)
	position := src.Position(at.Start)
	return Directive{
		Key: key.Value, Text: value, Start: position, StartOffset: at.Start, Last: position.Line,
		ScopeStart: scope.Start, ScopeEnd: scope.End,
	}
}

// valueOf returns the value of a scalar, through an alias too; "" of all else.
func valueOf(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n.Value
}
