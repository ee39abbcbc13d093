package producer

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// set finds Jinja's {% set x = value %}.
func set(t target, l line) bool {
	name := t.field
	if name == "" {
		return false
	}
	_, rest, found := strings.Cut(l.raw, "{%")
	for ; found; _, rest, found = strings.Cut(rest, "{%") {
		words := strings.Fields(strings.TrimLeft(rest, "-+ \t"))
		if len(words) > 1 && words[0] == "set" && (words[1] == name || strings.HasPrefix(words[1], name+"=")) {
			return true
		}
	}
	return false
}

// pillar finds the key of a salt pillar, in an .sls file or in a script that
// writes one, and that of a variable which a salt state gives a template.
func pillar(t target, l line) bool {
	_, key, ok := yamlKey(l.raw)
	state := path.Ext(l.base) == ".sls"
	switch {
	case !ok:
		return false
	case t.pillar != "":
		return key == lastPart(t.pillar) && (state || strings.Contains(l.text, "pillar/") || strings.Contains(l.text, ".sls"))
	}
	return state && key == t.field
}

// lastPart returns the key of a path such as a:b.
func lastPart(key string) string { return key[strings.LastIndexByte(key, ':')+1:] }

var keyLine = regexp.MustCompile(`^( *)(?:- )?["']?([A-Za-z0-9_.-]+)["']?:(?:\s|$)`)

// yamlKey returns the indentation and the key of a line such as "  params: x".
func yamlKey(text string) (indent int, key string, ok bool) {
	m := keyLine.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	return len(m[1]), m[2], true
}

// value finds the key of a Helm values file at the path that .Values names.
func value(t target, l line) bool {
	ext := path.Ext(l.base)
	if t.values == nil || !strings.HasPrefix(l.base, "values") || ext != ".yaml" && ext != ".yml" {
		return false
	}
	return slices.Equal(l.path(), t.values)
}

// path returns the keys that lead to the line's: those above it which are
// indented less and less.
func (l line) path() []string {
	indent, key, ok := yamlKey(l.raw)
	if !ok {
		return nil
	}
	keys := []string{key}
	for i := l.index - 1; i >= max(0, l.index-reach) && indent > 0; i-- {
		if outer, key, ok := yamlKey(l.lines[i]); ok && outer < indent {
			keys, indent = append(keys, key), outer
		}
	}
	slices.Reverse(keys)
	return keys
}

// flag finds helm's --set a.b=value.
func flag(t target, l line) bool { return t.flag != nil && t.flag.MatchString(l.raw) }

// renderer tells a program that fills templates from others.
var renderer = regexp.MustCompile(`(?i)template|jinja|mustache`)

// field finds a line of a program that gives a template its field or variable:
// "params": value of a map, Params: value of a Go struct, x.Params = value,
// render(params=value). Go's templates have fields only, {{ .Params }}.
func field(t target, l line) bool {
	if t.field == "" {
		return false
	}
	switch path.Ext(l.base) {
	case ".go":
		return strings.HasPrefix(t.plain, "{{.") && l.renders() && t.assigned(l.raw)
	case ".py", ".rb", ".js", ".ts":
		return l.renders() && t.assigned(l.raw)
	}
	return false
}

// renders reports a program that fills templates.
func (f *file) renders() bool {
	if !f.asked {
		f.asked, f.renderer = true, renderer.MatchString(f.text)
	}
	return f.renderer
}
