// Package dialect finds the placeholders of template languages in a manifest
// and masks them at equal byte length, so that the text parses as YAML or JSON
// and every position in the mask is a position in the file.
package dialect

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"shellfree/internal/suggestion"
)

// Dialect is one template language. A dialect is data: one value in one file,
// listed in [All].
type Dialect struct {
	Name string // as in --dialect: salt, jinja
	Doc  string // one line: what its placeholders look like

	// OnRequest is set for a dialect that "auto" leaves out, since its placeholders
	// look like text that manifests without templates hold too.
	OnRequest bool
	// Lone says what a placeholder that is a whole word of a script may become.
	Lone Lone
	// OutsideScripts is set for a dialect whose placeholders mean something else to
	// a shell: inside a script <x> is a redirection.
	OutsideScripts bool

	forms []form
	// blockVerbs are the first words of control tags that open a block; blockEnds are
	// ends of tags that do.
	blockVerbs, blockEnds []string
}

// form is one kind of placeholder of a dialect, known by its first bytes.
type form struct {
	opener string
	match  func(s *scanner, at int) (match, bool)
}

// match is a placeholder that a form found.
type match struct {
	start, end int    // byte offsets
	name       string // the text between the delimiters
	kind       Kind
	unclaimed  bool // the form is not the dialect's own: it takes it where no other dialect does
}

// Lone says what a placeholder that is a whole word of a script may become.
type Lone uint8

const (
	// Refuse: the dialect does not tell how many words it becomes.
	Refuse Lone = iota
	// Words: any number of arguments, none included. The program that fills it can
	// be changed to print list items instead of words.
	Words
)

// All returns every dialect. A placeholder that several know belongs to the first.
func All() []Dialect {
	return []Dialect{salt, gotemplate, openshift, jinja, erb, underscore, hash, angle, envsubst}
}

// Named returns the dialects that a list of names such as --dialect's stands for:
// "auto" for all but those on request, "none" for none. Their order is that of
// [All]. An unknown name is an error that lists the known ones.
func Named(names []string) ([]Dialect, error) {
	if i := slices.IndexFunc(names, isUnknown); i >= 0 {
		return nil, fmt.Errorf("unknown dialect %q: %s", names[i], suggestion.For(names[i], knownNames()))
	}
	var named []Dialect
	for _, d := range All() {
		if slices.Contains(names, d.Name) || !d.OnRequest && slices.Contains(names, "auto") {
			named = append(named, d)
		}
	}
	if slices.Contains(names, "none") && len(named) > 0 {
		return nil, fmt.Errorf("dialect \"none\" stands beside others in %q: name it alone or leave it out", strings.Join(names, ","))
	}
	return named, nil
}

// In returns those of the dialects that a file may be written in. Salt is left out
// where the file's extension says that Ansible or Jinja fills it: there a bare
// {{name}} is Jinja's.
func In(file string, dialects []Dialect) []Dialect {
	is := func(name string) func(Dialect) bool { return func(d Dialect) bool { return d.Name == name } }
	if !slices.Contains([]string{".j2", ".jinja", ".jinja2"}, path.Ext(file)) || !slices.ContainsFunc(dialects, is("jinja")) {
		return dialects
	}
	return slices.DeleteFunc(slices.Clone(dialects), is("salt"))
}

func isUnknown(name string) bool { return !slices.Contains(knownNames(), name) }

func knownNames() []string {
	names := []string{"auto", "none"}
	for _, d := range All() {
		names = append(names, d.Name)
	}
	return names
}
