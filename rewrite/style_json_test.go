package rewrite_test

import (
	"slices"
	"strings"
)

// jsonStyle is how a JSON text is laid out.
type jsonStyle struct {
	indent string // of a level; "" for a text on one line, "?" for any at each line
	colon  string
	comma  string
}

func (g *styler) jsonStyle() jsonStyle {
	switch g.pick("json", "two", "four", "minified", "tabs", "odd", "spaced") {
	case "two":
		return jsonStyle{"  ", ": ", ","}
	case "four":
		return jsonStyle{"    ", ": ", ","}
	case "tabs":
		return jsonStyle{"\t", ":\t", ","}
	case "odd":
		return jsonStyle{"?", ":", ","}
	case "spaced":
		return jsonStyle{"", " : ", " , "}
	}
	return jsonStyle{"", ":", ","}
}

// newline returns the line break before a line of a level.
func (g *styler) newline(s jsonStyle, level int) string {
	switch s.indent {
	case "":
		return ""
	case "?":
		return "\n" + strings.Repeat(" ", g.IntN(9)) + strings.Repeat("\t", g.IntN(2))
	}
	return "\n" + strings.Repeat(s.indent, level)
}

// object writes an object; a member that begins with a brace is a line of its
// own, which brings its comma.
func (g *styler) object(s jsonStyle, level int, members ...string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range members {
		b.WriteString(g.newline(s, level+1) + m)
		if i+1 < len(members) && !strings.HasPrefix(m, "{{") {
			b.WriteString(s.comma)
		}
	}
	return b.String() + g.newline(s, level) + "}"
}

func (s jsonStyle) member(key, value string) string { return `"` + key + `"` + s.colon + value }

// jsonPod draws a pod in JSON.
func (g *styler) jsonPod(c *styleCase) string {
	s := g.jsonStyle()
	metadata := g.object(s, 1, s.member("name", `"main"`), s.member("labels", g.object(s, 2, s.member("é", `"{{label}} ] \" \u65e5"`), s.member("日本", `{}`))))
	container := g.object(s, 3, g.jsonMembers(c, s)...)
	spec := g.object(s, 1, s.member("containers", "["+g.newline(s, 3)+container+g.newline(s, 2)+"]"), s.member("hostNetwork", "true"))
	text := g.object(s, 0, s.member("apiVersion", `"v1"`), s.member("kind", `"Pod"`), s.member("metadata", metadata), s.member("spec", spec))
	if g.IntN(5) == 0 {
		text = "\n " + text
	}
	return text + "\n"
}

// jsonMembers draws the members of the container.
func (g *styler) jsonMembers(c *styleCase, s jsonStyle) []string {
	command, args := g.split(c.items(g, false), len(c.wrapper))
	form := g.pick("list", jsonForms...)
	members := []string{
		s.member("name", `"main"`), s.member("image", g.jsonString("registry.k8s.io/kube-scheduler:v1.24.1")), s.member("É", `"😀 é"`),
		s.member("ports", "["+g.object(s, 4, s.member("containerPort", "{{secure_port}}"))+"]"),
	}
	commands := []string{s.member("command", g.jsonList(command, form, s))}
	if args != nil {
		commands = append(commands, s.member("args", g.jsonList(args, form, s)))
		if g.chance("args-first", 40) {
			slices.Reverse(commands)
		}
	}
	at := g.IntN(len(members))
	members = slices.Insert(members, at, commands...)
	if s.indent != "" && g.chance("lone", 40) {
		members = slices.Insert(members, g.IntN(len(members)), "{{lone_line}}")
	}
	return members
}

// jsonList writes a list of strings in the layout of the text.
func (g *styler) jsonList(items []styleItem, form string, s jsonStyle) string {
	if s.indent == "" && strings.HasPrefix(form, "lines") {
		form = "line-narrow"
	}
	text := g.flowList(items, form, 8, func(i styleItem, _ stylePlace) string { return g.jsonString(i.value) })
	if s.indent == "\t" {
		text = strings.ReplaceAll(text, "        ", "\t\t")
	}
	return listStart + text + listEnd
}
