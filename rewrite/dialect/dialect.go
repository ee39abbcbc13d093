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

	// OnRequest dialects are left out of "auto": their placeholders look like
	// something that a manifest holds anyway.
	OnRequest bool
	// Lone is what a placeholder that is a whole word of a script may stand for.
	Lone Lone
	// OutsideScripts placeholders are text inside a script: <x> redirects there.
	OutsideScripts bool

	forms []form
}

// form is one kind of placeholder of a dialect, known by its first bytes.
type form struct {
	opener string
	match  func(s *scanner, at int) (match, bool)
}

// match is a placeholder that a form found.
type match struct {
	start, end int    // byte offsets
	name       string // what stands between the delimiters
	kind       Kind
	unclaimed  bool // the form takes whatever no other dialect knows
}

// Lone says what a placeholder that is a whole word of a script may become.
type Lone uint8

const (
	// Refuse: nobody knows how many words it becomes.
	Refuse Lone = iota
	// Words: any number of arguments, none included; whoever fills it can print
	// list items instead of words.
	Words
)

// All returns every dialect. Where several know a placeholder, the first has it.
func All() []Dialect {
	return []Dialect{salt, gotemplate, openshift, jinja, erb, underscore, hash, angle, envsubst}
}

// Named returns the dialects of a list such as --dialect holds: "auto" stands
// for all but those on request, "none" for none. The order is that of [All]. An
// unknown name is an error that lists the known ones.
func Named(names []string) ([]Dialect, error) {
	if i := slices.IndexFunc(names, unknown); i >= 0 {
		return nil, fmt.Errorf("unknown dialect %q: %s", names[i], suggestion.For(names[i], known()))
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

// In returns the dialects that a file may be written in. A bare {{name}} is
// Jinja's where the file's name says that Ansible or Jinja fills it, whatever
// salt takes it for elsewhere.
func In(file string, dialects []Dialect) []Dialect {
	is := func(name string) func(Dialect) bool { return func(d Dialect) bool { return d.Name == name } }
	if !slices.Contains([]string{".j2", ".jinja", ".jinja2"}, path.Ext(file)) || !slices.ContainsFunc(dialects, is("jinja")) {
		return dialects
	}
	return slices.DeleteFunc(slices.Clone(dialects), is("salt"))
}

func unknown(name string) bool { return !slices.Contains(known(), name) }

func known() []string {
	names := []string{"auto", "none"}
	for _, d := range All() {
		names = append(names, d.Name)
	}
	return names
}
