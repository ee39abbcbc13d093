package producer

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// isJinjaSet reports Jinja's {% set x = value %}.
func isJinjaSet(t target, l line) bool {
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

// isPillarKey reports the key of a salt pillar, in an .sls file or in a script that
// writes one, and the key of a variable that a salt state passes to a template.
func isPillarKey(t target, l line) bool {
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

// lastPart returns the last key of a path such as a:b.
func lastPart(key string) string { return key[strings.LastIndexByte(key, ':')+1:] }

var keyLine = regexp.MustCompile(`^( *)(?:- )?["']?([A-Za-z0-9_.-]+)["']?:(?:\s|$)`)

// yamlKey returns the indentation and the key of a line such as "  params: x", false
// for a line without a key.
func yamlKey(text string) (indent int, key string, ok bool) {
	m := keyLine.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	return len(m[1]), m[2], true
}

// isHelmValue reports the key of a Helm values file at the path that the placeholder
// names.
func isHelmValue(t target, l line) bool {
	ext := path.Ext(l.base)
	if t.values == nil || !strings.HasPrefix(l.base, "values") || ext != ".yaml" && ext != ".yml" {
		return false
	}
	return slices.Equal(l.keyPath(), t.values)
}

// keyPath returns the path of keys to the one on the line, outermost first: each is
// the nearest key above the next that is indented less.
func (l line) keyPath() []string {
	indent, key, ok := yamlKey(l.raw)
	if !ok {
		return nil
	}
	keys := []string{key}
	for i := l.index - 1; i >= max(0, l.index-reachLimit) && indent > 0; i-- {
		if outer, key, ok := yamlKey(l.lines[i]); ok && outer < indent {
			keys, indent = append(keys, key), outer
		}
	}
	slices.Reverse(keys)
	return keys
}

// isHelmFlag reports helm's --set a.b=value.
func isHelmFlag(t target, l line) bool { return t.flag != nil && t.flag.MatchString(l.raw) }

// rendererWord matches a word that programs that fill templates hold.
var rendererWord = regexp.MustCompile(`(?i)template|jinja|mustache`)

// isProgramField reports a line of a program that sets a field or variable of a
// template: "params": value of a map, Params: value of a Go struct, x.Params = value,
// render(params=value). Go's templates have fields only, {{ .Params }}.
func isProgramField(t target, l line) bool {
	if t.field == "" {
		return false
	}
	switch path.Ext(l.base) {
	case ".go":
		return strings.HasPrefix(t.plain, "{{.") && l.isRenderer() && t.isAssigned(l.raw)
	case ".py", ".rb", ".js", ".ts":
		return l.isRenderer() && t.isAssigned(l.raw)
	}
	return false
}

// isRenderer reports whether the file is a program that fills templates.
func (f *file) isRenderer() bool {
	if !f.rendererKnown {
		f.rendererKnown, f.renderer = true, rendererWord.MatchString(f.text)
	}
	return f.renderer
}
